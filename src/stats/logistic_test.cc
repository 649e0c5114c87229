#include "stats/logistic.h"

#include <gtest/gtest.h>

#include <cmath>

#include "stats/shared_csv.h"
#include "stats/simulated_regression.h"

namespace thaw::stats {
namespace {

TEST(FitLogistic, HasZeroScoresAtItsFit) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Sample s = sample(seed, 200);
    const auto fit = fit_logistic(s.x, s.yes, s.weight).value();
    ASSERT_TRUE(fit.converged) << seed;
    const Vector residual = as_vector(s.yes) - fit.probabilities;
    EXPECT_LT(largest(s.x.transpose() * (as_vector(s.weight).asDiagonal() * residual)), 1e-8);
  }
}

TEST(FitLogistic, TakesAWeightAsThatManyRows) {
  const Sample s = sample(5, 100);
  const auto weighted = fit_logistic(s.x, s.yes, s.weight).value();
  const auto copied = fit_logistic(replicated(s).x, replicated(s).yes).value();
  EXPECT_LT(largest(weighted.coef - copied.coef), 1e-9);
  EXPECT_LT(largest(weighted.var - copied.var), 1e-9);
  EXPECT_NEAR(weighted.log_likelihood, copied.log_likelihood, 1e-9);
}

// By hand: 3 of 4 against 1 of 4: log odds ratio 2 log 3, variance 1/3 + 1/1 + 1/1 + 1/3.
TEST(FitLogistic, IsTheLogOddsRatioOfATwoByTwoTable) {
  Matrix x(8, 2);
  x << 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1;
  const auto fit = fit_logistic(x, std::vector<double>{1, 0, 0, 0, 1, 1, 1, 0}).value();
  EXPECT_NEAR(fit.coef[1], 2 * std::log(3.0), 1e-10);
  EXPECT_NEAR(fit.var(1, 1), 8.0 / 3, 1e-8);
  EXPECT_NEAR(fit.log_likelihood, 2 * (3 * std::log(0.75) + std::log(0.25)), 1e-12);
}

TEST(FitLogistic, SaysThatSeparatedDataDidNotConverge) {
  Matrix x(10, 2);
  std::vector<double> y;
  for (Eigen::Index i = 0; i < 10; ++i) {
    x.row(i) << 1, static_cast<double>(i);
    y.push_back(i < 5 ? 0 : 1);
  }
  const auto apart = fit_logistic(x, y);
  ASSERT_TRUE(apart);
  EXPECT_FALSE(apart->converged);
  EXPECT_TRUE(apart->coef.allFinite() && apart->var.allFinite());
  y[4] = 1;  // Still one group apart: x >= 4 always 1.
  EXPECT_FALSE(fit_logistic(x, y)->converged);
  y[6] = 0;
  EXPECT_TRUE(fit_logistic(x, y)->converged);
}

TEST(FitLogistic, RefusesOneClassAndOtherNumbers) {
  const Sample s = sample(1, 30);
  EXPECT_FALSE(fit_logistic(s.x, std::vector<double>(30, 1.0)));
  EXPECT_FALSE(fit_logistic(s.x, std::vector<double>(30, 0.5)));
  Matrix twice(30, 4);
  twice << s.x, s.x.col(1);
  EXPECT_FALSE(fit_logistic(twice, s.yes));
}

// R 4.2.2 glm on lalonde.csv, the values of oracle/lalonde_estimates.json.
TEST(FitLogistic, AgreesWithRsPropensityOfTheLalondeStudy) {
  THAW_SHARED_CSV(lalonde, "cohort/lalonde.csv");
  const auto n = static_cast<Eigen::Index>(lalonde.columns.at("treat").size());
  Matrix x = Matrix::Ones(n, 9);
  int column = 1;
  for (const char* name : {"age", "educ"}) {
    x.col(column++) = as_vector(lalonde.numbers(name));
  }
  for (Eigen::Index i = 0; i < n; ++i) {
    const std::string& race = lalonde.columns.at("race")[static_cast<std::size_t>(i)];
    x(i, 3) = race == "hispan" ? 1 : 0;
    x(i, 4) = race == "white" ? 1 : 0;
  }
  column = 5;
  for (const char* name : {"married", "nodegree", "re74", "re75"}) {
    x.col(column++) = as_vector(lalonde.numbers(name));
  }
  const auto fit = fit_logistic(x, lalonde.numbers("treat")).value();
  const double expected[] = {-1.6632815948218,  0.0157770709858203,   0.161306877011067,
                             -2.08173411895593, -3.06536772923412,    -0.832113271326339,
                             0.707296881079666, -7.1776685680759e-05, 5.34464463884473e-05};
  for (Eigen::Index j = 0; j < 9; ++j) {
    EXPECT_NEAR(fit.coef[j] / expected[j], 1, 1e-6) << j;
  }
  x.col(0).swap(x.col(8));
  const auto turned = fit_logistic(x, lalonde.numbers("treat")).value();
  EXPECT_NEAR(turned.coef[8] / expected[0], 1, 1e-8);
}

}  // namespace
}  // namespace thaw::stats
