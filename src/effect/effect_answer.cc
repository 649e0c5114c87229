#include "effect/effect_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "effect/bootstrap.h"
#include "effect/cross_fit.h"
#include "effect/effect_checks.h"
#include "effect/effect_words.h"
#include "stats/distributions.h"
#include "table/synthetic_mark.h"

namespace thaw::effect {
namespace {

using stats::Vector;

Result<double> bootstrap_se(const PointData& data, const Settings& settings) {
  constexpr double kFailedMax = 0.1;
  if (!data.cluster.empty()) {
    return invalid_argument(
        "the bootstrap here draws people, not clusters; leave out --bootstrap or --cluster");
  }
  Settings once = settings;
  once.bootstrap = 0;
  once.threads = 1;
  const auto error = bootstrap_error(
      static_cast<std::size_t>(data.rows()),
      {.replicates = settings.bootstrap, .seed = settings.seed, .threads = settings.threads},
      [&](std::span<const Eigen::Index> pick) -> std::optional<double> {
        const auto fit = fit_method(rows_of(data, pick), once);
        return fit ? std::optional<double>(fit->value) : std::nullopt;
      });
  if (!error || error->failed > kFailedMax * settings.bootstrap) {
    return invalid_argument(fmt::format(
        "{} of {} bootstrap samples gave no estimate: the data are too thin for this model; "
        "adjust for less",
        error ? error->failed : settings.bootstrap, settings.bootstrap));
  }
  return error->se;
}

Estimate logarithmic(double value, const Vector& influence, const PointData& data) {
  Estimate ratio = ratio_estimate(std::log(value), influence_se(data, influence));
  ratio.unit = "ratio";
  ratio.n = static_cast<std::size_t>(data.rows());
  return ratio;
}

std::optional<RiskRatios> risk_ratios(const PointData& data, const MethodFit& fit) {
  if (!data.binary_outcome || !fit.means) {
    return std::nullopt;
  }
  const double with = fit.means->treated;
  const double without = fit.means->untreated;
  if (!(with > 0 && with < 1 && without > 0 && without < 1)) {
    return std::nullopt;
  }
  const Vector& i1 = fit.means->influence_treated;
  const Vector& i0 = fit.means->influence_untreated;
  return RiskRatios{with, without, logarithmic(with / without, i1 / with - i0 / without, data),
                    logarithmic(with / (1 - with) / (without / (1 - without)),
                                i1 / (with * (1 - with)) - i0 / (without * (1 - without)), data)};
}

double effective(const Vector& weights) {
  const double square = weights.squaredNorm();
  return square > 0 ? weights.sum() * weights.sum() / square : 0;
}

Overlap overlap_of(const PointData& data, const Vector& propensity, const Vector& weights,
                   std::string weights_of) {
  constexpr double kExtreme = 0.02;
  Overlap overlap;
  std::size_t extreme = 0;
  for (Eigen::Index i = 0; i < data.rows(); ++i) {
    const double e = propensity[i];
    const std::size_t arm = data.treatment[i] > 0.5 ? 1 : 0;
    ++overlap.counts[arm][static_cast<std::size_t>(std::clamp(e * 20, 0.0, 19.0))];
    extreme += e < kExtreme || e > 1 - kExtreme ? 1U : 0U;
  }
  overlap.extreme_share = static_cast<double>(extreme) / static_cast<double>(data.rows());
  const Vector treated = weights.cwiseProduct(data.treatment);
  const Vector untreated = weights - treated;
  overlap.effective_treated = effective(treated);
  overlap.effective_untreated = effective(untreated);
  overlap.treated = data.treatment.sum();
  overlap.untreated = static_cast<double>(data.rows()) - overlap.treated;
  overlap.largest_share =
      std::max(treated.maxCoeff() / treated.sum(), untreated.maxCoeff() / untreated.sum());
  overlap.weights_of = std::move(weights_of);
  return overlap;
}

/// Overlap, weights and balance of a binary treatment: those of the method, or where it has none
/// the plain inverse probability weights.
void add_weight_diagnostics(const PointData& data, const Settings& settings, const MethodFit& fit,
                            EffectAnswer& answer) {
  if (!data.binary_treatment || data.x.cols() < 2) {
    return;
  }
  Vector propensity = fit.propensity;
  Vector weights = fit.weights;
  std::string weights_of(to_string(settings.method));
  if (weights.size() == 0) {
    const auto model = treatment_model(data);
    if (!model) {
      return;  // An instrument needs no overlap.
    }
    propensity = model->probability;
    weights = inverse_probability_weights(propensity, data.treatment,
                                          {.population = settings.population});
    weights_of = "ipw";
  }
  answer.estimate.diagnostics =
      weight_diagnostics(data.x, data.names, data.treatment, weights, propensity);
  answer.balance = answer.estimate.diagnostics.balance;
  answer.overlap = overlap_of(data, propensity, weights, std::move(weights_of));
}

/// Correlation of a treatment that is a number with each covariate.
void add_correlations(const PointData& data, EffectAnswer& answer) {
  answer.balance_after = false;
  const Vector a = data.treatment.array() - data.treatment.mean();
  for (Eigen::Index j = 1; j < data.x.cols(); ++j) {
    const Vector x = data.x.col(j).array() - data.x.col(j).mean();
    answer.balance.push_back(
        {data.names[static_cast<std::size_t>(j)], a.dot(x) / (a.norm() * x.norm()), 0});
  }
}

SideBySide crude(const PointData& data) {
  PointData bare = data;
  bare.x = data.x.leftCols(1);
  bare.names = {"1"};
  SideBySide side{"crude", "none", {}, {}, {}, {}, {}};
  const auto fit = ordinary_regression(bare, {});
  if (!fit) {
    side.failure = fit.error().message;
    return side;
  }
  if (const auto estimate = estimate_of(bare, {}, *fit)) {
    side.estimate = estimate->estimate;
    side.se = estimate->se;
    side.ci_low = estimate->ci_low;
    side.ci_high = estimate->ci_high;
  }
  return side;
}

std::vector<SideBySide> all_methods(const PointData& data, const Settings& settings) {
  constexpr Eigen::Index kMatchMax = 20'000;
  std::vector<SideBySide> sides = {crude(data)};
  for (const Method method : {Method::kOls, Method::kGFormula, Method::kIpw, Method::kMatch,
                              Method::kAipw, Method::kTmle, Method::kDml, Method::kIv}) {
    Settings other = settings;
    other.method = method;
    other.bootstrap = 0;
    other.model_variance = false;
    const bool one = method == Method::kOls || method == Method::kDml || method == Method::kIv;
    if (one) {
      other.population = Population::kAll;
    }
    const bool learns =
        method == Method::kAipw || method == Method::kTmle || method == Method::kDml;
    other.learner = learns ? settings.learner : LearnerKind::kLinear;
    if ((method == Method::kIv && data.instruments.cols() == 0) ||
        (!one && !data.binary_treatment)) {
      continue;
    }
    SideBySide side{std::string(to_string(method)),
                    method == Method::kIv ? "late" : std::string(to_string(other.population)),
                    {},
                    {},
                    {},
                    {},
                    {}};
    if (method == Method::kMatch && data.rows() > kMatchMax) {
      side.failure = fmt::format("not done here for more than {} people", kMatchMax);
    } else if (const auto fit = fit_method(data, other); !fit) {
      side.failure = fit.error().message;
    } else if (const auto estimate = estimate_of(data, other, *fit); !estimate) {
      side.failure = estimate.error().message;
    } else {
      side.estimate = estimate->estimate;
      side.se = estimate->se;
      side.ci_low = estimate->ci_low;
      side.ci_high = estimate->ci_high;
    }
    sides.push_back(std::move(side));
  }
  return sides;
}

void add_sensitivity(const PointData& data, EffectAnswer& answer) {
  const Estimate& estimate = answer.estimate;
  answer.outcome_sd = outcome_sd(data);
  const auto value =
      answer.ratios ? e_value({answer.ratios->risk_ratio.estimate, answer.ratios->risk_ratio.ci_low,
                               answer.ratios->risk_ratio.ci_high},
                              RatioKind::kRiskRatio)
                    : e_value_of_difference(estimate.estimate, estimate.se, answer.outcome_sd);
  if (value) {
    answer.e_value = *value;
  }
  if (const auto r2 = partial_r2(data)) {
    answer.partial_r2 = *r2;
  }
  if (data.binary_treatment) {
    answer.tipping = tipping_point(data, estimate);
  }
}

void add_refutations(const Table& table, const PointData& data, const EffectRequest& request,
                     EffectAnswer& answer) {
  const Settings& settings = request.settings;
  const int refits =
      request.refutations >= 0 ? request.refutations : affordable_refits(data, settings);
  if (refits > 0 && settings.method != Method::kIv) {
    answer.placebo = placebo_treatment(data, settings, answer.estimate.estimate, refits);
  }
  if (refits > 0) {
    answer.random_cause = random_common_cause(data, settings, std::min(refits, 20));
    answer.subset = subsets(data, settings, std::min(refits, 40));
  }
  if (!request.negative_outcomes.empty()) {
    answer.negative =
        negative_controls(table, request.question, request.negative_outcomes, settings);
    if (answer.negative->error_mean) {
      answer.calibrated = calibrate(answer.estimate.estimate, answer.estimate.se, answer.outcome_sd,
                                    *answer.negative);
    }
  }
}

Result<Done> check_request(const Table& table, const EffectRequest& request) {
  for (const std::string& outcome : request.negative_outcomes) {
    THAW_CHECK(table.column(outcome));
    if (outcome == request.question.outcome || outcome == request.question.treatment) {
      return invalid_argument(fmt::format(
          "{} cannot be its own negative control: name outcomes that the treatment cannot change",
          outcome));
    }
  }
  if (request.settings.bootstrap < 0 || request.settings.bootstrap == 1) {
    return invalid_argument("a bootstrap needs at least 2 replicates");
  }
  return Done{};
}

}  // namespace

std::string_view to_string(CheckStatus status) {
  switch (status) {
    case CheckStatus::kFailed:
      return "failed";
    case CheckStatus::kCaution:
      return "caution";
    case CheckStatus::kPassed:
      return "passed";
    default:
      return "not_done";
  }
}

Result<Estimate> estimate_of(const PointData& data, const Settings& settings,
                             const MethodFit& fit) {
  double se = fit.se > 0 ? fit.se : influence_se(data, fit.influence);
  if (settings.bootstrap > 0) {
    THAW_TRY(se, bootstrap_se(data, settings));
  }
  constexpr double kNothing = 1e-9;  // of the outcome's standard deviation: rounding alone
  if (!std::isfinite(fit.value) || !(se > kNothing * outcome_sd(data))) {
    return invalid_argument(fmt::format(
        "no honest interval: nothing of the outcome {} is left to chance; look whether a covariate "
        "repeats it",
        data.question.outcome));
  }
  Estimate estimate = difference_estimate(fit.value, se);
  if (fit.df > 0 && settings.bootstrap == 0) {
    const double half = stats::student_t_quantile(0.975, fit.df) * se;
    estimate.ci_low = fit.value - half;
    estimate.ci_high = fit.value + half;
  }
  estimate.n = static_cast<std::size_t>(data.rows());
  estimate.unit = !data.question.unit.empty() ? data.question.unit
                  : data.binary_outcome       ? "probability"
                                              : "units of " + data.question.outcome;
  return estimate;
}

Result<EffectAnswer> answer_effect(const Table& table, const EffectRequest& request) {
  THAW_CHECK(check_request(table, request));
  THAW_TRY(const PointData data, point_data(table, request.question));
  THAW_TRY(const MethodFit fit, fit_method(data, request.settings));
  EffectAnswer answer;
  answer.request = request;
  answer.synthetic = marked_synthetic(table);
  THAW_TRY(answer.estimate, estimate_of(data, request.settings, fit));
  answer.se_model = fit.se_model;
  answer.first_stage = fit.first_stage;
  answer.ratios = risk_ratios(data, fit);
  answer.binary_outcome = data.binary_outcome;
  answer.binary_treatment = data.binary_treatment;
  answer.data_hash = data.hash;
  answer.excluded = data.excluded;
  answer.gaps = data.gaps;
  if (data.binary_treatment) {
    add_weight_diagnostics(data, request.settings, fit, answer);
  } else {
    add_correlations(data, answer);
  }
  add_sensitivity(data, answer);
  if (request.side_by_side) {
    answer.side_by_side = all_methods(data, request.settings);
  }
  add_refutations(table, data, request, answer);
  describe(answer);
  judge(answer);
  return answer;
}

}  // namespace thaw::effect
