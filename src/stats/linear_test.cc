#include "stats/linear.h"

#include <gtest/gtest.h>

#include <cmath>

#include "stats/shared_csv.h"
#include "stats/simulated_regression.h"

namespace thaw::stats {
namespace {

TEST(FitLinear, LeavesResidualsThatNoColumnExplains) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Sample s = sample(seed, 40);
    const auto fit = fit_linear(s.x, s.y, s.weight, LinearVariance::kModel).value();
    const Vector w = as_vector(s.weight);
    EXPECT_LT(largest(s.x.transpose() * (w.asDiagonal() * fit.residuals)), 1e-9) << seed;
  }
}

TEST(FitLinear, TakesAWeightAsThatManyRows) {
  const Sample s = sample(3, 40);
  const auto weighted = fit_linear(s.x, s.y, s.weight, LinearVariance::kModel).value();
  const auto copied = fit_linear(replicated(s).x, replicated(s).y, {}, LinearVariance::kModel);
  EXPECT_LT(largest(weighted.coef - copied->coef), 1e-10);
  EXPECT_NEAR(weighted.r_squared, copied->r_squared, 1e-10);
}

// One column of ones is the mean: HC0 variance = sum of squared deviations / n^2, HC1 and the
// model's the usual s^2 / n.
TEST(FitLinear, GivesTheVarianceOfAMean) {
  const std::vector<double> y = {1, 2, 4, 9};  // mean 4, squared deviations 9 + 4 + 0 + 25 = 38
  const Matrix ones = Matrix::Ones(4, 1);
  EXPECT_NEAR(fit_linear(ones, y, {}, LinearVariance::kHc0)->var(0, 0), 38.0 / 16, 1e-12);
  EXPECT_NEAR(fit_linear(ones, y, {}, LinearVariance::kHc1)->var(0, 0), 38.0 / 12, 1e-12);
  EXPECT_NEAR(fit_linear(ones, y, {}, LinearVariance::kModel)->var(0, 0), 38.0 / 12, 1e-12);
  EXPECT_NEAR(fit_linear(ones, y, {}, LinearVariance::kModel)->coef[0], 4, 1e-12);
}

// With an indicator of group, HC0 of the difference is the sum of each group's own variance / n.
TEST(FitLinear, GivesEachGroupItsOwnNoise) {
  Matrix x(7, 2);
  x << 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1;
  const std::vector<double> y = {1, 2, 3, 10, 20, 30, 40};  // 2/9 and 500/16
  const auto fit = fit_linear(x, y, {}, LinearVariance::kHc0).value();
  EXPECT_NEAR(fit.coef[1], 23, 1e-12);
  EXPECT_NEAR(fit.var(1, 1), 2.0 / 9 + 500.0 / 16, 1e-10);
}

TEST(FitLinear, RefusesWhatHasNoAnswer) {
  Sample s = sample(1, 10);
  EXPECT_FALSE(fit_linear(s.x.topRows(3), std::span(s.y).first(3), {}, LinearVariance::kModel));
  EXPECT_FALSE(fit_linear(s.x, std::span(s.y).first(9), {}, LinearVariance::kModel));
  EXPECT_FALSE(fit_linear(s.x, s.y, std::vector<double>(10, 0.0), LinearVariance::kModel));
  EXPECT_FALSE(fit_linear(s.x, s.y, std::vector<double>(10, -1.0), LinearVariance::kModel));
  s.x.col(2) = 2 * s.x.col(1) - s.x.col(0);
  const auto fit = fit_linear(s.x, s.y, {}, LinearVariance::kModel);
  ASSERT_FALSE(fit);
  EXPECT_NE(fit.error().message.find("column 3"), std::string::npos) << fit.error().message;
  s.y[4] = std::nan("");
  EXPECT_FALSE(fit_linear(s.x.leftCols(2), s.y, {}, LinearVariance::kModel));
}

// R 4.2.2 lm on lalonde.csv, oracle/lalonde_estimates.json: the last coefficient is treat's.
TEST(FitLinear, AgreesWithRsLmOnTheLalondeStudy) {
  THAW_SHARED_CSV(lalonde, "cohort/lalonde.csv");
  const auto n = static_cast<Eigen::Index>(lalonde.columns.at("treat").size());
  Matrix x = Matrix::Ones(n, 10);
  for (Eigen::Index i = 0; i < n; ++i) {
    const std::string& race = lalonde.columns.at("race")[static_cast<std::size_t>(i)];
    x(i, 1) = race == "hispan" ? 1 : 0;
    x(i, 2) = race == "white" ? 1 : 0;
  }
  int column = 3;
  for (const char* name : {"age", "educ", "married", "nodegree", "re74", "re75", "treat"}) {
    x.col(column++) = as_vector(lalonde.numbers(name));
  }
  const auto fit = fit_linear(x, lalonde.numbers("re78"), {}, LinearVariance::kModel).value();
  EXPECT_NEAR(fit.coef[9], 1548.24380199961, 1e-6);
  EXPECT_NEAR(std::sqrt(fit.var(9, 9)), 781.279297459796, 1e-6);
}

}  // namespace
}  // namespace thaw::stats
