#include "table/summary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/random.h"

namespace thaw {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Summary, NumbersAgreeWithR) {
  // R 4.2.2: mean, sd, quantile(type = 7) of c(3.5, -1, 2, 2, 10, 7.25, NA), na.rm = TRUE.
  const auto s = summarize(Column::real("x", {3.5, -1, 2, 2, 10, 7.25, kNan}));
  EXPECT_EQ(s.n, 6U);
  EXPECT_EQ(s.missing, 1U);
  ASSERT_TRUE(s.number);
  EXPECT_NEAR(s.number->mean, 3.958333333333333, 1e-14);
  EXPECT_NEAR(*s.number->sd, 3.995049019307106, 1e-14);
  const double expected[] = {-1, -0.25, 2, 2.75, 6.3125, 9.3125, 10};
  for (std::size_t i = 0; i < kSummaryShares.size(); ++i) {
    EXPECT_NEAR(s.number->quantiles[i], expected[i], 1e-14) << kSummaryShares[i];
  }
  EXPECT_TRUE(s.levels.empty());
}

TEST(Summary, ShiftMovesTheMeanAndLeavesTheSd) {
  Random random(7);
  std::vector<double> near(200);
  for (auto& x : near) {
    x = random.normal();
  }
  std::vector<double> far = near;
  for (auto& x : far) {
    x += 1e8;
  }
  const auto a = summarize(Column::real("x", near));
  const auto b = summarize(Column::real("x", far));
  EXPECT_NEAR(b.number->mean - 1e8, a.number->mean, 1e-7);
  EXPECT_NEAR(*b.number->sd, *a.number->sd, 1e-7);
}

TEST(Summary, QuantilesRunFromLeastToGreatestAndNeverCross) {
  Random random(8);
  for (std::size_t n = 1; n < 40; ++n) {
    std::vector<double> values(n);
    for (auto& x : values) {
      x = std::floor(random.normal() * 3);
    }
    std::sort(values.begin(), values.end());
    EXPECT_EQ(quantile_of_sorted(values, 0), values.front());
    EXPECT_EQ(quantile_of_sorted(values, 1), values.back());
    double last = values.front();
    for (int step = 0; step <= 100; ++step) {
      const double q = quantile_of_sorted(values, step / 100.0);
      EXPECT_GE(q, last);
      last = q;
    }
  }
}

TEST(Summary, OneValueHasNoSdAndNoneHasNoNumbers) {
  const auto one = summarize(Column::integer("x", {4}));
  EXPECT_EQ(one.number->mean, 4);
  EXPECT_FALSE(one.number->sd);
  const auto none = summarize(Column::real("x", {kNan, kNan}));
  EXPECT_EQ(none.n, 0U);
  EXPECT_EQ(none.missing, 2U);
  EXPECT_FALSE(none.number);
}

TEST(Summary, LevelsAreCountedInTheirOrderEvenWhenUnused) {
  const auto category = summarize(Column::category("x", {2, 0, -1, 2}, {"a", "b", "c"}));
  EXPECT_EQ(category.levels, (std::vector<LevelCount>{{"a", 1}, {"b", 0}, {"c", 2}}));
  EXPECT_EQ(category.missing, 1U);
  EXPECT_FALSE(category.number);
  const auto boolean = summarize(Column::boolean("x", {1, 0, 0, 1}, {0, 0, 1, 0}));
  EXPECT_EQ(boolean.levels, (std::vector<LevelCount>{{"false", 1}, {"true", 2}}));
  EXPECT_NEAR(boolean.number->mean, 2.0 / 3, 1e-15);
}

TEST(Summary, DatesHaveAFirstAndALast) {
  const Day day = *parse_day("2024-02-29");
  const auto s = summarize(Column::date("x", {day, day - std::chrono::days{3}, Day{}}, {0, 0, 1}));
  EXPECT_EQ(s.first, day - std::chrono::days{3});
  EXPECT_EQ(s.last, day);
  EXPECT_FALSE(summarize(Column::date("x", {Day{}}, {1})).first);
}

}  // namespace
}  // namespace thaw
