#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/random.h"
#include "stats/linear.h"
#include "stats/logistic.h"
#include "stats/quantile.h"
#include "stats/shared_csv.h"

namespace thaw::stats {
namespace {

struct Sample {
  Matrix x;
  std::vector<double> y;       // numbers
  std::vector<double> yes;     // 0 or 1
  std::vector<double> weight;  // 1, 2 or 3
};

Sample sample(std::uint64_t seed, Eigen::Index n) {
  Random random(seed);
  Sample s{Matrix(n, 3), {}, {}, {}};
  for (Eigen::Index i = 0; i < n; ++i) {
    s.x.row(i) << 1, random.normal(), 3 * random.normal() + 5;
    const double eta = 0.5 + s.x(i, 1) - 0.2 * s.x(i, 2);
    s.y.push_back(eta + random.normal());
    s.yes.push_back(random.bernoulli(1 / (1 + std::exp(-eta))) ? 1 : 0);
    s.weight.push_back(1 + static_cast<double>(random.index(3)));
  }
  return s;
}

/// Each row as many times as its weight says.
Sample replicated(const Sample& s) {
  const auto total =
      static_cast<Eigen::Index>(std::accumulate(s.weight.begin(), s.weight.end(), 0.0));
  Sample copy{Matrix(total, s.x.cols()), {}, {}, {}};
  Eigen::Index row = 0;
  for (std::size_t i = 0; i < s.y.size(); ++i) {
    for (int k = 0; k < static_cast<int>(s.weight[i]); ++k) {
      copy.x.row(row++) = s.x.row(static_cast<Eigen::Index>(i));
      copy.y.push_back(s.y[i]);
      copy.yes.push_back(s.yes[i]);
    }
  }
  return copy;
}

double largest(const Matrix& difference) {
  return difference.cwiseAbs().maxCoeff();
}

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
  const auto ols = [&] {
    x.col(0).swap(x.col(8));
    Matrix with(n, 10);
    with << x, as_vector(lalonde.numbers("treat"));
    return fit_linear(with, lalonde.numbers("re78"), {}, LinearVariance::kModel).value();
  }();
  EXPECT_NEAR(ols.coef[9], 1548.24380199961, 1e-5);
  EXPECT_NEAR(std::sqrt(ols.var(9, 9)), 781.279297459796, 1e-5);
}

// R 4.2.2: quantile(c(3, 1, 4, 1.5, 9), c(0, .1, .25, .5, .9, 1)).
TEST(Quantile, IsTypeSevenOfHyndmanAndFan) {
  const std::vector<double> values = {3, 1, 4, 1.5, 9};
  EXPECT_DOUBLE_EQ(*quantile(values, 0), 1);
  EXPECT_DOUBLE_EQ(*quantile(values, 0.1), 1.2);
  EXPECT_DOUBLE_EQ(*quantile(values, 0.25), 1.5);
  EXPECT_DOUBLE_EQ(*quantile(values, 0.5), 3);
  EXPECT_DOUBLE_EQ(*quantile(values, 0.9), 7);
  EXPECT_DOUBLE_EQ(*quantile(values, 1), 9);
  EXPECT_FALSE(quantile(values, 1.1));
  EXPECT_FALSE(quantile({}, 0.5));
  EXPECT_FALSE(quantile(std::vector<double>{1, std::nan("")}, 0.5));
}

}  // namespace
}  // namespace thaw::stats
