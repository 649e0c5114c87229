#include "effect/average_effect.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "effect/analysis_rows.h"
#include "effect/bootstrap.h"
#include "stats/linear.h"

namespace thaw::effect {
namespace {

using stats::Matrix;
using stats::Vector;

/// Share of failed bootstrap replicates above which the interval is not to be used.
constexpr double kFailedShareMax = 0.1;

/// An estimate with what each person pulls on it: the sum of squares is the variance.
struct Pulled {
  double value;
  Vector influence;
};

/// Difference of weighted means (Hajek).
Pulled weighted_means(const Vector& treated, const Vector& y, const Vector& weights) {
  const Vector w1 = weights.cwiseProduct(treated);
  const Vector w0 = weights - w1;
  const double mean1 = w1.dot(y) / w1.sum();
  const double mean0 = w0.dot(y) / w0.sum();
  return {mean1 - mean0, (w1.array() * (y.array() - mean1) / w1.sum() -
                          w0.array() * (y.array() - mean0) / w0.sum())
                             .matrix()};
}

/// Difference of weighted sums over n (Horvitz and Thompson).
Pulled weighted_sums(const Vector& treated, const Vector& y, const Vector& weights) {
  const auto n = static_cast<double>(y.size());
  const Vector signed_weights = weights.array() * (2 * treated.array() - 1);
  const double value = signed_weights.dot(y) / n;
  return {value, ((signed_weights.array() * y.array() - value) / n).matrix()};
}

Pulled weigh(const Vector& treated, const Vector& y, const Vector& weights, bool sums) {
  return sums ? weighted_sums(treated, y, weights) : weighted_means(treated, y, weights);
}

/// The rows of one arm.
std::vector<Eigen::Index> arm_rows(const Vector& treated, double arm) {
  std::vector<Eigen::Index> rows;
  for (Eigen::Index i = 0; i < treated.size(); ++i) {
    if (treated[i] == arm) {
      rows.push_back(i);
    }
  }
  return rows;
}

/// Coefficients of y on x among the rows of one arm.
Result<Vector> arm_coefficients(const Matrix& x, const Vector& y, const Vector& treated,
                                double arm) {
  const auto rows = arm_rows(treated, arm);
  const Matrix own_x = x(rows, Eigen::all);
  const Vector own_y = y(rows);
  THAW_TRY(const stats::LinearFit fit,
           stats::fit_linear(own_x, as_span(own_y), {}, stats::LinearVariance::kModel));
  return fit.coef;
}

double mean_over(const Vector& values, const Vector& treated, Population population) {
  return population == Population::kAll ? values.mean() : values.dot(treated) / treated.sum();
}

void set_bootstrap(Estimate& estimate, const std::optional<BootstrapError>& error,
                   const Bootstrap& options) {
  if (!error) {
    estimate.converged = false;
    return;
  }
  const double value = estimate.estimate;
  estimate.se = error->se;
  estimate.ci_low = difference_estimate(value, error->se).ci_low;
  estimate.ci_high = difference_estimate(value, error->se).ci_high;
  estimate.converged = estimate.converged && error->failed <= kFailedShareMax * options.replicates;
}

void describe(Estimate& estimate, const PointTreatment& parts, std::size_t n, Population population,
              std::string method) {
  estimate.n = n;
  estimate.unit = parts.unit;
  estimate.estimand =
      fmt::format("mean difference of {}, {} 1 against 0, {}", parts.outcome, parts.treatment,
                  population == Population::kAll ? "everybody" : "the treated");
  estimate.method = std::move(method);
}

Result<Done> check(const WeightingOptions& options) {
  const bool treated_only = options.weights.population == Population::kTreated;
  if (treated_only && (options.weights.stabilised || options.horvitz_thompson)) {
    return invalid_argument("weights for the treated are neither stabilised nor summed over n");
  }
  if (options.horvitz_thompson && options.weights.stabilised) {
    return invalid_argument("stabilised weights need weighted means, not sums over n");
  }
  if (!(options.weights.bound >= 0 && options.weights.bound < 0.5)) {
    return invalid_argument(
        fmt::format("propensity bound {} is not from 0 to below 0.5", options.weights.bound));
  }
  return Done{};
}

/// How covariates and treatment become the columns of the outcome model.
struct OutcomeDesign {
  bool one_model;  // the terms name the treatment
  Matrix observed;
  Matrix treated;    // with everybody treated
  Matrix untreated;  // with nobody treated
};

Result<OutcomeDesign> outcome_design(const AnalysisRows& rows, const PointTreatment& parts,
                                     const std::string& terms) {
  THAW_TRY(const std::vector<std::string> names, term_columns(terms));
  OutcomeDesign design;
  design.one_model = std::ranges::find(names, parts.treatment) != names.end();
  Table numeric;  // The treatment as a number, so that no arm loses a level.
  for (const Column& column : rows.table.columns()) {
    THAW_CHECK(numeric.add_column(
        column.name() == parts.treatment
            ? Column::real(column.name(), {rows.treated.begin(), rows.treated.end()})
            : column));
  }
  THAW_TRY(const Model model, Model::learn(numeric, terms));
  THAW_TRY(design.observed, model.matrix(numeric));
  THAW_TRY(const Table all, with_constant(numeric, parts.treatment, true));
  THAW_TRY(const Table none, with_constant(numeric, parts.treatment, false));
  THAW_TRY(design.treated, model.matrix(all));
  THAW_TRY(design.untreated, model.matrix(none));
  return design;
}

/// The g-formula on the rows `pick`.
Result<double> g_formula(const OutcomeDesign& design, const Vector& treated, const Vector& y,
                         std::span<const Eigen::Index> pick, Population population) {
  const Matrix x = design.observed(pick, Eigen::all);
  const Vector a = treated(pick);
  const Vector outcome = y(pick);
  Vector with;
  Vector without;
  if (design.one_model) {
    THAW_TRY(const stats::LinearFit fit,
             stats::fit_linear(x, as_span(outcome), {}, stats::LinearVariance::kModel));
    with = fit.coef;
    without = fit.coef;
  } else {
    THAW_TRY(with, arm_coefficients(x, outcome, a, 1));
    THAW_TRY(without, arm_coefficients(x, outcome, a, 0));
  }
  const Vector difference =
      design.treated(pick, Eigen::all) * with - design.untreated(pick, Eigen::all) * without;
  return mean_over(difference, a, population);
}

std::vector<Eigen::Index> every_row(Eigen::Index n) {
  std::vector<Eigen::Index> rows(static_cast<std::size_t>(n));
  for (Eigen::Index i = 0; i < n; ++i) {
    rows[static_cast<std::size_t>(i)] = i;
  }
  return rows;
}

/// Refits propensity and effect on drawn rows.
std::optional<BootstrapError> weighting_bootstrap(const AnalysisRows& rows, const Vector& y,
                                                  const WeightingOptions& options) {
  return bootstrap_error(static_cast<std::size_t>(y.size()), options.bootstrap,
                         [&](std::span<const Eigen::Index> pick) -> std::optional<double> {
                           const Vector a = rows.treated(pick);
                           const auto drawn = fit_propensity(rows.x(pick, Eigen::all), a);
                           if (!drawn || !drawn->converged) {
                             return std::nullopt;
                           }
                           const Vector w =
                               inverse_probability_weights(drawn->probability, a, options.weights);
                           return weigh(a, y(pick), w, options.horvitz_thompson).value;
                         });
}

}  // namespace

Result<Estimate> crude_difference(const Table& table, const PointTreatment& parts) {
  THAW_TRY(const AnalysisRows rows, analysis_rows(table, parts.treatment, "", {parts.outcome}));
  THAW_TRY(const Vector y, number_column(rows.table, parts.outcome));
  const Vector ones = Vector::Ones(y.size());
  const Pulled pulled = weighted_means(rows.treated, y, ones);
  double variance = 0;
  for (const double arm : {0.0, 1.0}) {
    const Vector own = y(arm_rows(rows.treated, arm));
    const auto n = static_cast<double>(own.size());
    variance += (own.array() - own.mean()).square().sum() / (n - 1) / n;
  }
  Estimate estimate = difference_estimate(pulled.value, std::sqrt(variance));
  describe(estimate, parts, rows.table.rows(), Population::kAll,
           "difference of means, nothing adjusted for");
  return estimate;
}

Result<Estimate> weighted_difference(const Table& table, const PointTreatment& parts,
                                     const WeightingOptions& options) {
  THAW_CHECK(check(options));
  THAW_TRY(const AnalysisRows rows,
           analysis_rows(table, parts.treatment, parts.covariates, {parts.outcome}));
  THAW_TRY(const Vector y, number_column(rows.table, parts.outcome));
  THAW_TRY(const Propensity propensity, fit_propensity(rows.x, rows.treated));
  const Vector weights =
      inverse_probability_weights(propensity.probability, rows.treated, options.weights);
  const Pulled pulled = weigh(rows.treated, y, weights, options.horvitz_thompson);
  const Vector influence = options.uncertainty == Uncertainty::kRobustEstimated
                               ? less_explained(pulled.influence, propensity.scores)
                               : pulled.influence;
  Estimate estimate = difference_estimate(pulled.value, influence.norm());
  estimate.converged = propensity.converged;
  if (options.uncertainty == Uncertainty::kBootstrap) {
    set_bootstrap(estimate, weighting_bootstrap(rows, y, options), options.bootstrap);
  }
  describe(estimate, parts, rows.table.rows(), options.weights.population,
           fmt::format("inverse probability of treatment weighting ({}{})",
                       options.horvitz_thompson ? "Horvitz-Thompson" : "Hajek",
                       options.weights.stabilised ? ", stabilised" : ""));
  estimate.diagnostics =
      weight_diagnostics(rows.x, rows.model.names(), rows.treated, weights, propensity.probability);
  return estimate;
}

Result<Estimate> standardised_difference(const Table& table, const PointTreatment& parts,
                                         const std::string& outcome_terms, Population population,
                                         const Bootstrap& bootstrap) {
  const std::string& terms = outcome_terms.empty() ? parts.covariates : outcome_terms;
  THAW_TRY(std::vector<std::string> needed, term_columns(terms));
  needed.push_back(parts.outcome);
  THAW_TRY(const AnalysisRows rows, analysis_rows(table, parts.treatment, "", needed));
  THAW_TRY(const Vector y, number_column(rows.table, parts.outcome));
  THAW_TRY(const OutcomeDesign design, outcome_design(rows, parts, terms));
  THAW_TRY(const double value, g_formula(design, rows.treated, y, every_row(y.size()), population));
  Estimate estimate = difference_estimate(value, 0);
  const auto error =
      bootstrap_error(static_cast<std::size_t>(y.size()), bootstrap,
                      [&](std::span<const Eigen::Index> pick) -> std::optional<double> {
                        const auto drawn = g_formula(design, rows.treated, y, pick, population);
                        return drawn ? std::optional<double>(*drawn) : std::nullopt;
                      });
  set_bootstrap(estimate, error, bootstrap);
  describe(estimate, parts, rows.table.rows(), population,
           "g-formula by linear regression, bootstrap interval");
  return estimate;
}

Result<Estimate> doubly_robust_difference(const Table& table, const PointTreatment& parts,
                                          double bound) {
  WeightingOptions options;
  options.weights.bound = bound;
  THAW_CHECK(check(options));
  THAW_TRY(const AnalysisRows rows,
           analysis_rows(table, parts.treatment, parts.covariates, {parts.outcome}));
  THAW_TRY(const Vector y, number_column(rows.table, parts.outcome));
  THAW_TRY(const Propensity propensity, fit_propensity(rows.x, rows.treated));
  const Vector weights =
      inverse_probability_weights(propensity.probability, rows.treated, options.weights);
  THAW_TRY(const Vector with, arm_coefficients(rows.x, y, rows.treated, 1));
  THAW_TRY(const Vector without, arm_coefficients(rows.x, y, rows.treated, 0));
  const Vector predicted1 = rows.x * with;
  const Vector predicted0 = rows.x * without;
  const Vector own =
      rows.treated.array() * predicted1.array() + (1 - rows.treated.array()) * predicted0.array();
  const Vector each = predicted1.array() - predicted0.array() +
                      weights.array() * (2 * rows.treated.array() - 1) * (y - own).array();
  const double value = each.mean();
  const auto n = static_cast<double>(each.size());
  const double se = std::sqrt((each.array() - value).square().sum() / (n - 1) / n);
  Estimate estimate = difference_estimate(value, se);
  estimate.converged = propensity.converged;
  describe(estimate, parts, rows.table.rows(), Population::kAll,
           "augmented inverse probability weighting (AIPW), influence-function interval");
  estimate.diagnostics =
      weight_diagnostics(rows.x, rows.model.names(), rows.treated, weights, propensity.probability);
  return estimate;
}

}  // namespace thaw::effect
