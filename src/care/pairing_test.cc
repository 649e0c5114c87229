#include "care/pairing.h"

#include <gtest/gtest.h>

#include <set>

#include "care/secrets.h"

namespace thaw::care {
namespace {

TEST(Pairing, ACodePairsOnce) {
  Pairing pairing;
  EXPECT_EQ(pairing.begin("123456", 0), 10 * kMinute);
  EXPECT_TRUE(pairing.attempt("123456", kMinute));
  EXPECT_EQ(pairing.attempt("123456", kMinute).error().code, ErrorCode::kDenied);
}

TEST(Pairing, ACodeEndsAfterTenMinutesAlsoWhenTheClockGoesBack) {
  Pairing pairing;
  pairing.begin("123456", kHour);
  EXPECT_FALSE(pairing.attempt("123456", kHour + Pairing::kGoodFor));
  pairing.begin("123456", kHour);
  EXPECT_FALSE(pairing.attempt("123456", kHour - 1));
  EXPECT_FALSE(pairing.attempt("123456", kHour));
}

TEST(Pairing, FiveWrongTriesEndIt) {
  Pairing pairing;
  pairing.begin("123456", 0);
  for (int i = 1; i <= 5; ++i) {
    EXPECT_EQ(pairing.attempt("000000", i * kMinute).error().code, ErrorCode::kDenied);
  }
  EXPECT_FALSE(pairing.attempt("123456", 6 * kMinute));
}

TEST(Pairing, NoTryWithinASecondOfAWrongOneAlsoNotWithANewCode) {
  Pairing pairing;
  pairing.begin("123456", 0);
  EXPECT_FALSE(pairing.attempt("000000", 5000));
  EXPECT_EQ(pairing.attempt("123456", 5999).error().code, ErrorCode::kUnavailable);
  pairing.begin("654321", 5999);
  EXPECT_EQ(pairing.attempt("654321", 5999).error().code, ErrorCode::kUnavailable);
  EXPECT_TRUE(pairing.attempt("654321", 6000));
}

TEST(Pairing, NothingPairsWithoutACode) {
  Pairing pairing;
  EXPECT_FALSE(pairing.attempt("", 0));
  EXPECT_FALSE(pairing.attempt("123456", 0));
}

TEST(Secrets, AreOfTheirLengthAndNotTheSameTwice) {
  EXPECT_EQ(random_hex(32)->size(), 64U);
  std::set<std::string> ids;
  std::set<char> digits;
  for (int i = 0; i < 500; ++i) {
    ids.insert(new_id("care", 1000));
    const std::string code = *random_digits(6);
    ASSERT_EQ(code.size(), 6U);
    digits.insert(code.begin(), code.end());
  }
  EXPECT_EQ(ids.size(), 500U);
  EXPECT_EQ(digits.size(), 10U);
  EXPECT_LT(new_id("care", 1'795'680'000'000), new_id("care", 1'795'680'000'001));
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "ab"));
}

}  // namespace
}  // namespace thaw::care
