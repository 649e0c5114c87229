// The distinct event times of survival data with who was at risk and who had the event.
#pragma once

#include <cstddef>
#include <vector>

#include "stats/survival_data.h"

namespace thaw::stats {

struct RiskStep {
  double time;
  double at_risk;         // sum of weights at risk just before
  double deaths;          // sum of weights with the event here
  std::size_t n_at_risk;  // rows at risk with a weight above 0
  std::size_t n_deaths;   // rows with the event and a weight above 0
};

/// The steps of valid `data` in rising time. Rows of weight 0 are as if absent. Cost: O(n), a radix
/// sort.
std::vector<RiskStep> risk_steps(const SurvivalData& data);

/// Number of `steps` at or before `time`. Cost: O(log steps).
std::size_t steps_through(const std::vector<RiskStep>& steps, double time);

}  // namespace thaw::stats
