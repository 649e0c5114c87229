#include "stats/risk_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace thaw::stats {
namespace {

struct Exit {
  double time;
  double weight;
  bool event;
};

}  // namespace

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
  std::vector<Exit> exits;
  std::vector<std::pair<double, double>> entries;  // time, weight
  exits.reserve(data.time.size());
  for (std::size_t i = 0; i < data.time.size(); ++i) {
    const double weight = data.weights.empty() ? 1 : data.weights[i];
    if (weight > 0) {
      exits.push_back({data.time[i], weight, data.event[i] != 0});
      if (!data.entry.empty()) {
        entries.emplace_back(data.entry[i], weight);
      }
    }
  }
  std::ranges::sort(exits, [](const Exit& a, const Exit& b) {
    return std::tie(a.time, a.event, a.weight) > std::tie(b.time, b.event, b.weight);
  });
  std::ranges::sort(entries, std::greater<>());
  std::vector<RiskStep> steps;
  double at_risk = 0;
  std::size_t n_at_risk = 0;
  std::size_t entry = 0;
  for (std::size_t i = 0; i < exits.size();) {
    RiskStep step{exits[i].time, 0, 0, 0, 0};
    for (; i < exits.size() && exits[i].time == step.time; ++i) {
      at_risk += exits[i].weight;
      ++n_at_risk;
      step.deaths += exits[i].event ? exits[i].weight : 0;
      step.n_deaths += exits[i].event ? 1 : 0;
    }
    for (; entry < entries.size() && entries[entry].first >= step.time; ++entry) {
      at_risk -= entries[entry].second;
      --n_at_risk;
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
