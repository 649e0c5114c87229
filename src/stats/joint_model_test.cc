#include "stats/joint_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "stats/gauss_hermite.h"
#include "stats/joint_likelihood.h"
#include "stats/mixed_model.h"
#include "stats/simulated_joint.h"

namespace thaw::stats {
namespace {

const std::vector<double> kCuts = {0, 4, 9, std::numeric_limits<double>::infinity()};

Vector some_parameters(const JointLayout& layout, JointLink link) {
  Vector at = Vector::Zero(layout.size);
  at[layout.level] = 39;
  at[layout.slope] = -0.9;
  at[layout.slope + 1] = 0.2;
  at[layout.sigma] = std::log(1.4);
  at[layout.random] = std::log(2.5);
  at[layout.random + 1] = 0.1;
  at[layout.random + 2] = std::log(0.5);
  at[layout.link] = link == JointLink::kSlope ? -0.8 : -0.08;
  if (link == JointLink::kBoth) {
    at[layout.link + 1] = -0.4;
  }
  for (Eigen::Index k = layout.baseline; k < layout.size; ++k) {
    at[k] = -0.5 - 0.2 * static_cast<double>(k - layout.baseline);
  }
  return at;
}

TEST(GaussHermite, IntegratesPolynomialsExactly) {
  const Quadrature rule = gauss_hermite(6);
  const double root_pi = std::sqrt(std::numbers::pi);
  EXPECT_NEAR(rule.weights.sum(), root_pi, 1e-12);
  EXPECT_NEAR(rule.weights.dot(rule.nodes.cwiseAbs2()), root_pi / 2, 1e-12);
  EXPECT_NEAR(rule.weights.dot(rule.nodes.array().pow(10).matrix()), root_pi * 945 / 32, 1e-9);
}

/// One person's likelihood by a fine grid over level and slope, written from the definition.
double by_grid(const SimulatedJoint& s, std::size_t i, const Vector& at, const JointLayout& layout,
               JointLink link) {
  const double sigma2 = std::exp(2 * at[layout.sigma]);
  const double l11 = std::exp(at[layout.random]);
  const double l21 = at[layout.random + 1];
  const double l22 = std::exp(at[layout.random + 2]);
  const double alpha_value = link == JointLink::kSlope ? 0 : at[layout.link];
  const double alpha_slope = link == JointLink::kSlope  ? at[layout.link]
                             : link == JointLink::kBoth ? at[layout.link + 1]
                                                        : 0;
  double total = 0;
  constexpr double kStep = 0.15;
  for (double a = -6; a <= 6; a += kStep) {
    for (double b = -6; b <= 6; b += kStep) {
      const double u = at[layout.level] + l11 * a;
      const double slope = at[layout.slope] +
                           at[layout.slope + 1] * s.slope(static_cast<Eigen::Index>(i), 1) +
                           l21 * a + l22 * b;
      double log_density = -0.5 * (a * a + b * b) - std::log(2 * std::numbers::pi);
      for (std::size_t row = 0; row < s.y.size(); ++row) {
        if (s.person[row] == static_cast<int>(i)) {
          const double r = s.y[row] - u - slope * s.time[row];
          log_density -= 0.5 * (r * r / sigma2 + std::log(2 * std::numbers::pi * sigma2));
        }
      }
      const double end = s.event_time[i];
      const auto log_hazard = [&](double t) {
        const Eigen::Index k = t <= kCuts[1] ? 0 : t <= kCuts[2] ? 1 : 2;
        return at[layout.baseline + k] + alpha_value * (u + slope * t) + alpha_slope * slope;
      };
      double cumulative = 0;
      constexpr int kParts = 25;
      for (std::size_t k = 0; k + 1 < kCuts.size() && kCuts[k] < end; ++k) {
        const double right = std::min(end, kCuts[k + 1]);
        for (int part = 0; part < kParts; ++part) {
          const double t = kCuts[k] + (right - kCuts[k]) * (part + 0.5) / kParts;
          cumulative += std::exp(log_hazard(t)) * (right - kCuts[k]) / kParts;
        }
      }
      log_density += -cumulative + (s.event[i] != 0 ? log_hazard(end) : 0);
      total += std::exp(log_density) * kStep * kStep;
    }
  }
  return std::log(total);
}

TEST(JointLikelihood, IsTheIntegralThatItClaimsToBe) {
  const SimulatedJoint s = simulate_joint(1, 4);
  const JointData data = s.data();
  for (const JointLink link : {JointLink::kValue, JointLink::kSlope, JointLink::kBoth}) {
    const JointLikelihood likelihood(data, {.link = link, .nodes = 9}, kCuts);
    const Vector at = some_parameters(likelihood.layout(), link);
    for (const std::size_t i : {0U, 3U}) {
      EXPECT_NEAR(likelihood.person(i, at, nullptr), by_grid(s, i, at, likelihood.layout(), link),
                  2e-4)
          << i;
    }
  }
}

TEST(JointLikelihood, HasTheGradientOfItsDifferences) {
  SimulatedJoint s = simulate_joint(2, 12);
  s.hazard = Matrix::Random(12, 1);
  const JointData data = s.data();
  for (const JointLink link : {JointLink::kValue, JointLink::kSlope, JointLink::kBoth}) {
    const JointLikelihood likelihood(data, {.link = link, .nodes = 13}, kCuts);
    Vector at = some_parameters(likelihood.layout(), link);
    at[likelihood.layout().hazard] = 0.3;
    const Vector gradient = likelihood.gradient(at);
    for (Eigen::Index j = 0; j < at.size(); ++j) {
      Vector up = at;
      Vector down = at;
      up[j] += 1e-5;
      down[j] -= 1e-5;
      EXPECT_NEAR(gradient[j], (likelihood.value(up) - likelihood.value(down)) / 2e-5,
                  1e-4 * (1 + std::fabs(gradient[j])))
          << j;
    }
  }
}

TEST(JointModel, WithoutALinkIsTheMixedModelAndTheSurvivalApart) {
  const SimulatedJoint s = simulate_joint(3, 80, 0.0);
  const JointData data = s.data();
  const JointLikelihood likelihood(data, {}, kCuts);
  const JointLayout& layout = likelihood.layout();
  Vector at = some_parameters(layout, JointLink::kValue);
  at[layout.link] = 0;
  Matrix x(static_cast<Eigen::Index>(s.y.size()), 3);
  Matrix z(x.rows(), 2);
  for (Eigen::Index i = 0; i < x.rows(); ++i) {
    const auto row = static_cast<std::size_t>(i);
    const double t = s.time[row];
    x.row(i) << 1, t, t * s.slope(s.person[row], 1);
    z.row(i) << 1, t;
  }
  const MixedFit line = fit_mixed({x, z, s.y, s.person}, {.restricted = false}).value();
  at.head(3) = line.coef;
  at[layout.sigma] = 0.5 * std::log(line.sigma2);
  const Matrix root = line.random.llt().matrixL();
  at[layout.random] = std::log(root(0, 0));
  at[layout.random + 1] = root(1, 0);
  at[layout.random + 2] = std::log(root(1, 1));
  double survival = 0;
  for (std::size_t i = 0; i < s.event.size(); ++i) {
    for (std::size_t k = 0; k < 3; ++k) {
      const double height = at[layout.baseline + static_cast<Eigen::Index>(k)];
      const double end = std::min(s.event_time[i], kCuts[k + 1]);
      if (s.event_time[i] > kCuts[k]) {
        survival -= std::exp(height) * (end - kCuts[k]);
        survival += s.event[i] != 0 && s.event_time[i] <= kCuts[k + 1] ? height : 0;
      }
    }
  }
  EXPECT_NEAR(likelihood.value(at), line.log_likelihood + survival, 1e-6);
}

TEST(JointModel, SeesTheDeclineThatDeathHides) {
  const SimulatedJoint s = simulate_joint(4, 250);
  const auto fit = fit_joint(s.data(), {.threads = 2}).value();
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.slope[0].value, s.mean_slope, 3 * fit.slope[0].se);
  EXPECT_NEAR(fit.slope[1].value, s.arm_slope, 3 * fit.slope[1].se);
  EXPECT_NEAR(fit.link[0].value, s.alpha, 3 * fit.link[0].se);
  EXPECT_NEAR(std::sqrt(fit.random(1, 1)), s.sd_slope, 0.15);
  EXPECT_NEAR(std::sqrt(fit.sigma2), s.sigma, 0.15);
  const auto alone = fit_joint(s.data(), {.threads = 1}).value();
  EXPECT_EQ(alone.log_likelihood, fit.log_likelihood);
}

TEST(JointModel, RefusesWhatCannotBeFitted) {
  SimulatedJoint s = simulate_joint(5, 40);
  const auto message = [](const SimulatedJoint& bad) {
    const auto fit = fit_joint(bad.data());
    return fit ? std::string() : fit.error().message;
  };
  SimulatedJoint late = s;
  late.time.back() = 100;
  EXPECT_NE(message(late).find("after"), std::string::npos);
  SimulatedJoint alive = s;
  std::ranges::fill(alive.event, std::uint8_t{0});
  EXPECT_NE(message(alive).find("too few"), std::string::npos);
  SimulatedJoint zero = s;
  zero.event_time[3] = 0;
  EXPECT_NE(message(zero).find("person 4"), std::string::npos);
  SimulatedJoint infinite = s;
  infinite.y[2] = std::numeric_limits<double>::infinity();
  EXPECT_NE(message(infinite).find("visit 3"), std::string::npos);
}

}  // namespace
}  // namespace thaw::stats
