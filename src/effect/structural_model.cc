#include "effect/structural_model.h"

#include <algorithm>
#include <cmath>

#include "effect/trial_models.h"
#include "stats/distributions.h"

namespace thaw::effect {
namespace {

using stats::Matrix;
using stats::Vector;

Result<Done> check(const EmulationSpec& spec) {
  if (!spec.structural) {
    return invalid_argument("the protocol has no \"structural_model\" part with its terms");
  }
  if (spec.time_zero != TimeZero::kFirstEligible) {
    return invalid_argument(
        "the structural model needs one time zero a person: write time_zero \"first_eligible\"");
  }
  if (spec.outcome != OutcomeKind::kEvent) {
    return invalid_argument("the structural model here is of an event; the outcome is a number");
  }
  return Done{};
}

/// Inverse probabilities by row, of treatment given `spec`'s terms and of not leaving.
Result<InverseProbabilities> inverses(const TrialData& data, const EmulationSpec& spec,
                                      unsigned threads) {
  THAW_TRY(const TrialModels models, trial_models(data.months, data.trials, spec));
  THAW_TRY(const auto fits, fit_models(models, {}, nullptr, threads));
  InverseProbabilities out;
  inverse_probabilities(models, fits, data.months.rows(), spec.probability_bound, out);
  return out;
}

/// The person-months of the model and their stabilised weights.
struct Weighted {
  std::vector<std::uint32_t> rows;
  std::vector<double> weight;
};

Weighted weighted_rows(const TrialData& data, const EmulationSpec& spec,
                       const InverseProbabilities& given, const InverseProbabilities& stabilising) {
  Weighted out;
  for (const Trial& trial : data.trials) {
    double product = 1;
    const auto end = std::min(trial.rows, static_cast<std::uint32_t>(spec.months));
    for (std::uint32_t k = 0; k < end; ++k) {
      const std::uint32_t row = trial.row + k;
      if (data.months.dropout[row] != 0) {
        break;
      }
      product *= k == 0 ? given.zero[row] / stabilising.zero[row]
                        : given.later[row] / stabilising.later[row];
      if (!given.leave.empty()) {
        product *= given.leave[row] / stabilising.leave[row];
      }
      out.rows.push_back(row);
      out.weight.push_back(product);
    }
  }
  return out;
}

/// Robust variance by person: bread of the weighted information, meat of people's scores.
Matrix robust_variance(const PooledDesign& design, const PooledFit& fit, std::size_t people) {
  const auto p = static_cast<Eigen::Index>(design.columns());
  const std::vector<double> probability = fitted_probability(design, fit);
  Matrix information = Matrix::Zero(p, p);
  Matrix scores = Matrix::Zero(static_cast<Eigen::Index>(people), p);
  Vector x(p);
  for (std::size_t i = 0; i < design.rows(); ++i) {
    for (Eigen::Index j = 0; j < p; ++j) {
      x[j] = design.value(i, static_cast<std::size_t>(j));
    }
    const double w = design.row_weight(i);
    const double q = probability[i];
    information.selfadjointView<Eigen::Lower>().rankUpdate(x, w * q * (1 - q));
    scores.row(design.person(i)) += w * (design.outcome(i) - q) * x.transpose();
  }
  information = information.selfadjointView<Eigen::Lower>();
  const auto bread = stats::inverse_if_definite(information);
  if (!bread) {
    return Matrix::Constant(p, p, std::nan(""));
  }
  return *bread * (scores.transpose() * scores) * *bread;
}

}  // namespace

Result<StructuralResult> structural_model(Table table, const EmulationSpec& spec,
                                          const EmulationChoice& choice) {
  THAW_CHECK(check(spec));
  TrialFlow flow;
  THAW_TRY(const TrialData data, trial_data(std::move(table), spec, flow));
  EmulationSpec marginal = spec;
  marginal.confounders = marginal.time_varying = marginal.dropout_terms =
      spec.structural->numerator;
  THAW_TRY(const auto given, inverses(data, spec, choice.threads));
  THAW_TRY(const auto stabilising, inverses(data, marginal, choice.threads));
  Weighted weighted = weighted_rows(data, spec, given, stabilising);
  StructuralResult out;
  out.rows = weighted.rows.size();
  for (const double w : weighted.weight) {
    out.weight_mean += w / static_cast<double>(out.rows);
    out.weight_max = std::max(out.weight_max, w);
  }
  for (const std::uint32_t row : weighted.rows) {
    out.events += data.months.event[row];
  }
  THAW_TRY(PooledDesign design,
           PooledDesign::build(data.months, spec.structural->terms, std::move(weighted.rows),
                               std::span<const std::uint8_t>(data.months.event),
                               "the structural model"));
  design.set_row_weights(std::move(weighted.weight));
  THAW_TRY(const PooledFit fit, fit_pooled(design, {}, nullptr, choice.threads));
  if (fit.constant) {
    return invalid_argument(
        "no event, or nothing but events: a structural model has nothing to "
        "explain");
  }
  out.converged = fit.converged;
  const Matrix variance = robust_variance(design, fit, data.months.people());
  for (Eigen::Index j = 0; j < fit.coef.size(); ++j) {
    const double se = std::sqrt(variance(j, j));
    const double at = fit.coef[j];
    out.terms.push_back({design.names()[static_cast<std::size_t>(j)], at, se, at - stats::kZ95 * se,
                         at + stats::kZ95 * se});
  }
  return out;
}

}  // namespace thaw::effect
