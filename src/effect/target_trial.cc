#include "effect/target_trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "effect/analysis_rows.h"
#include "effect/average_effect.h"
#include "effect/weighting.h"
#include "stats/cox.h"
#include "stats/kaplan_meier.h"

namespace thaw::effect {
namespace {

using stats::Matrix;
using stats::SurvivalData;
using stats::Vector;

constexpr double kCommonShare = 0.15;  // of people with the event, VanderWeele and Ding 2017

/// The people of one arm, with the place of each among all.
struct Arm {
  std::vector<Eigen::Index> rows;
  std::vector<double> months;
  std::vector<std::uint8_t> event;
  std::vector<double> weights;

  SurvivalData data() const { return {months, event, {}, weights}; }
};

/// Everybody's follow-up, cut off where the spec says.
struct FollowUp {
  std::vector<double> months;
  std::vector<std::uint8_t> event;
  std::size_t events = 0;
};

Result<Done> check(const TargetTrialSpec& spec) {
  if (!(spec.horizon_months > 0) || !std::isfinite(spec.horizon_months)) {
    return invalid_argument(
        fmt::format("horizon of {} months must be above 0", spec.horizon_months));
  }
  if (spec.follow_up_max_months && !(*spec.follow_up_max_months >= spec.horizon_months)) {
    return invalid_argument(
        fmt::format("follow-up of at most {} months does not reach the "
                    "horizon of {}",
                    *spec.follow_up_max_months, spec.horizon_months));
  }
  if (!(spec.propensity_bound >= 0 && spec.propensity_bound < 0.5)) {
    return invalid_argument(
        fmt::format("propensity bound {} is not from 0 to below 0.5", spec.propensity_bound));
  }
  return Done{};
}

Result<FollowUp> follow_up(const AnalysisRows& rows, const TargetTrialSpec& spec) {
  THAW_TRY(const Vector months, number_column(rows.table, spec.months));
  THAW_TRY(const Vector event, binary_column(rows.table, spec.event));
  FollowUp result;
  std::size_t events_in[2] = {0, 0};
  for (Eigen::Index i = 0; i < months.size(); ++i) {
    if (!(months[i] > 0)) {
      return invalid_argument(
          fmt::format("column {} is {} in a complete row; follow-up must be "
                      "above 0",
                      spec.months, months[i]));
    }
    const double end = spec.follow_up_max_months.value_or(months[i]);
    const bool had_event = event[i] == 1 && months[i] <= end;
    result.months.push_back(std::min(months[i], end));
    result.event.push_back(had_event ? 1 : 0);
    events_in[rows.treated[i] == 1 ? 1 : 0] += had_event ? 1 : 0;
  }
  if (events_in[0] == 0 || events_in[1] == 0) {
    return invalid_argument(
        fmt::format("{} events among the treated and {} among the untreated: "
                    "no ratio can be estimated",
                    events_in[1], events_in[0]));
  }
  result.events = events_in[0] + events_in[1];
  return result;
}

Arm arm_of(const AnalysisRows& rows, const FollowUp& all, const Vector& weights, double which) {
  Arm arm;
  for (Eigen::Index i = 0; i < rows.treated.size(); ++i) {
    if (rows.treated[i] == which) {
      arm.rows.push_back(i);
      arm.months.push_back(all.months[static_cast<std::size_t>(i)]);
      arm.event.push_back(all.event[static_cast<std::size_t>(i)]);
      arm.weights.push_back(weights[i]);
    }
  }
  return arm;
}

void describe(Estimate& estimate, std::size_t n, std::string unit, std::string estimand,
              std::string method) {
  estimate.n = n;
  estimate.unit = std::move(unit);
  estimate.estimand = std::move(estimand);
  estimate.method = std::move(method);
}

/// Standard error of an estimate from its influence, with the weights' own fit taken out if asked.
double error_of(const Vector& influence, const Propensity& propensity,
                const TargetTrialSpec& spec) {
  return spec.weights_as_estimated ? less_explained(influence, propensity.scores).norm()
                                   : influence.norm();
}

Result<Estimate> naive_hazard_ratio(const AnalysisRows& rows, const FollowUp& all) {
  THAW_TRY(const stats::CoxFit fit, stats::fit_cox(rows.treated, {all.months, all.event}));
  Estimate estimate = ratio_estimate(fit.coef[0], std::sqrt(fit.var(0, 0)));
  estimate.converged = fit.converged;
  describe(estimate, rows.table.rows(), "HR", "hazard ratio, treated against untreated as they are",
           "Cox regression (Efron ties) on treatment alone");
  return estimate;
}

Result<Estimate> weighted_hazard_ratio(const AnalysisRows& rows, const FollowUp& all,
                                       const Vector& weights, const Propensity& propensity,
                                       const TargetTrialSpec& spec) {
  THAW_TRY(const stats::CoxFit fit,
           stats::fit_cox(rows.treated, {all.months, all.event, {}, as_span(weights)},
                          {.robust = true}));
  Estimate estimate = ratio_estimate(fit.coef[0], error_of(fit.influence.col(0), propensity, spec));
  estimate.converged = fit.converged && propensity.converged;
  describe(estimate, rows.table.rows(), "HR",
           "marginal hazard ratio over the follow-up, everybody treated against nobody",
           "Cox regression (Efron ties) with stabilised inverse probability of treatment weights, "
           "robust variance");
  estimate.diagnostics =
      weight_diagnostics(rows.x, rows.model.names(), rows.treated, weights, propensity.probability);
  return estimate;
}

/// Row influences of the two arms laid out over everybody, treated minus untreated.
Vector spread(const Arm& treated, const Vector& own1, const Arm& untreated, const Vector& own0) {
  Vector all(own1.size() + own0.size());
  for (std::size_t i = 0; i < treated.rows.size(); ++i) {
    all[treated.rows[i]] = own1[static_cast<Eigen::Index>(i)];
  }
  for (std::size_t i = 0; i < untreated.rows.size(); ++i) {
    all[untreated.rows[i]] = -own0[static_cast<Eigen::Index>(i)];
  }
  return all;
}

std::vector<CurvePoint> points_of(const stats::SurvivalCurve& curve) {
  std::vector<CurvePoint> points;
  for (const stats::SurvivalPoint& p : curve.points) {
    points.push_back({p.time, p.survival, p.low, p.high});
  }
  return points;
}

/// Fills in the curves and the two differences read from them.
Result<Done> compare_curves(const Arm& treated, const Arm& untreated, const Propensity& propensity,
                            const TargetTrialSpec& spec, TargetTrialResult& result) {
  using stats::SurvivalVariance;
  THAW_TRY(const auto curve1, stats::kaplan_meier(treated.data(), SurvivalVariance::kRobust));
  THAW_TRY(const auto curve0, stats::kaplan_meier(untreated.data(), SurvivalVariance::kRobust));
  const double horizon = spec.horizon_months;
  const auto at1 = stats::survival_at(curve1, horizon);
  const auto at0 = stats::survival_at(curve0, horizon);
  if (!at1 || !at0) {
    return invalid_argument(
        fmt::format("follow-up ends at {} months (treated) and {} (untreated), before the horizon "
                    "of {}; choose an earlier one",
                    curve1.last_time, curve0.last_time, horizon));
  }
  THAW_TRY(const auto mean1, stats::restricted_mean(curve1, horizon));
  THAW_TRY(const auto mean0, stats::restricted_mean(curve0, horizon));
  const Vector pull = spread(treated, stats::survival_influence(treated.data(), horizon), untreated,
                             stats::survival_influence(untreated.data(), horizon));
  const Vector pull_mean =
      spread(treated, stats::restricted_mean_influence(treated.data(), horizon), untreated,
             stats::restricted_mean_influence(untreated.data(), horizon));
  const char* method =
      "Kaplan-Meier with inverse probability of treatment weights, robust variance";
  result.survival_difference =
      difference_estimate(at1->value - at0->value, error_of(pull, propensity, spec));
  describe(result.survival_difference, result.people, "probability",
           fmt::format("difference in being event-free at {} months", horizon), method);
  result.rmst_difference =
      difference_estimate(mean1.value - mean0.value, error_of(pull_mean, propensity, spec));
  describe(result.rmst_difference, result.people, "months",
           fmt::format("difference in mean event-free months up to {}", horizon), method);
  result.survival_difference.converged = propensity.converged;
  result.rmst_difference.converged = propensity.converged;
  result.treated_curve = points_of(curve1);
  result.untreated_curve = points_of(curve0);
  return Done{};
}

/// Fills in the outcome's differences, or why there are none: the rest of the trial stands without.
void compare_outcome(const Table& table, const TargetTrialSpec& spec, TargetTrialResult& result) {
  if (spec.outcome.empty()) {
    return;
  }
  const PointTreatment parts{.treatment = spec.treatment,
                             .outcome = spec.outcome,
                             .covariates = spec.covariates,
                             .unit = spec.outcome_unit};
  const auto naive = crude_difference(table, parts);
  const auto adjusted = doubly_robust_difference(table, parts, spec.propensity_bound);
  if (!naive || !adjusted) {
    result.outcome_problem = naive ? adjusted.error().message : naive.error().message;
    return;
  }
  result.naive_outcome_difference = *naive;
  result.outcome_difference = *adjusted;
}

}  // namespace

Result<TargetTrialResult> emulate_target_trial(const Table& table, const TargetTrialSpec& spec) {
  THAW_CHECK(check(spec));
  if (!spec.outcome.empty()) {
    THAW_CHECK(table.column(spec.outcome));
  }
  THAW_TRY(const AnalysisRows rows,
           analysis_rows(table, spec.treatment, spec.covariates, {spec.months, spec.event}));
  THAW_TRY(const FollowUp all, follow_up(rows, spec));
  TargetTrialResult result{};
  result.people = rows.table.rows();
  result.excluded = rows.excluded;
  result.treated = static_cast<std::size_t>(rows.treated.sum());
  result.untreated = result.people - result.treated;
  result.events = all.events;
  THAW_TRY(const Propensity propensity, fit_propensity(rows.x, rows.treated));
  const Vector weights = inverse_probability_weights(
      propensity.probability, rows.treated, {.stabilised = true, .bound = spec.propensity_bound});
  THAW_TRY(result.naive_hazard_ratio, naive_hazard_ratio(rows, all));
  THAW_TRY(result.hazard_ratio, weighted_hazard_ratio(rows, all, weights, propensity, spec));
  THAW_CHECK(compare_curves(arm_of(rows, all, weights, 1), arm_of(rows, all, weights, 0),
                            propensity, spec, result));
  const Estimate& ratio = result.hazard_ratio;
  const bool common =
      static_cast<double>(result.events) > kCommonShare * static_cast<double>(result.people);
  THAW_TRY(result.e_value,
           e_value({ratio.estimate, ratio.ci_low, ratio.ci_high},
                   common ? RatioKind::kHazardRatioCommon : RatioKind::kHazardRatioRare));
  compare_outcome(table, spec, result);
  return result;
}

}  // namespace thaw::effect
