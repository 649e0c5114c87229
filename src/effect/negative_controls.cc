#include <algorithm>
#include <cmath>

#include "effect/refutation.h"
#include "effect/sensitivity.h"
#include "stats/distributions.h"

namespace thaw::effect {
namespace {

NegativeControl ask(const Table& table, PointQuestion question, const std::string& outcome,
                    const Settings& settings) {
  question.outcome = outcome;
  question.unit = "SD";
  NegativeControl control{outcome, 0, 0, 0, 0, 0, {}};
  const auto data = point_data(table, question);
  if (!data) {
    control.failure = data.error().message;
    return control;
  }
  control.n = static_cast<std::size_t>(data->rows());
  const auto fit = fit_method(*data, settings);
  if (!fit) {
    control.failure = fit.error().message;
    return control;
  }
  const double sd = outcome_sd(*data);
  control.estimate = fit->value / sd;
  control.se = (fit->se > 0 ? fit->se : influence_se(*data, fit->influence)) / sd;
  if (!(control.se > 0) || !std::isfinite(control.estimate)) {
    control.failure = "no standard error";
    return control;
  }
  control.ci_low = control.estimate - stats::kZ95 * control.se;
  control.ci_high = control.estimate + stats::kZ95 * control.se;
  return control;
}

/// P(X >= k) for a binomial of n and 0.05.
double at_least(int k, int n) {
  constexpr double kOff = 0.05;
  double sum = 0;
  for (int j = k; j <= n; ++j) {
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(j + 1) - std::lgamma(n - j + 1) +
                    j * std::log(kOff) + (n - j) * std::log1p(-kOff));
  }
  return std::min(sum, 1.0);
}

/// Log likelihood at `sd`, with the mean that is best there.
double profile(const std::vector<double>& estimates, const std::vector<double>& se, double sd,
               double& mean) {
  double weight = 0;
  mean = 0;
  for (std::size_t i = 0; i < se.size(); ++i) {
    const double precision = 1 / (se[i] * se[i] + sd * sd);
    weight += precision;
    mean += precision * estimates[i];
  }
  mean /= weight;
  double log_likelihood = 0;
  for (std::size_t i = 0; i < se.size(); ++i) {
    const double variance = se[i] * se[i] + sd * sd;
    log_likelihood -= 0.5 * (std::log(variance) + std::pow(estimates[i] - mean, 2) / variance);
  }
  return log_likelihood;
}

}  // namespace

ErrorModel fit_error_model(const std::vector<double>& estimates, const std::vector<double>& se) {
  const auto [low, high] = std::ranges::minmax_element(estimates);
  const double reach = std::max(*high - *low, 1e-12);
  ErrorModel best{0, 0};
  double most = profile(estimates, se, 0, best.mean);
  // A grid finds the hill, thirds climb it: the likelihood may have two.
  constexpr int kGrid = 200;
  for (int k = 1; k <= kGrid; ++k) {
    double mean = 0;
    const double sd = reach * k / kGrid;
    if (const double now = profile(estimates, se, sd, mean); now > most) {
      most = now;
      best = {mean, sd};
    }
  }
  double from = std::max(best.sd - reach / kGrid, 0.0);
  double to = best.sd + reach / kGrid;
  for (int step = 0; step < 100; ++step) {
    double mean = 0;
    const double left = from + (to - from) / 3;
    const double right = to - (to - from) / 3;
    if (profile(estimates, se, left, mean) < profile(estimates, se, right, mean)) {
      from = left;
    } else {
      to = right;
    }
  }
  ErrorModel fine{0, (from + to) / 2};
  if (profile(estimates, se, fine.sd, fine.mean) >= most) {
    best = fine;
  }
  return best;
}

NegativeControls negative_controls(const Table& table, const PointQuestion& question,
                                   const std::vector<std::string>& outcomes,
                                   const Settings& settings) {
  constexpr std::size_t kLeast = 3;
  NegativeControls result;
  std::vector<double> estimates;
  std::vector<double> se;
  for (const std::string& outcome : outcomes) {
    result.controls.push_back(ask(table, question, outcome, settings));
    const NegativeControl& control = result.controls.back();
    if (control.failure.empty()) {
      estimates.push_back(control.estimate);
      se.push_back(control.se);
      result.off += control.ci_low > 0 || control.ci_high < 0 ? 1 : 0;
    }
  }
  result.p = at_least(result.off, static_cast<int>(estimates.size()));
  if (estimates.size() >= kLeast) {
    const ErrorModel error = fit_error_model(estimates, se);
    result.error_mean = error.mean;
    result.error_sd = error.sd;
  }
  return result;
}

Calibrated calibrate(double estimate, double se, double outcome_sd,
                     const NegativeControls& controls) {
  const double error_sd = controls.error_sd.value_or(0) * outcome_sd;
  Calibrated calibrated{};
  calibrated.estimate = estimate - controls.error_mean.value_or(0) * outcome_sd;
  calibrated.se = std::sqrt(se * se + error_sd * error_sd);
  calibrated.ci_low = calibrated.estimate - stats::kZ95 * calibrated.se;
  calibrated.ci_high = calibrated.estimate + stats::kZ95 * calibrated.se;
  calibrated.p = stats::normal_two_sided_p(calibrated.estimate / calibrated.se);
  return calibrated;
}

}  // namespace thaw::effect
