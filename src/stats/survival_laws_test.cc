// Laws and brute force for the survival methods: definitions over all rows, pairs or sets.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/random.h"
#include "stats/accelerated_failure.h"
#include "stats/competing_risks.h"
#include "stats/concordance.h"
#include "stats/cox.h"
#include "stats/fine_gray.h"
#include "stats/kaplan_meier.h"
#include "stats/log_rank.h"
#include "stats/proportional_hazards.h"

namespace thaw::stats {
namespace {

struct Rows {
  Matrix x;
  std::vector<double> time, entry, weights;
  std::vector<std::uint8_t> event, cause;
  std::vector<int> strata;

  SurvivalData data() const { return {time, event, entry, weights}; }
  CompetingData competing() const { return {time, cause, entry, weights}; }
};

/// Ties, late entry, weights, `strata` strata and two kinds of events.
Rows rows(std::uint64_t seed, Eigen::Index n, int strata = 2, double unit = 1) {
  Random random(seed);
  Rows r;
  r.x.resize(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    r.x.row(i) << random.normal(), (random.bernoulli(0.5) ? 1.0 : 0.0);
    const double rate = 0.15 * std::exp(0.5 * r.x(i, 0) - 0.4 * r.x(i, 1)) / unit;
    r.time.push_back(1 + std::ceil(random.exponential() / rate));
    r.entry.push_back(std::floor(r.time.back() * random.uniform() * 0.7));
    r.event.push_back(random.bernoulli(0.75) ? 1 : 0);
    r.cause.push_back(static_cast<std::uint8_t>(r.event.back() * (random.bernoulli(0.4) ? 2 : 1)));
    r.weights.push_back(1 + static_cast<double>(random.index(3)));
    r.strata.push_back(static_cast<int>(random.index(static_cast<std::uint64_t>(strata))));
  }
  return r;
}

double largest(const Matrix& difference) {
  return difference.cwiseAbs().maxCoeff();
}

struct Naive {
  double log_likelihood = 0;
  Vector score = Vector::Zero(2);
  Matrix information = Matrix::Zero(2, 2);
};

/// Efron's likelihood with its derivatives, every risk set summed anew.
Naive naive_efron(const Rows& r, const Vector& coef) {
  const std::size_t n = r.time.size();
  Naive total;
  const Vector eta = r.x * coef;
  std::vector<bool> done(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (r.event[i] == 0 || done[i]) {
      continue;
    }
    double s0 = 0, d0 = 0, weight = 0;
    int deaths = 0;
    Vector s1 = Vector::Zero(2), d1 = Vector::Zero(2);
    Matrix s2 = Matrix::Zero(2, 2), d2 = Matrix::Zero(2, 2);
    for (std::size_t j = 0; j < n; ++j) {
      if (r.strata[j] != r.strata[i] || r.time[j] < r.time[i] || r.entry[j] >= r.time[i]) {
        continue;
      }
      const auto row = static_cast<Eigen::Index>(j);
      const Vector x = r.x.row(row);
      const double h = r.weights[j] * std::exp(eta[row]);
      s0 += h;
      s1 += h * x;
      s2 += h * x * x.transpose();
      if (r.event[j] != 0 && r.time[j] == r.time[i]) {
        done[j] = true;
        ++deaths;
        d0 += h;
        d1 += h * x;
        d2 += h * x * x.transpose();
        weight += r.weights[j];
        total.log_likelihood += r.weights[j] * eta[row];
        total.score += r.weights[j] * x;
      }
    }
    for (int l = 0; l < deaths; ++l) {
      const double f = static_cast<double>(l) / deaths;
      const double w = weight / deaths;
      const double s = s0 - f * d0;
      const Vector mean = (s1 - f * d1) / s;
      total.log_likelihood -= w * std::log(s);
      total.score -= w * mean;
      total.information += w * ((s2 - f * d2) / s - mean * mean.transpose());
    }
  }
  return total;
}

// Thousands of rows: many tiles, strata and tied times that cross from one tile into the next.
TEST(CoxLaws, ManyTilesAgreeWithEveryRiskSetSummedAnew) {
  for (const int strata : {1, 3, 400}) {
    for (const double unit : {1.0, 1000.0}) {
      const Rows r = rows(11, 2600, strata, unit);
      const auto fit = fit_cox(r.x, r.data(), {.strata = r.strata}).value();
      const Naive at = naive_efron(r, fit.coef);
      EXPECT_NEAR(fit.log_likelihood, at.log_likelihood, 1e-9 * std::fabs(at.log_likelihood));
      EXPECT_LT(largest(at.score), 1e-6) << strata;
      EXPECT_LT(largest(fit.var.inverse() - at.information), 1e-7 * largest(at.information));
      EXPECT_LT(largest(fit.score - naive_efron(r, Vector::Zero(2)).score), 1e-7);
    }
  }
}

TEST(CoxLaws, EntryBeforeEveryEventIsNoEntry) {
  for (const int strata : {1, 5}) {
    Rows r = rows(12, 2600, strata, strata == 1 ? 1 : 300);
    r.entry.assign(r.entry.size(), -1);
    const CoxOptions options{.strata = r.strata, .robust = true};
    const auto late = fit_cox(r.x, r.data(), options).value();
    const auto plain = fit_cox(r.x, {r.time, r.event, {}, r.weights}, options).value();
    EXPECT_LT(largest(late.coef - plain.coef), 1e-9);
    EXPECT_LT(largest(late.robust_var - plain.robust_var), 1e-10);
    EXPECT_LT(largest(late.influence - plain.influence), 1e-9);
    EXPECT_LT(largest(plain.influence.colwise().sum()), 1e-6);  // Their sum is the score, 0.
  }
}

TEST(CoxLaws, InfluenceIsTheSumOfItsDefinition) {
  const Rows r = rows(13, 1500, 2, 400);
  const CoxOptions options{.ties = Ties::kBreslow, .strata = r.strata, .robust = true};
  const auto fit = fit_cox(r.x, r.data(), options).value();
  const Vector eta = r.x * fit.coef;
  Matrix residual = Matrix::Zero(1500, 2);
  for (std::size_t i = 0; i < r.time.size(); ++i) {
    if (r.event[i] == 0) {
      continue;
    }
    double s0 = 0;
    Vector s1 = Vector::Zero(2);
    std::vector<Eigen::Index> at_risk;
    for (std::size_t j = 0; j < r.time.size(); ++j) {
      if (r.strata[j] == r.strata[i] && r.time[j] >= r.time[i] && r.entry[j] < r.time[i]) {
        const auto row = static_cast<Eigen::Index>(j);
        at_risk.push_back(row);
        s0 += r.weights[j] * std::exp(eta[row]);
        s1 += r.weights[j] * std::exp(eta[row]) * r.x.row(row).transpose();
      }
    }
    const auto own = static_cast<Eigen::Index>(i);
    residual.row(own) += r.weights[i] * (r.x.row(own) - s1.transpose() / s0);
    for (const Eigen::Index row : at_risk) {
      residual.row(row) -= r.weights[i] * r.weights[static_cast<std::size_t>(row)] *
                           std::exp(eta[row]) / s0 * (r.x.row(row) - s1.transpose() / s0);
    }
  }
  EXPECT_LT(largest(fit.influence - residual * fit.var), 1e-9);
}

/// Sum over all sets of `d` of `at_risk` of the product of hazards.
double sets(const std::vector<double>& at_risk, std::size_t d, std::size_t from = 0) {
  if (d == 0) {
    return 1;
  }
  double sum = 0;
  for (std::size_t i = from; i + d <= at_risk.size(); ++i) {
    sum += at_risk[i] * sets(at_risk, d - 1, i + 1);
  }
  return sum;
}

double naive_exact(const Rows& r, const Vector& coef) {
  double total = 0;
  std::vector<bool> done(r.time.size());
  const Vector eta = r.x * coef;
  for (std::size_t i = 0; i < r.time.size(); ++i) {
    if (r.event[i] == 0 || done[i]) {
      continue;
    }
    std::vector<double> at_risk;
    std::size_t deaths = 0;
    for (std::size_t j = 0; j < r.time.size(); ++j) {
      const auto row = static_cast<Eigen::Index>(j);
      if (r.strata[j] == r.strata[i] && r.time[j] >= r.time[i] && r.entry[j] < r.time[i]) {
        at_risk.push_back(std::exp(eta[row]));
        if (r.event[j] != 0 && r.time[j] == r.time[i]) {
          done[j] = true;
          ++deaths;
          total += eta[row];
        }
      }
    }
    total -= std::log(sets(at_risk, deaths));
  }
  return total;
}

TEST(CoxLaws, ExactTiesAreTheSumOverAllSets) {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const Rows r = rows(seed, 16);
    const SurvivalData data{r.time, r.event, r.entry};
    const auto fit = fit_cox(r.x, data, {.ties = Ties::kExact, .strata = r.strata});
    if (!fit || !fit->converged) {
      continue;  // So few rows may hold no finite estimate.
    }
    EXPECT_NEAR(fit->log_likelihood, naive_exact(r, fit->coef), 1e-10);
    EXPECT_NEAR(fit->log_likelihood_null, naive_exact(r, Vector::Zero(2)), 1e-10);
    constexpr double kH = 1e-4;
    for (Eigen::Index j = 0; j < 2; ++j) {
      const Vector step = kH * Vector::Unit(2, j);
      const double up = naive_exact(r, fit->coef + step);
      const double down = naive_exact(r, fit->coef - step);
      EXPECT_NEAR((up - down) / (2 * kH), 0, 1e-6);
      EXPECT_NEAR((2 * fit->log_likelihood - up - down) / (kH * kH), fit->var.inverse()(j, j),
                  1e-4 * fit->var.inverse()(j, j));
    }
  }
}

TEST(CoxLaws, ExactTiesRefuseLargeWork) {
  Rows r = rows(1, 6000);
  for (double& time : r.time) {
    time = 1;
  }
  const auto fit = fit_cox(r.x, {r.time, r.event}, {.ties = Ties::kExact});
  ASSERT_FALSE(fit);
  EXPECT_NE(fit.error().message.find("Efron"), std::string::npos);
  EXPECT_FALSE(fit_cox(r.x, r.data(), {.ties = Ties::kExact}));  // Weights.
}

TEST(CoxLaws, TheTrendTestSeesOnlyTheOrderOfTimes) {
  Rows r = rows(21, 300);
  const SurvivalData data{r.time, r.event, {}, r.weights};
  const auto fit = fit_cox(r.x, data).value();
  const auto base = proportional_hazards(r.x, data, {}, fit).value();
  std::vector<double> later = r.time;
  for (double& time : later) {
    time = std::exp(0.1 * time);
  }
  const auto moved = proportional_hazards(r.x, {later, r.event, {}, r.weights}, {}, fit).value();
  EXPECT_NEAR(moved.terms[0].chi_squared, base.terms[0].chi_squared, 1e-9);
  EXPECT_NEAR(moved.global.chi_squared, base.global.chi_squared, 1e-9);
  const std::size_t together[] = {2};
  const auto one =
      proportional_hazards(r.x, data, {}, fit, TimeScale::kKaplanMeier, together).value();
  EXPECT_NEAR(one.terms[0].chi_squared, base.global.chi_squared, 1e-12);
}

// The mean of the residuals over all events is the coefficient.
TEST(CoxLaws, TheEffectOverTimeAveragesToTheCoefficient) {
  const Rows r = rows(22, 900);
  const SurvivalData data{r.time, r.event};
  const auto fit = fit_cox(r.x, data).value();
  const auto effect = effect_over_time(r.x, data, {}, fit).value();
  EXPECT_LT(largest(effect.effect.colwise().mean().transpose() - fit.coef), 1e-6);
  EXPECT_TRUE(std::is_sorted(effect.time.begin(), effect.time.end()));
}

TEST(Concordance, CountsEveryPair) {
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const Rows r = rows(seed, 120);
    std::vector<double> risk;
    for (Eigen::Index i = 0; i < 120; ++i) {
      risk.push_back(std::round(2 * r.x(i, 0)));
    }
    double concordant = 0, discordant = 0, tied = 0;
    for (std::size_t i = 0; i < 120; ++i) {
      for (std::size_t j = 0; j < 120; ++j) {
        const bool longer = r.time[j] > r.time[i] || (r.time[j] == r.time[i] && r.event[j] == 0);
        if (r.event[i] == 0 || !longer || r.entry[j] >= r.time[i] || r.strata[i] != r.strata[j]) {
          continue;
        }
        const double w = r.weights[i] * r.weights[j];
        (risk[i] > risk[j] ? concordant : risk[i] < risk[j] ? discordant : tied) += w;
      }
    }
    const auto c = concordance(risk, r.data(), r.strata).value();
    EXPECT_NEAR(c.concordant, concordant, 1e-9);
    EXPECT_NEAR(c.discordant, discordant, 1e-9);
    EXPECT_NEAR(c.tied, tied, 1e-9);
  }
}

TEST(AalenJohansen, AddsUpToOneAndIsKaplanMeierOfOneCause) {
  const Rows r = rows(31, 400);
  const auto two = aalen_johansen(r.competing(), 2).value();
  EXPECT_LT(largest(two.state.rowwise().sum().array() - 1), 1e-12);
  const CompetingData one{r.time, r.event, r.entry, r.weights};
  const auto curves = aalen_johansen(one, 1).value();
  const auto km = kaplan_meier(r.data()).value();
  ASSERT_EQ(km.points.size(), curves.time.size());
  for (std::size_t k = 0; k < km.points.size(); ++k) {
    const auto row = static_cast<Eigen::Index>(k);
    EXPECT_NEAR(curves.state(row, 0), km.points[k].survival, 1e-12);
    EXPECT_NEAR(curves.se(row, 0), km.points[k].se, 1e-12);
    EXPECT_NEAR(curves.se(row, 1), km.points[k].se, 1e-12);
    EXPECT_NEAR(two.state(row, 0), km.points[k].survival, 1e-12);
  }
}

TEST(AalenJohansen, InfluenceIsTheDerivativeByARowsWeight) {
  Rows r = rows(32, 60);
  const double at = 6;
  const Matrix influence = state_influence(r.competing(), 2, at);
  for (std::size_t i = 0; i < 60; ++i) {
    constexpr double kMove = 1e-5;
    const auto states = [&](double move) {
      Rows moved = r;
      moved.weights[i] += move;
      const auto curves = aalen_johansen(moved.competing(), 2).value();
      return Vector(curves.state.row(*state_row(curves, at)));
    };
    const Vector slope = (states(kMove) - states(-kMove)) / (2 * kMove);
    EXPECT_LT(
        largest(r.weights[i] * slope - influence.row(static_cast<Eigen::Index>(i)).transpose()),
        1e-7)
        << i;
  }
}

// Without weights and late entry Greenwood's variance is the sum of squared influences.
TEST(AalenJohansen, VarianceIsTheSumOfSquaredInfluences) {
  const Rows r = rows(33, 200);
  const CompetingData data{r.time, r.cause};
  const auto curves = aalen_johansen(data, 2).value();
  for (const double at : {3.0, 8.0, 15.0}) {
    const Vector se = curves.se.row(*state_row(curves, at));
    EXPECT_LT(largest(state_influence(data, 2, at).colwise().norm().transpose() - se), 1e-12);
  }
}

TEST(FineGray, IsCoxWhereNothingCompetes) {
  for (const auto ties : {Ties::kEfron, Ties::kBreslow}) {
    const Rows r = rows(41, 300);
    const CompetingData data{r.time, r.event};
    const auto cox = fit_cox(r.x, {r.time, r.event}, {.ties = ties, .robust = true}).value();
    const auto fit = fit_fine_gray(r.x, data, 1, {.ties = ties}).value();
    EXPECT_LT(largest(fit.coef - cox.coef), 1e-9);
    EXPECT_LT(largest(fit.var - cox.var), 1e-9);
    EXPECT_LT(largest(fit.robust_var - cox.robust_var), 1e-9);
    EXPECT_NEAR(fit.log_likelihood, cox.log_likelihood, 1e-8);
    EXPECT_NEAR(fit.score_test, cox.score_test, 1e-8);
  }
}

// Nobody censored: whoever had another event stays at risk for ever, as if censored at the end.
TEST(FineGray, WithoutCensoringIsCoxWithEndlessTimes) {
  Rows r = rows(42, 200);
  std::vector<double> endless = r.time;
  std::vector<std::uint8_t> event(200);
  for (std::size_t i = 0; i < 200; ++i) {
    r.cause[i] = r.cause[i] == 0 ? 1 : r.cause[i];
    event[i] = r.cause[i] == 1 ? 1 : 0;
    endless[i] = r.cause[i] == 1 ? r.time[i] : 1e6;
  }
  const auto fit = fit_fine_gray(r.x, {r.time, r.cause}, 1).value();
  const auto cox = fit_cox(r.x, {endless, event}, {.robust = true}).value();
  EXPECT_LT(largest(fit.coef - cox.coef), 1e-9);
  EXPECT_LT(largest(fit.var - cox.var), 1e-9);
  EXPECT_LT(largest(fit.robust_var - cox.robust_var), 1e-9);
}

TEST(FailureTime, StretchesWithTheUnitOfTimeAndTakesWeightsAsRows) {
  Rows r = rows(51, 80);
  Matrix x(80, 3);
  x << Matrix::Ones(80, 1), r.x;
  for (const auto law : {FailureLaw::kWeibull, FailureLaw::kExponential, FailureLaw::kLognormal,
                         FailureLaw::kLoglogistic}) {
    const auto base = fit_failure_time(x, {r.time, r.event, {}, r.weights}, {.law = law}).value();
    ASSERT_TRUE(base.converged);
    std::vector<double> days = r.time;
    for (double& time : days) {
      time *= 30;
    }
    const auto scaled = fit_failure_time(x, {days, r.event, {}, r.weights}, {.law = law}).value();
    EXPECT_NEAR(scaled.coef[0], base.coef[0] + std::log(30), 1e-8);
    EXPECT_NEAR(scaled.coef[1], base.coef[1], 1e-8);
    EXPECT_NEAR(scaled.var(1, 1), base.var(1, 1), 1e-8);
    std::vector<double> time;
    std::vector<std::uint8_t> event;
    std::vector<std::size_t> from;
    for (std::size_t i = 0; i < 80; ++i) {
      for (int k = 0; k < static_cast<int>(r.weights[i]); ++k) {
        time.push_back(r.time[i]);
        event.push_back(r.event[i]);
        from.push_back(i);
      }
    }
    Matrix copies(static_cast<Eigen::Index>(from.size()), 3);
    for (std::size_t i = 0; i < from.size(); ++i) {
      copies.row(static_cast<Eigen::Index>(i)) = x.row(static_cast<Eigen::Index>(from[i]));
    }
    const auto copied = fit_failure_time(copies, {time, event}, {.law = law}).value();
    EXPECT_LT(largest(copied.coef - base.coef), 1e-8);
    EXPECT_LT(largest(copied.var - base.var), 1e-8);
  }
}

TEST(FailureTime, RefusesWhatItCannotFit) {
  const Rows r = rows(52, 30);
  Matrix x = Matrix::Ones(30, 1);
  EXPECT_FALSE(fit_failure_time(x, r.data()));  // Late entry.
  std::vector<std::uint8_t> none(30, 0);
  EXPECT_FALSE(fit_failure_time(x, {r.time, none}));
  std::vector<double> zero = r.time;
  zero[3] = 0;
  EXPECT_NE(fit_failure_time(x, {zero, r.event}).error().message.find("row 4"), std::string::npos);
}

TEST(LogRank, OneStratumIsNoStratum) {
  const Rows r = rows(61, 150);
  const std::vector<int> one(150, 7);
  std::vector<int> group = r.strata;
  for (const double rho : {0.0, 1.0}) {
    const auto plain = log_rank(r.data(), group, rho).value();
    const auto strata = log_rank(r.data(), group, rho, one).value();
    EXPECT_NEAR(plain.chi_squared, strata.chi_squared, 1e-10);
  }
}

}  // namespace
}  // namespace thaw::stats
