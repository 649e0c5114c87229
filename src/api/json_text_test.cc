#include "api/json_text.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cmath>
#include <limits>

#include "base/random.h"
#include "base/text.h"

namespace thaw::api {
namespace {

boost::json::value random_value(Random& random, int depth) {
  switch (random.index(depth > 3 ? 5 : 7)) {
    case 0:
      return nullptr;
    case 1:
      return random.bernoulli(0.5);
    case 2:
      return static_cast<std::int64_t>(random.bits());
    case 3:
      return static_cast<double>(random.index(1000)) + 0.5;  // Boost.JSON reads these exactly.
    case 4:
      return boost::json::string(std::string(random.index(30), '"') + "解\n");
    case 5: {
      boost::json::array array;
      for (std::uint64_t i = random.index(12); i > 0; --i) {
        array.push_back(random_value(random, depth + 1));
      }
      return array;
    }
    default: {
      boost::json::object object;
      for (std::uint64_t i = random.index(6); i > 0; --i) {
        object["k\"" + std::to_string(i)] = random_value(random, depth + 1);
      }
      return object;
    }
  }
}

TEST(JsonText, ReadsBackToTheSameDocument) {
  Random random(3);
  for (int round = 0; round < 2000; ++round) {
    const boost::json::value value = random_value(random, 0);
    ASSERT_EQ(boost::json::parse(json_line(value)), value) << json_line(value);
    ASSERT_EQ(boost::json::parse(json_pretty(value)), value) << json_pretty(value);
    ASSERT_EQ(json_line(value).find('\n'), std::string::npos);
  }
}

// Boost.JSON's own reader may be wrong in the last digit, so another one checks the writer.
TEST(JsonText, EveryNumberReadsBackToTheLastBit) {
  Random random(4);
  for (int round = 0; round < 20'000; ++round) {
    const double number = std::ldexp(random.normal(), static_cast<int>(random.index(600)) - 300);
    ASSERT_EQ(parse_double(json_line(number)), number) << json_line(number);
  }
}

TEST(JsonText, NumbersAreShortAndNeverInvalid) {
  EXPECT_EQ(json_line(0.25), "0.25");
  EXPECT_EQ(json_line(5400.0), "5400");
  EXPECT_EQ(json_line(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(json_line(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(json_line(-std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonText, KeysKeepTheirOrder) {
  const boost::json::value value{{"b", 1}, {"a", {1, 2}}};
  EXPECT_EQ(json_line(value), R"({"b":1,"a":[1,2]})");
  EXPECT_EQ(json_pretty(value), "{\n  \"b\": 1,\n  \"a\": [1, 2]\n}");
}

}  // namespace
}  // namespace thaw::api
