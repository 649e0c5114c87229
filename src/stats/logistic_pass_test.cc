#include "stats/logistic_pass.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "stats/logistic.h"
#include "stats/simulated_regression.h"

namespace thaw::stats {
namespace {

TEST(LogisticKernel, IsTheLogisticFunctionToTheLastDigits) {
  std::vector<double> eta = {0, -0.0, 1e-300, 690, -690, 5000, -5000};
  for (double x = -40; x <= 40; x += 0.0371) {
    eta.push_back(x);
  }
  std::vector<double> p(eta.size());
  for (std::size_t i = 0; i < eta.size(); ++i) {
    const double product = logistic_kernel(&eta[i], 1, &p[i]);
    const double small = std::exp(-std::fabs(eta[i]));
    EXPECT_NEAR(product, 1 + small, 4e-16) << eta[i];
    const double truth = eta[i] >= 0 ? 1 / (1 + small) : small / (1 + small);
    EXPECT_NEAR(p[i], truth, 1e-15 * truth + 1e-300) << eta[i];
  }
}

TEST(LogisticKernel, MultipliesItsRows) {
  std::vector<double> eta(500);
  for (std::size_t i = 0; i < eta.size(); ++i) {
    eta[i] = 0.01 * static_cast<double>(i) - 2;
  }
  std::vector<double> p(eta.size());
  double loss = 0;
  for (const double e : eta) {
    loss += std::log1p(std::exp(-std::fabs(e)));
  }
  EXPECT_NEAR(std::log(logistic_kernel(eta.data(), 500, p.data())), loss, 1e-11);
}

// Law: slope and curvature are those of the likelihood, by differences.
TEST(LogisticPass, HasTheSlopeAndCurvatureOfItsLikelihood) {
  const Sample s = sample(3, 1500);  // three blocks, the last one short
  const Vector coef = Vector::Constant(3, 0.1);
  Vector p;
  for (const bool weighted : {false, true}) {
    const std::span<const double> w =
        weighted ? std::span<const double>(s.weight) : std::span<const double>();
    const LogisticPass at = logistic_pass(s.x, s.yes, w, coef, p);
    for (Eigen::Index j = 0; j < 3; ++j) {
      constexpr double kStep = 1e-5;
      Vector up = coef;
      Vector down = coef;
      up[j] += kStep;
      down[j] -= kStep;
      const LogisticPass above = logistic_pass(s.x, s.yes, w, up, p);
      const LogisticPass below = logistic_pass(s.x, s.yes, w, down, p);
      EXPECT_NEAR((above.log_likelihood - below.log_likelihood) / (2 * kStep), at.score[j],
                  1e-5 * (1 + std::fabs(at.score[j])));
      EXPECT_LT(largest((below.score - above.score) / (2 * kStep) - at.information.col(j)), 1e-3);
    }
  }
}

TEST(LogisticPass, NudgesProbabilitiesToThoseOfTheMovedOdds) {
  const Sample s = sample(4, 700);
  const Vector coef = Vector::Constant(3, 0.1);
  const Vector step = Vector::Constant(3, 1e-5);
  Vector p;
  Vector moved;
  logistic_pass(s.x, s.yes, {}, coef, p);
  logistic_pass(s.x, s.yes, {}, coef + step, moved);
  const double largest_move = nudge_probabilities(s.x, step, p);
  EXPECT_NEAR(largest_move, (s.x * step).cwiseAbs().maxCoeff(), 1e-15);
  EXPECT_LT(largest(p - moved), 1e-12);
}

// Many rows start from the fit of some of them, and end where a start from 0 ends.
TEST(FitLogistic, FindsTheSameMaximumFromTheFitOfSomeRows) {
  const Sample s = sample(9, 60'000);
  const auto all = fit_logistic(s.x, s.yes).value();
  ASSERT_TRUE(all.converged);
  const Vector residual = as_vector(s.yes) - all.probabilities;
  EXPECT_LT(largest(s.x.transpose() * residual), 1e-6);
  EXPECT_LT(all.iterations, 4);
  // Every 16th row is 0: no start to be had from those, still the maximum.
  std::vector<double> rare(s.yes.size(), 0);
  for (std::size_t i = 1; i < rare.size(); i += 16) {
    rare[i] = s.yes[i];
  }
  const auto odd = fit_logistic(s.x, rare).value();
  ASSERT_TRUE(odd.converged);
  EXPECT_LT(largest(s.x.transpose() * (as_vector(rare) - odd.probabilities)), 1e-6);
}

}  // namespace
}  // namespace thaw::stats
