#include "effect/weighting.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "stats/logistic.h"

namespace thaw::effect {
namespace {

using stats::Vector;

double weighted_mean(const Vector& values, const Vector& weights) {
  return weights.dot(values) / weights.sum();
}

/// Sample variance among the rows marked 1 in `arm`.
double variance_in(const Vector& values, const Vector& arm) {
  const double n = arm.sum();
  const double mean = weighted_mean(values, arm);
  return n > 1 ? arm.dot((values.array() - mean).square().matrix()) / (n - 1) : 0;
}

double effective_n(const Vector& weights) {
  const double squares = weights.squaredNorm();
  return squares > 0 ? weights.sum() * weights.sum() / squares : 0;
}

/// Share of people outside the probabilities that both arms reach.
double outside_overlap(const Vector& probability, const Vector& treated) {
  double low[2] = {1, 1};
  double high[2] = {0, 0};
  for (Eigen::Index i = 0; i < probability.size(); ++i) {
    const int arm = treated[i] > 0.5 ? 1 : 0;
    low[arm] = std::min(low[arm], probability[i]);
    high[arm] = std::max(high[arm], probability[i]);
  }
  const double from = std::max(low[0], low[1]);
  const double to = std::min(high[0], high[1]);
  const auto outside = std::ranges::count_if(
      std::span(probability.data(), static_cast<std::size_t>(probability.size())),
      [&](double e) { return e < from || e > to; });
  return static_cast<double>(outside) / static_cast<double>(probability.size());
}

}  // namespace

Result<Propensity> fit_propensity(const stats::Matrix& x, const Vector& treated) {
  const std::span<const double> y(treated.data(), static_cast<std::size_t>(treated.size()));
  THAW_TRY(stats::LogisticFit fit, stats::fit_logistic(x, y));
  Propensity propensity{
      .probability = std::move(fit.probabilities), .scores = {}, .converged = fit.converged};
  constexpr double kEdge = 1e-12;  // Where separated data drove a probability to 0 or 1.
  propensity.probability = propensity.probability.cwiseMax(kEdge).cwiseMin(1 - kEdge);
  propensity.scores = (treated - propensity.probability).asDiagonal() * x;
  return propensity;
}

Vector inverse_probability_weights(const Vector& probability, const Vector& treated,
                                   const WeightChoice& choice) {
  const double share = treated.mean();
  Vector weights(probability.size());
  for (Eigen::Index i = 0; i < weights.size(); ++i) {
    const double e = std::clamp(probability[i], choice.bound, 1 - choice.bound);
    const bool is_treated = treated[i] > 0.5;
    if (choice.population == Population::kTreated) {
      weights[i] = is_treated ? 1 : e / (1 - e);
    } else if (choice.population == Population::kUntreated) {
      weights[i] = is_treated ? (1 - e) / e : 1;
    } else {
      weights[i] = is_treated ? 1 / e : 1 / (1 - e);
      weights[i] *= choice.stabilised ? (is_treated ? share : 1 - share) : 1;
    }
  }
  return weights;
}

Vector less_explained(const Vector& influence, const stats::Matrix& scores) {
  const auto inverse = stats::inverse_if_definite(scores.transpose() * scores);
  if (!inverse) {
    return influence;  // Nothing is subtracted: cautious.
  }
  return influence - scores * (*inverse * (scores.transpose() * influence));
}

Diagnostics weight_diagnostics(const stats::Matrix& x, const std::vector<std::string>& names,
                               const Vector& treated, const Vector& weights,
                               const Vector& probability) {
  const Vector untreated = 1 - treated.array();
  const Vector w1 = weights.cwiseProduct(treated);
  const Vector w0 = weights.cwiseProduct(untreated);
  Diagnostics result;
  for (Eigen::Index j = 1; j < x.cols(); ++j) {
    const Vector column = x.col(j);
    const double sd =
        std::sqrt((variance_in(column, treated) + variance_in(column, untreated)) / 2);
    const double scale = sd > 0 ? 1 / sd : 0;
    result.balance.push_back(
        {.term = names[static_cast<std::size_t>(j)],
         .before = scale * (weighted_mean(column, treated) - weighted_mean(column, untreated)),
         .after = scale * (weighted_mean(column, w1) - weighted_mean(column, w0))});
  }
  result.effective_n = effective_n(w1) + effective_n(w0);
  result.weight_mean = weights.mean();
  result.weight_max = weights.maxCoeff();
  result.propensity_min = probability.minCoeff();
  result.propensity_max = probability.maxCoeff();
  result.outside_overlap = outside_overlap(probability, treated);
  return result;
}

}  // namespace thaw::effect
