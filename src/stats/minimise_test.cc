#include "stats/minimise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace thaw::stats {
namespace {

Objective rosenbrock(bool with_gradient) {
  Objective f;
  f.value = [](const Vector& x) {
    return 100 * std::pow(x[1] - x[0] * x[0], 2) + std::pow(1 - x[0], 2);
  };
  if (with_gradient) {
    f.gradient = [](const Vector& x) -> Vector {
      Vector g(2);
      g[0] = -400 * x[0] * (x[1] - x[0] * x[0]) - 2 * (1 - x[0]);
      g[1] = 200 * (x[1] - x[0] * x[0]);
      return g;
    };
  }
  return f;
}

TEST(Minimise, FollowsABentValley) {
  for (const bool with_gradient : {false, true}) {
    const Minimum m = minimise(rosenbrock(with_gradient), Vector{{-1.2, 1.0}}, {});
    EXPECT_TRUE(m.converged);
    EXPECT_NEAR(m.at[0], 1, 1e-7);
    EXPECT_NEAR(m.at[1], 1, 1e-7);
    EXPECT_NEAR(m.hessian(0, 0), 802, 0.01);
    EXPECT_NEAR(m.hessian(0, 1), -400, 0.01);
  }
}

// Least squares to (-1, 2) with the first parameter at least 0: it rests on its bound.
TEST(Minimise, RestsOnABoundThatHolds) {
  Objective f;
  f.value = [](const Vector& x) {
    return std::pow(x[0] + 1, 2) + std::pow(x[1] - 2, 2) + 0.5 * x[0] * x[1];
  };
  const double inf = std::numeric_limits<double>::infinity();
  const MinimiseOptions options{.lower = Vector{{0.0, -inf}}};
  const Minimum m = minimise(f, Vector{{3.0, 5.0}}, options);
  EXPECT_TRUE(m.converged);
  EXPECT_EQ(m.at[0], 0);
  EXPECT_NEAR(m.at[1], 2, 1e-8);
  EXPECT_NEAR(m.gradient[0], 3, 1e-4);
}

TEST(Minimise, LeavesABoundThatDoesNotHold) {
  Objective f;
  f.value = [](const Vector& x) { return std::pow(x[0] - 4, 2) - std::log(1 + x[0]); };
  const Minimum m = minimise(f, Vector{{0.0}}, {.lower = Vector{{0.0}}});
  EXPECT_TRUE(m.converged);
  EXPECT_NEAR(2 * (m.at[0] - 4), 1 / (1 + m.at[0]), 1e-7);
}

TEST(Minimise, IsNotMisledByAMaximum) {
  Objective f;
  f.value = [](const Vector& x) { return std::cos(x[0]); };
  const Minimum m = minimise(f, Vector{{0.1}}, {});
  EXPECT_TRUE(m.converged);
  EXPECT_NEAR(m.at[0], M_PI, 1e-6);
}

TEST(Minimise, SaysThatItDidNotConverge) {
  Objective f;
  f.value = [](const Vector& x) { return std::exp(-x[0]); };
  EXPECT_FALSE(minimise(f, Vector{{0.0}}, {.tolerance = 0, .iterations_max = 5}).converged);
}

TEST(RootBetween, FindsTheRoot) {
  const auto f = [](double x) { return x * x * x - 2; };
  EXPECT_NEAR(root_between(f, 0, 5), std::cbrt(2.0), 1e-12);
  EXPECT_NEAR(root_between(f, 5, 0), std::cbrt(2.0), 1e-12);
  EXPECT_EQ(root_between(f, 2, 5), 2);
}

}  // namespace
}  // namespace thaw::stats
