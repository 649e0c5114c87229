#include "stats/small_study.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "stats/shared_csv.h"

namespace thaw::stats {
namespace {

constexpr MetaOptions kOptimum{.stop = {.relative = 1e-12}};

// Thirty studies with a strong small-study effect, made by R's generator.
const std::vector<double> kY = {0.416, 0.322, 0.392, 0.986, 0.801, 0.468, 0.255, 0.508,
                                0.003, 0.514, 0.383, 1.134, 1.098, 0.667, 0.232, 1.252,
                                0.622, 1.092, 1.207, 0.456, 0.726, 0.501, 0.47,  0.243,
                                0.759, 1.172, 0.581, 1.717, 0.368, 0.941};
const std::vector<double> kV = {0.059, 0.244, 0.122, 0.105, 0.185, 0.185, 0.046, 0.095,
                                0.178, 0.193, 0.158, 0.156, 0.165, 0.172, 0.262, 0.251,
                                0.042, 0.214, 0.27,  0.091, 0.076, 0.014, 0.047, 0.037,
                                0.079, 0.239, 0.184, 0.274, 0.173, 0.229};

// R metafor 3.8-1: regtest, ranktest, trimfill, fsn of rma(yi, vi) on dat.bcg.
TEST(SmallStudies, AgreeWithMetaforOnTheBcgTrials) {
  THAW_SHARED_CSV(bcg, "causal/meta/dat.bcg_escalc_RR.csv");
  const std::vector<double> y = bcg.numbers("yi");
  const std::vector<double> v = bcg.numbers("vi");
  const auto egger = egger_test(Matrix::Ones(13, 1), y, v, {}).value();
  EXPECT_NEAR(egger.statistic, -0.803329112070107, 1e-6);
  EXPECT_NEAR(egger.p, 0.421784535672227, 1e-6);
  const auto rank = rank_test(y, v).value();
  EXPECT_TRUE(rank.exact);
  EXPECT_NEAR(rank.tau, 0.0256410256410256, 1e-12);
  EXPECT_NEAR(rank.p, 0.952361907960866, 1e-12);
  EXPECT_EQ(fail_safe_n(y, v), 598);
  const auto filled = trim_fill(y, v, {}).value();
  EXPECT_TRUE(filled.converged);
  EXPECT_EQ(filled.missing, 1);
  EXPECT_TRUE(filled.on_right);
  EXPECT_NEAR(filled.missing_se, 2.45279864318293, 1e-9);
  EXPECT_NEAR(filled.fit.coef[0] / -0.657082800760365, 1, 1e-6);
  EXPECT_NEAR(filled.fit.se[0] / 0.17852846695558, 1, 1e-6);
  EXPECT_NEAR(filled.fit.tau2.value / 0.33128803733658, 1, 1e-6);
  EXPECT_NEAR(filled.fit.heterogeneity.statistic, 154.675033139151, 1e-4);
  EXPECT_EQ(trim_fill(y, v, {}, TrimFillEstimator::kR0).value().missing, 0);
}

// The same functions of metafor on the thirty studies, at threshold 1e-13.
TEST(SmallStudies, AgreeWithMetaforWhereSmallStudiesFindMore) {
  for (const auto estimator : {TrimFillEstimator::kL0, TrimFillEstimator::kR0}) {
    const auto filled = trim_fill(kY, kV, kOptimum, estimator).value();
    EXPECT_EQ(filled.missing, 6);
    EXPECT_FALSE(filled.on_right);
    EXPECT_NEAR(filled.missing_se,
                estimator == TrimFillEstimator::kL0 ? 3.6527679874769 : 3.74165738677394, 1e-9);
    EXPECT_NEAR(filled.fit.coef[0], 0.499418249230585, 1e-9);
    EXPECT_NEAR(filled.fit.se[0], 0.0523287807874608, 1e-9);
  }
  const auto rank = rank_test(kY, kV).value();
  EXPECT_FALSE(rank.exact);
  EXPECT_NEAR(rank.tau, 0.308400664494569, 1e-12);
  EXPECT_NEAR(rank.p, 0.0167989502236759, 1e-12);
  const auto egger = egger_test(Matrix::Ones(30, 1), kY, kV, kOptimum).value();
  EXPECT_NEAR(egger.statistic, 2.36488852670103, 1e-7);
  EXPECT_NEAR(egger.limit, 0.275071209703664, 1e-7);
  EXPECT_NEAR(egger.limit_low, 0.0156038517243626, 1e-7);
  EXPECT_EQ(fail_safe_n(kY, kV), 1159);
}

// Every order of six values, by hand.
TEST(SmallStudies, ExactPIsTheShareOfAllOrders) {
  std::array<int, 6> order{};
  std::iota(order.begin(), order.end(), 0);
  std::array<int, 16> counts{};
  do {
    int concordant = 0;
    for (std::size_t i = 0; i < 6; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        concordant += order[j] < order[i] ? 1 : 0;
      }
    }
    ++counts[static_cast<std::size_t>(concordant)];
  } while (std::ranges::next_permutation(order).found);
  for (int c = 0; c <= 15; ++c) {
    double tail = 0;
    for (int other = 0; other <= std::min(c, 15 - c); ++other) {
      tail += counts[static_cast<std::size_t>(other)];
    }
    EXPECT_NEAR(kendall_exact_p(6, c), std::min(1.0, 2 * tail / 720), 1e-12) << c;
  }
}

TEST(SmallStudies, MirroredEstimatesGiveMirroredAnswersInAnyOrder) {
  std::vector<double> y(kY.rbegin(), kY.rend());
  const std::vector<double> v(kV.rbegin(), kV.rend());
  for (double& estimate : y) {
    estimate = -estimate;
  }
  const auto filled = trim_fill(kY, kV, {}).value();
  const auto mirrored = trim_fill(y, v, {}).value();
  EXPECT_TRUE(mirrored.on_right);
  EXPECT_EQ(mirrored.missing, filled.missing);
  EXPECT_NEAR(mirrored.fit.coef[0], -filled.fit.coef[0], 1e-12);
  EXPECT_NEAR(rank_test(y, v)->tau, -rank_test(kY, kV)->tau, 1e-12);
}

TEST(SmallStudies, RefuseWhatHasNoRankOrNoSlope) {
  const std::vector<double> y = {0.1, 0.2, 0.3, 0.5};
  const std::vector<double> v(4, 0.1);
  EXPECT_FALSE(rank_test(y, v));
  EXPECT_FALSE(egger_test(Matrix::Ones(4, 1), y, v, {}));
  EXPECT_FALSE(trim_fill(y, v, {}));
}

}  // namespace
}  // namespace thaw::stats
