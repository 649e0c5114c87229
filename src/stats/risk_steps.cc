#include "stats/risk_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "stats/row_order.h"

namespace thaw::stats {
std::optional<std::string> survival_fault(const SurvivalData& data) {
  const std::size_t n = data.time.size();
  if (n == 0 || data.event.size() != n || (!data.entry.empty() && data.entry.size() != n) ||
      (!data.weights.empty() && data.weights.size() != n)) {
    return fmt::format(
        "survival data need rows of equal number, got {} times, {} events, {} "
        "entries and {} weights",
        n, data.event.size(), data.entry.size(), data.weights.size());
  }
  double total = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double weight = data.weights.empty() ? 1 : data.weights[i];
    if (!std::isfinite(data.time[i]) || data.event[i] > 1) {
      return fmt::format("row {} has time {} and event {}; a time is finite, an event 0 or 1",
                         i + 1, data.time[i], data.event[i]);
    }
    if (!data.entry.empty() && !(data.entry[i] < data.time[i])) {
      return fmt::format("row {} enters at {} and leaves at {}; it must enter before", i + 1,
                         data.entry[i], data.time[i]);
    }
    if (!std::isfinite(weight) || weight < 0) {
      return fmt::format("row {} has weight {}; weights are finite and not negative", i + 1,
                         weight);
    }
    total += weight;
  }
  return total > 0 ? std::nullopt : std::optional<std::string>("all weights are 0");
}

std::vector<RiskStep> risk_steps(const SurvivalData& data) {
  const auto weight_of = [&](std::uint32_t row) {
    return data.weights.empty() ? 1 : data.weights[row];
  };
  const std::vector<std::uint32_t> exits = ordered_rows(data.time, Direction::kFalling);
  const std::vector<std::uint32_t> entries = ordered_rows(data.entry, Direction::kFalling);
  std::vector<RiskStep> steps;
  double at_risk = 0;
  std::size_t n_at_risk = 0;
  std::size_t entry = 0;
  for (std::size_t i = 0; i < exits.size();) {
    RiskStep step{data.time[exits[i]], 0, 0, 0, 0};
    for (; i < exits.size() && data.time[exits[i]] == step.time; ++i) {
      const double weight = weight_of(exits[i]);
      const bool counts = weight > 0;
      const bool died = counts && data.event[exits[i]] != 0;
      at_risk += weight;
      n_at_risk += counts ? 1 : 0;
      step.deaths += died ? weight : 0;
      step.n_deaths += died ? 1 : 0;
    }
    for (; entry < entries.size() && data.entry[entries[entry]] >= step.time; ++entry) {
      at_risk -= weight_of(entries[entry]);
      n_at_risk -= weight_of(entries[entry]) > 0 ? 1 : 0;
    }
    step.at_risk = at_risk;
    step.n_at_risk = n_at_risk;
    if (step.n_deaths == step.n_at_risk) {
      step.at_risk = step.deaths;  // The same people: no rounding may keep anyone alive.
    }
    if (step.n_deaths > 0) {
      steps.push_back(step);
    }
  }
  std::ranges::reverse(steps);
  return steps;
}

std::size_t steps_through(const std::vector<RiskStep>& steps, double time) {
  const auto after = std::ranges::upper_bound(steps, time, {}, &RiskStep::time);
  return static_cast<std::size_t>(after - steps.begin());
}

}  // namespace thaw::stats
