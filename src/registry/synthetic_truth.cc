#include "registry/synthetic_truth.h"

#include <algorithm>
#include <cmath>

#include "stats/cox.h"

namespace thaw::registry {
namespace {

constexpr double kHorizonMonths = 24;

// Cox of everybody's two lives, both cut at the day to which the registry follows the person.
Result<double> hazard_ratio(const std::vector<TwoOutcomes>& outcomes,
                            const std::vector<double>& followed_months, std::size_t people) {
  std::vector<double> time;
  std::vector<std::uint8_t> event;
  stats::Matrix x(static_cast<Eigen::Index>(2 * people), 1);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!outcomes[i].eligible) {
      continue;
    }
    for (const bool start : {false, true}) {
      const double months = start ? outcomes[i].months_start : outcomes[i].months_never;
      x(static_cast<Eigen::Index>(time.size()), 0) = start ? 1 : 0;
      time.push_back(std::min(months, followed_months[i]));
      event.push_back(months <= followed_months[i] ? 1 : 0);
    }
  }
  THAW_TRY(const stats::CoxFit fit, stats::fit_cox(x, {.time = time, .event = event}));
  return std::exp(fit.coef(0));
}

}  // namespace

TwoOutcomes two_outcomes(const Profile& profile, const Joined& joined, std::size_t drug,
                         std::vector<std::optional<double>> starts, bool eligible) {
  TwoOutcomes outcomes{};
  outcomes.eligible = eligible && !(starts[drug] && *starts[drug] < 0);
  if (!outcomes.eligible) {
    return outcomes;
  }
  starts[drug] = std::nullopt;
  outcomes.months_never = months_to_death(joined, hazard_changes(profile, starts));
  double slope = joined.course.post_slope;
  for (std::size_t other = 0; other < starts.size(); ++other) {
    slope *= starts[other] && *starts[other] <= 0 ? profile.drugs[other].slope_factor : 1;
  }
  starts[drug] = 0.0;
  outcomes.months_start = months_to_death(joined, hazard_changes(profile, starts));
  outcomes.slope_gain = slope * (profile.drugs[drug].slope_factor - 1);
  return outcomes;
}

Result<MarginalEffect> marginal_effect(const std::vector<TwoOutcomes>& outcomes,
                                       const std::vector<double>& followed_months) {
  MarginalEffect effect;
  for (const TwoOutcomes& one : outcomes) {
    if (one.eligible) {
      ++effect.people;
      effect.survival_difference_24 +=
          (one.months_start > kHorizonMonths ? 1 : 0) - (one.months_never > kHorizonMonths ? 1 : 0);
      effect.rmst_difference_24 +=
          std::min(one.months_start, kHorizonMonths) - std::min(one.months_never, kHorizonMonths);
      effect.slope_difference += one.slope_gain;
    }
  }
  if (effect.people == 0) {
    return invalid_argument("nobody of these people could enter the cohort");
  }
  const auto n = static_cast<double>(effect.people);
  effect.survival_difference_24 /= n;
  effect.rmst_difference_24 /= n;
  effect.slope_difference /= n;
  THAW_TRY(effect.hazard_ratio, hazard_ratio(outcomes, followed_months, effect.people));
  return effect;
}

}  // namespace thaw::registry
