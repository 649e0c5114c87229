#include "stats/meta_analysis.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "base/random.h"
#include "stats/shared_csv.h"

namespace thaw::stats {
namespace {

std::vector<double> standard_errors(std::span<const double> variances) {
  std::vector<double> ses;
  for (const double v : variances) {
    ses.push_back(std::sqrt(v));
  }
  return ses;
}

// R metafor 3.8-1: rma(yi, vi, method = "FE") and "DL".
TEST(Pool, AgreesWithMetaforOnTheBcgTrials) {
  THAW_SHARED_CSV(bcg, "causal/meta/dat.bcg_escalc_RR.csv");
  const auto pooled = pool(bcg.numbers("yi"), standard_errors(bcg.numbers("vi")));
  ASSERT_TRUE(pooled) << pooled.error().message;
  EXPECT_NEAR(pooled->value, -0.430285163654091, 1e-9);
  EXPECT_NEAR(pooled->se, 0.0404987517108638, 1e-10);
  EXPECT_NEAR(pooled->low, -0.509661258426214, 1e-9);
  EXPECT_NEAR(pooled->high, -0.350909068881968, 1e-9);
  EXPECT_NEAR(pooled->q, 152.233008082373, 1e-7);
  EXPECT_EQ(pooled->df, 12);
  EXPECT_NEAR(pooled->q_p / 1.996764590846e-26, 1, 1e-6);
  EXPECT_NEAR(pooled->i2, 0.92117346854562, 1e-9);
  EXPECT_NEAR(pooled->tau2, 0.308760262862376, 1e-9);
  EXPECT_NEAR(pooled->random.value, -0.714117222073227, 1e-9);
  EXPECT_NEAR(pooled->random.se, 0.178742089535403, 1e-9);
  EXPECT_NEAR(pooled->random.low, -1.06444528008405, 1e-9);
  EXPECT_NEAR(pooled->random.high, -0.363789164062403, 1e-9);
}

// By hand: estimates 0, 1, 2 with se 0.5 have Q = 8 on 2 df, weights 4, so I2 = 6/8,
// tau2 = (8 - 2) / (12 - 48/12) = 0.75, random se = sqrt((0.25 + 0.75) / 3), and the prediction
// interval 1 +- t(0.975, 1 df) sqrt(0.75 + 1/3), t = 12.7062.
TEST(Pool, IsTheArithmeticOfThreeStudies) {
  const auto pooled = pool(std::array{0.0, 1.0, 2.0}, std::array{0.5, 0.5, 0.5}).value();
  EXPECT_DOUBLE_EQ(pooled.value, 1);
  EXPECT_DOUBLE_EQ(pooled.se, std::sqrt(1.0 / 12));
  EXPECT_DOUBLE_EQ(pooled.q, 8);
  EXPECT_DOUBLE_EQ(pooled.q_p, std::exp(-4.0));
  EXPECT_DOUBLE_EQ(pooled.i2, 0.75);
  EXPECT_DOUBLE_EQ(pooled.tau2, 0.75);
  EXPECT_DOUBLE_EQ(pooled.random.se, std::sqrt(1.0 / 3));
  ASSERT_TRUE(pooled.prediction);
  EXPECT_NEAR(pooled.prediction->low, 1 - 12.7062047 * std::sqrt(0.75 + 1.0 / 3), 1e-6);
  EXPECT_NEAR(pooled.prediction->high, 1 + 12.7062047 * std::sqrt(0.75 + 1.0 / 3), 1e-6);
}

TEST(Pool, ReturnsTheStudyItselfWhenThereIsOne) {
  const auto pooled = pool(std::array{-0.3}, std::array{0.1}).value();
  for (const auto& model :
       {IntervalEstimate{pooled.value, pooled.se, pooled.low, pooled.high}, pooled.random}) {
    EXPECT_DOUBLE_EQ(model.value, -0.3);
    EXPECT_DOUBLE_EQ(model.se, 0.1);
    EXPECT_NEAR(model.high, -0.3 + 0.1959964, 1e-7);
  }
  EXPECT_EQ(pooled.df, 0);
  EXPECT_EQ(pooled.q_p, 1);
  EXPECT_EQ(pooled.i2, 0);
  EXPECT_FALSE(pooled.prediction);
}

// Laws over random sets: a shift moves the mean and nothing else, a change of unit scales, the
// order of studies does not matter, and the random-effects se is never the smaller.
TEST(Pool, MovesWithTheDataAndNotWithTheirOrder) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Random random(seed);
    std::vector<double> y, se, shifted, scaled, scaled_se;
    for (int i = 0; i < 6; ++i) {
      y.push_back(random.normal());
      se.push_back(0.1 + random.uniform());
      shifted.push_back(y.back() + 3);
      scaled.push_back(-2 * y.back());
      scaled_se.push_back(2 * se.back());
    }
    const auto base = pool(y, se).value();
    const auto moved = pool(shifted, se).value();
    const auto doubled = pool(scaled, scaled_se).value();
    const auto turned =
        pool(std::vector(y.rbegin(), y.rend()), std::vector(se.rbegin(), se.rend())).value();
    EXPECT_NEAR(moved.random.value, base.random.value + 3, 1e-10) << seed;
    EXPECT_NEAR(moved.tau2, base.tau2, 1e-10) << seed;
    EXPECT_NEAR(doubled.random.low, -2 * base.random.high, 1e-10) << seed;
    EXPECT_NEAR(doubled.tau2, 4 * base.tau2, 1e-10) << seed;
    EXPECT_NEAR(turned.random.value, base.random.value, 1e-12) << seed;
    EXPECT_GE(base.random.se, base.se) << seed;
  }
}

TEST(Pool, RefusesWhatIsNotAnEstimateWithItsError) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(pool({}, {}));
  EXPECT_FALSE(pool(std::array{1.0}, std::array{0.1, 0.2}));
  EXPECT_FALSE(pool(std::array{nan}, std::array{0.1}));
  EXPECT_FALSE(pool(std::array{1.0}, std::array{nan}));
  EXPECT_FALSE(pool(std::array{1.0}, std::array{0.0}));
  EXPECT_FALSE(pool(std::array{1.0}, std::array{1e-200}));
  const auto third = pool(std::array{1.0, 2.0, 3.0}, std::array{0.1, 0.1, -0.1});
  ASSERT_FALSE(third);
  EXPECT_NE(third.error().message.find("study 3"), std::string::npos) << third.error().message;
}

}  // namespace
}  // namespace thaw::stats
