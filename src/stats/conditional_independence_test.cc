#include "stats/conditional_independence.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace thaw::stats {
namespace {

TEST(ConditionalIndependence, PartialCorrelationIsTheClosedFormOfThreeCorrelations) {
  Random random(2);
  std::vector<double> x, y, z;
  for (int i = 0; i < 400; ++i) {
    z.push_back(random.normal());
    x.push_back(3 * z.back() + random.normal());
    y.push_back(0.2 * x.back() - z.back() + 5 * random.normal() + 100);
  }
  const double xy = partial_correlation_test(x, y, {})->estimate;
  const double xz = partial_correlation_test(x, z, {})->estimate;
  const double yz = partial_correlation_test(y, z, {})->estimate;
  const auto given = partial_correlation_test(x, y, {z});
  ASSERT_TRUE(given);
  EXPECT_NEAR(given->estimate, (xy - xz * yz) / std::sqrt((1 - xz * xz) * (1 - yz * yz)), 1e-10);
  EXPECT_NEAR(given->statistic, std::sqrt(400.0 - 1 - 3) * std::atanh(given->estimate), 1e-10);
}

TEST(ConditionalIndependence, SmallPValuesAreAsRareAsTheySay) {
  int small_z = 0;
  int small_g = 0;
  for (std::uint64_t trial = 0; trial < 400; ++trial) {
    Random random(6, trial);
    std::vector<double> x, y, z;
    std::vector<std::int32_t> a, b;
    std::vector<std::uint64_t> strata;
    for (int i = 0; i < 300; ++i) {
      z.push_back(random.normal());
      x.push_back(z.back() + random.normal());
      y.push_back(-z.back() + random.normal());
      strata.push_back(random.index(2));
      const double lean = strata.back() == 0 ? 0.3 : 0.7;
      a.push_back(random.bernoulli(lean) ? 1 : 0);
      b.push_back(random.bernoulli(lean) ? 1 : 0);
    }
    small_z += partial_correlation_test(x, y, {z})->p < 0.05 ? 1 : 0;
    small_g += g_squared_test(a, b, strata)->p < 0.05 ? 1 : 0;
  }
  EXPECT_NEAR(small_z, 20, 14);  // 400 * 0.05, within three standard deviations
  EXPECT_NEAR(small_g, 20, 14);
}

TEST(ConditionalIndependence, GSquaredIsTheTextbookSum) {
  // 2 x 2 of 10, 20, 30, 5 in one stratum; another stratum holds one value of x only.
  std::vector<std::int32_t> x, y;
  std::vector<std::uint64_t> strata;
  const auto add = [&](std::int32_t a, std::int32_t b, std::uint64_t s, int times) {
    for (int i = 0; i < times; ++i) {
      x.push_back(a);
      y.push_back(b);
      strata.push_back(s);
    }
  };
  add(0, 0, 1, 10);
  add(0, 1, 1, 20);
  add(1, 0, 1, 30);
  add(1, 1, 1, 5);
  add(0, 0, 2, 7);
  add(0, 1, 2, 7);
  const auto test = g_squared_test(x, y, strata);
  ASSERT_TRUE(test);
  const double expected =
      2 * (10 * std::log(10 * 65.0 / (30 * 40)) + 20 * std::log(20 * 65.0 / (30 * 25)) +
           30 * std::log(30 * 65.0 / (35 * 40)) + 5 * std::log(5 * 65.0 / (35 * 25)));
  EXPECT_NEAR(test->statistic, expected, 1e-10);
  EXPECT_EQ(test->df, 1);
}

TEST(ConditionalIndependence, RefusesWhatCannotBeCompared) {
  const std::vector<double> rising = {1, 2, 3, 4, 5, 6};
  const std::vector<double> flat(6, 2);
  const std::vector<double> twice = {2, 4, 6, 8, 10, 12};
  EXPECT_FALSE(partial_correlation_test(rising, flat, {}));
  EXPECT_FALSE(partial_correlation_test(rising, std::vector<double>{1, 0, 2, 5, 3, 1}, {twice}));
  EXPECT_FALSE(
      partial_correlation_test(std::vector<double>{1, 2, 3}, std::vector<double>{1, 0, 2}, {}));
  EXPECT_FALSE(g_squared_test(std::vector<std::int32_t>{0, 0}, std::vector<std::int32_t>{0, 1},
                              std::vector<std::uint64_t>{0, 0}));
}

}  // namespace
}  // namespace thaw::stats
