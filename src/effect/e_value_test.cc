#include "effect/e_value.h"

#include <gtest/gtest.h>

#include <cmath>

namespace thaw::effect {
namespace {

// VanderWeele and Ding 2017: 7.26 and 3.0 for RR 3.9 (1.8); R EValue for the second.
TEST(EValue, AgreesWithThePublishedExamples) {
  const auto infant = e_value({3.9, 1.8, 8.7}, RatioKind::kRiskRatio).value();
  EXPECT_NEAR(infant.value, 7.26303434416005, 1e-12);
  EXPECT_NEAR(infant.limit, 3, 1e-12);
  const auto protective = e_value({0.8, 0.71, 0.91}, RatioKind::kRiskRatio).value();
  EXPECT_NEAR(protective.value, 1.80901699437495, 1e-12);
  EXPECT_NEAR(protective.limit, 1.42857142857143, 1e-12);
  const auto none = e_value({1, 0.9, 1.1}, RatioKind::kRiskRatio).value();
  EXPECT_DOUBLE_EQ(none.value, 1);
  EXPECT_DOUBLE_EQ(none.limit, 1);
}

TEST(EValue, IsTheSameForARatioAndItsReciprocal) {
  for (const auto kind : {RatioKind::kRiskRatio, RatioKind::kHazardRatioRare,
                          RatioKind::kHazardRatioCommon, RatioKind::kOddsRatioCommon}) {
    for (const double ratio : {1.05, 1.5, 4.0, 30.0}) {
      const auto up = e_value({ratio, ratio * 0.98, ratio * 1.2}, kind).value();
      const auto down = e_value({1 / ratio, 1 / (ratio * 1.2), 1 / (ratio * 0.98)}, kind).value();
      EXPECT_NEAR(up.value, down.value, 1e-9);
      EXPECT_NEAR(up.limit, down.limit, 1e-9);
      EXPECT_GE(up.value, up.limit);
    }
  }
}

// R 4.2.2: r <- sqrt(.75); (1 - .5^r) / (1 - .5^(1 / r)).
TEST(EValue, BringsCommonHazardAndOddsRatiosNearTheRiskRatio) {
  EXPECT_NEAR(approximate_risk_ratio(0.75, RatioKind::kHazardRatioCommon), 0.81937260961155, 1e-12);
  EXPECT_DOUBLE_EQ(approximate_risk_ratio(2.25, RatioKind::kOddsRatioCommon), 1.5);
  EXPECT_DOUBLE_EQ(approximate_risk_ratio(2.25, RatioKind::kOddsRatioRare), 2.25);
}

TEST(EValue, RefusesWhatIsNoRatio) {
  EXPECT_FALSE(e_value({-1, 0.5, 2}, RatioKind::kRiskRatio));
  EXPECT_FALSE(e_value({1, 0, 2}, RatioKind::kRiskRatio));
  EXPECT_FALSE(e_value({3, 0.5, 2}, RatioKind::kRiskRatio));
  EXPECT_FALSE(e_value({std::nan(""), 0.5, 2}, RatioKind::kRiskRatio));
  EXPECT_FALSE(e_value({1, 0.5, INFINITY}, RatioKind::kRiskRatio));
}

}  // namespace
}  // namespace thaw::effect
