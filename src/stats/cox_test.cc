// Laws and small brute force; what R says is in cox_reference_test.cc.
#include "stats/cox.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/random.h"

namespace thaw::stats {
namespace {

struct Rows {
  Matrix x;
  std::vector<double> time, entry, weights;
  std::vector<std::uint8_t> event;
  std::vector<int> strata;

  SurvivalData data() const { return {time, event, entry, weights}; }
};

/// `n` rows with ties, late entry, weights 1 to 3 and two strata.
Rows rows(std::uint64_t seed, Eigen::Index n) {
  Random random(seed);
  Rows r;
  r.x.resize(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    r.x.row(i) << random.normal(), (random.bernoulli(0.5) ? 1.0 : 0.0);
    const double rate = 0.15 * std::exp(0.5 * r.x(i, 0) - 0.4 * r.x(i, 1));
    r.time.push_back(1 + std::ceil(random.exponential() / rate));
    r.entry.push_back(std::floor(r.time.back() * random.uniform() * 0.7));
    r.event.push_back(random.bernoulli(0.75) ? 1 : 0);
    r.weights.push_back(1 + static_cast<double>(random.index(3)));
    r.strata.push_back(static_cast<int>(random.index(2)));
  }
  return r;
}

/// The log partial likelihood straight from its definition: for each death its own term, and for
/// the l-th of d tied deaths the log of the risk sum less l/d of the dying (Efron), or without
/// (Breslow), times the mean death weight.
double brute_log_likelihood(const Rows& r, const Vector& coef, const CoxOptions& options) {
  double total = 0;
  const std::size_t n = r.time.size();
  const auto hazard = [&](std::size_t i) {
    return r.weights[i] * std::exp(r.x.row(static_cast<Eigen::Index>(i)).dot(coef));
  };
  const auto alike = [&](std::size_t i, std::size_t j) {
    return options.strata.empty() || options.strata[i] == options.strata[j];
  };
  for (std::size_t i = 0; i < n; ++i) {
    if (r.event[i] == 0) {
      continue;
    }
    double at_risk = 0;
    double dying = 0;
    double weight = 0;
    int deaths = 0;
    int before = 0;
    for (std::size_t j = 0; j < n; ++j) {
      if (!alike(i, j)) {
        continue;
      }
      at_risk += r.entry[j] < r.time[i] && r.time[j] >= r.time[i] ? hazard(j) : 0;
      if (r.event[j] != 0 && r.time[j] == r.time[i]) {
        dying += hazard(j);
        weight += r.weights[j];
        before += j < i ? 1 : 0;
        ++deaths;
      }
    }
    const double f = options.ties == Ties::kEfron ? static_cast<double>(before) / deaths : 0;
    total += r.weights[i] * r.x.row(static_cast<Eigen::Index>(i)).dot(coef) -
             weight / deaths * std::log(at_risk - f * dying);
  }
  return total;
}

double largest(const Matrix& difference) {
  return difference.cwiseAbs().maxCoeff();
}

// Value, zero slope and curvature of the brute-force likelihood at our fit, by differences.
TEST(FitCox, StandsAtTheTopOfTheBruteForceLikelihood) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const Rows r = rows(seed, 30);
    CoxOptions options;
    options.ties = seed % 2 == 0 ? Ties::kEfron : Ties::kBreslow;
    if (seed % 3 == 0) {
      options.strata = r.strata;
    }
    const auto fit = fit_cox(r.x, r.data(), options).value();
    ASSERT_TRUE(fit.converged) << seed;
    const auto value = [&](double a, double b) {
      return brute_log_likelihood(r, fit.coef + Vector(Eigen::Vector2d(a, b)), options);
    };
    EXPECT_NEAR(fit.log_likelihood, value(0, 0), 1e-9) << seed;
    EXPECT_NEAR(fit.log_likelihood_null, brute_log_likelihood(r, Vector::Zero(2), options), 1e-9);
    constexpr double kH = 1e-4;
    EXPECT_NEAR((value(kH, 0) - value(-kH, 0)) / (2 * kH), 0, 1e-5) << seed;
    EXPECT_NEAR((value(0, kH) - value(0, -kH)) / (2 * kH), 0, 1e-5) << seed;
    Matrix curvature(2, 2);
    curvature(0, 0) = 2 * value(0, 0) - value(kH, 0) - value(-kH, 0);
    curvature(1, 1) = 2 * value(0, 0) - value(0, kH) - value(0, -kH);
    curvature(0, 1) = curvature(1, 0) =
        (value(kH, -kH) + value(-kH, kH) - value(kH, kH) - value(-kH, -kH)) / 4;
    EXPECT_LT(largest(fit.var.inverse() - curvature / (kH * kH)), 1e-3 * largest(fit.var.inverse()))
        << seed;
  }
}

// The derivative of the coefficients by one row's weight is that row's influence over its weight.
TEST(FitCox, HasTheInfluenceOfEachRowAsItsDerivative) {
  for (const auto ties : {Ties::kBreslow, Ties::kEfron}) {
    Rows r = rows(4, 25);
    if (ties == Ties::kEfron) {  // Tied deaths share a mean weight: the derivative mixes them.
      for (std::size_t i = 0; i < r.time.size(); ++i) {
        r.time[i] += 1e-3 * static_cast<double>(i);
      }
    }
    CoxOptions options{.ties = ties, .strata = r.strata, .robust = true};
    const auto fit = fit_cox(r.x, r.data(), options).value();
    for (std::size_t i = 0; i < r.time.size(); ++i) {
      constexpr double kMove = 1e-4;
      Rows up = r;
      Rows down = r;
      up.weights[i] += kMove;
      down.weights[i] -= kMove;
      const Vector slope =
          (fit_cox(up.x, up.data(), options)->coef - fit_cox(down.x, down.data(), options)->coef) /
          (2 * kMove);
      const Vector influence =
          fit.influence.row(static_cast<Eigen::Index>(i)).transpose() / r.weights[i];
      EXPECT_LT(largest(slope - influence), 1e-5) << i;
    }
    EXPECT_LT(largest(fit.robust_var - fit.influence.transpose() * fit.influence), 1e-14);
  }
}

TEST(FitCox, TakesAWeightAsThatManyRowsUnderBreslow) {
  const Rows r = rows(9, 40);
  Rows copy;
  const auto total =
      static_cast<Eigen::Index>(std::accumulate(r.weights.begin(), r.weights.end(), 0.0));
  copy.x.resize(total, 2);
  for (std::size_t i = 0; i < r.time.size(); ++i) {
    for (int k = 0; k < static_cast<int>(r.weights[i]); ++k) {
      copy.x.row(static_cast<Eigen::Index>(copy.time.size())) =
          r.x.row(static_cast<Eigen::Index>(i));
      copy.time.push_back(r.time[i]);
      copy.entry.push_back(r.entry[i]);
      copy.event.push_back(r.event[i]);
    }
  }
  const CoxOptions options{.ties = Ties::kBreslow};
  const auto weighted = fit_cox(r.x, r.data(), options).value();
  const auto copied = fit_cox(copy.x, copy.data(), options).value();
  EXPECT_LT(largest(weighted.coef - copied.coef), 1e-9);
  EXPECT_LT(largest(weighted.var - copied.var), 1e-9);
}

TEST(FitCox, DoesNotDependOnTheOrderOfRowsOrColumnsOrOnUnits) {
  const Rows r = rows(2, 60);
  const auto base = fit_cox(r.x, r.data(), {.robust = true}).value();
  Rows turned = r;
  turned.x = r.x.colwise().reverse().rowwise().reverse();
  turned.x.col(0) = 1000 * turned.x.col(0).array() + 5e4;
  for (auto* column : {&turned.time, &turned.entry, &turned.weights}) {
    std::reverse(column->begin(), column->end());
  }
  std::reverse(turned.event.begin(), turned.event.end());
  const auto other = fit_cox(turned.x, turned.data(), {.robust = true}).value();
  EXPECT_NEAR(other.coef[0] * 1000, base.coef[1], 1e-9);
  EXPECT_NEAR(other.coef[1], base.coef[0], 1e-9);
  EXPECT_NEAR(other.var(0, 0) * 1e6, base.var(1, 1), 1e-9);
  EXPECT_NEAR(other.robust_var(0, 1) * 1000, base.robust_var(0, 1), 1e-9);
  EXPECT_NEAR(other.influence(0, 1), base.influence(59, 0), 1e-9);
}

TEST(FitCox, GivesTheReciprocalRatioForSwappedGroups) {
  Rows r = rows(6, 80);
  const auto base = fit_cox(r.x, r.data(), {.robust = true}).value();
  r.x.col(1) = 1 - r.x.col(1).array();
  const auto swapped = fit_cox(r.x, r.data(), {.robust = true}).value();
  EXPECT_NEAR(std::exp(swapped.coef[1]), std::exp(-base.coef[1]), 1e-10);
  EXPECT_NEAR(swapped.robust_var(1, 1), base.robust_var(1, 1), 1e-12);
}

TEST(FitCox, CountsAPersonCutInTwoOnce) {
  Rows r = rows(8, 50);
  const auto whole = fit_cox(r.x, r.data(), {.robust = true}).value();
  Rows cut = r;
  std::vector<int> person(50);
  std::iota(person.begin(), person.end(), 0);
  cut.x.conservativeResize(100, 2);
  for (std::size_t i = 0; i < 50; ++i) {
    const double middle = (r.entry[i] + r.time[i]) / 2;
    cut.x.row(static_cast<Eigen::Index>(50 + i)) = r.x.row(static_cast<Eigen::Index>(i));
    cut.time.push_back(r.time[i]);
    cut.entry.push_back(middle);
    cut.event.push_back(r.event[i]);
    cut.weights.push_back(r.weights[i]);
    cut.time[i] = middle;
    cut.event[i] = 0;
    person.push_back(static_cast<int>(i));
  }
  const auto halves = fit_cox(cut.x, cut.data(), {.cluster = person}).value();
  EXPECT_LT(largest(halves.coef - whole.coef), 1e-10);
  EXPECT_LT(largest(halves.var - whole.var), 1e-10);
  EXPECT_LT(largest(halves.robust_var - whole.robust_var), 1e-10);
}

TEST(FitCox, SaysWhenAHazardRatioIsInfinite) {
  Rows r = rows(3, 40);
  for (std::size_t i = 0; i < 40; ++i) {
    r.event[i] = r.x(static_cast<Eigen::Index>(i), 1) == 1 ? 0 : r.event[i];
  }
  const auto fit = fit_cox(r.x, r.data());
  ASSERT_TRUE(fit);
  EXPECT_FALSE(fit->converged);
  EXPECT_TRUE(fit->coef.allFinite() && fit->var.allFinite());
  EXPECT_LT(fit->coef[1], -5);
}

TEST(FitCox, RefusesWhatHoldsNoComparison) {
  Rows r = rows(1, 20);
  const auto message = [](const auto& fit) { return fit ? "" : fit.error().message; };
  EXPECT_NE(message(fit_cox(Matrix::Ones(20, 1), r.data())).find("constant"), std::string::npos);
  Matrix twice(20, 2);
  twice << r.x.col(0), 3 * r.x.col(0).array() - 1;
  EXPECT_NE(message(fit_cox(twice, r.data())).find("column 2"), std::string::npos);
  Matrix stratum(20, 1);
  for (Eigen::Index i = 0; i < 20; ++i) {
    stratum(i, 0) = r.strata[static_cast<std::size_t>(i)];
  }
  EXPECT_FALSE(fit_cox(stratum, r.data(), {.strata = r.strata}));
  EXPECT_FALSE(fit_cox(r.x.topRows(19), r.data()));
  EXPECT_FALSE(fit_cox(Matrix(20, 0), r.data()));
  Rows none = r;
  none.event.assign(20, 0);
  EXPECT_NE(message(fit_cox(none.x, none.data())).find("no row has the event"), std::string::npos);
  r.x(3, 0) = std::nan("");
  EXPECT_FALSE(fit_cox(r.x, r.data()));
}

TEST(FitCox, KeepsItsHeadWithHugeCovariates) {
  Rows r = rows(5, 40);
  r.x.col(0) *= 1e12;
  r.x(7, 0) = 1e15;
  const auto fit = fit_cox(r.x, r.data());
  ASSERT_TRUE(fit);
  EXPECT_TRUE(fit->coef.allFinite());
  EXPECT_TRUE(std::isfinite(fit->log_likelihood));
}

}  // namespace
}  // namespace thaw::stats
