#include "registry/summary.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "registry/slope.h"
#include "registry/summary_counts.h"
#include "stats/kaplan_meier.h"
#include "table/summary.h"

namespace thaw::registry {
namespace {

constexpr auto kFloor = static_cast<std::size_t>(kCountFloor);
constexpr std::size_t kHalves = 2 * kFloor;  // so many people, and 11 lie on each side of a median
constexpr std::size_t kRiskSetAtStart = 50;  // the curve starts where this many are at risk
constexpr double kCurveStepMonths = 3;
constexpr double kCurveEndMonths = 240;
constexpr int kDeclineStepMonths = 3;
constexpr int kDeclineEndMonths = 36;
constexpr double kSlopeMonths = 12;
constexpr std::size_t kSlopeReports = 3;

// Months from onset, one row a person: at risk from the first report on.
struct Spells {
  std::vector<double> entry, time;
  std::vector<std::uint8_t> died;
};

Spells spells_of(const RegistryData& data) {
  Spells spells;
  for (const History& history : data.people) {
    if (!history.person.onset || history.reports.empty()) {
      continue;
    }
    const Day onset = middle_day(*history.person.onset);
    const auto death = death_of(history);
    const Day end = death ? middle_day(*death) : data.manifest.as_of;
    const double entry = std::max(0.0, months_between(onset, history.reports.front().assessed));
    const double time = months_between(onset, end);
    if (time > entry) {
      spells.entry.push_back(entry);
      spells.time.push_back(time);
      spells.died.push_back(death ? 1 : 0);
    }
  }
  return spells;
}

// The first quarter year at which enough people are at risk: before it one early death among a few
// early joiners would move the whole curve. People are followed from there.
Spells from_a_full_risk_set(const Spells& all) {
  const std::size_t wanted = std::min(kRiskSetAtStart, std::max(kFloor, all.time.size() / 4));
  double start = 0;
  for (; start < kCurveEndMonths; start += kCurveStepMonths) {
    std::size_t at_risk = 0;
    for (std::size_t i = 0; i < all.time.size(); ++i) {
      at_risk += all.entry[i] <= start && all.time[i] > start ? 1 : 0;
    }
    if (at_risk >= wanted) {
      break;
    }
  }
  Spells kept;
  for (std::size_t i = 0; i < all.time.size(); ++i) {
    if (all.time[i] > start) {
      kept.entry.push_back(std::max(all.entry[i], start));
      kept.time.push_back(all.time[i]);
      kept.died.push_back(all.died[i]);
    }
  }
  return kept;
}

std::size_t to_tens(std::size_t count) {
  return static_cast<std::size_t>(rounded_to_tens(static_cast<std::int64_t>(count)));
}

// Who is at risk just after a month, and who has left until then.
struct Standing {
  std::size_t at_risk = 0, died = 0, left_alive = 0;
};

Standing standing_at(const Spells& spells, double month) {
  Standing standing;
  for (std::size_t i = 0; i < spells.time.size(); ++i) {
    const bool gone = spells.time[i] <= month;
    standing.at_risk += !gone && spells.entry[i] <= month ? 1 : 0;
    standing.died += gone && spells.died[i] != 0 ? 1 : 0;
    standing.left_alive += gone && spells.died[i] == 0 ? 1 : 0;
  }
  return standing;
}

// Whether what happened between two points is too little to be read off them.
bool shows_a_few(const Standing& before, const Standing& after) {
  const std::size_t left = after.left_alive - before.left_alive;
  return after.died - before.died < kFloor || (left > 0 && left < kFloor);
}

// The curve by quarter year. A quarter in which few died or left is merged with the next.
std::vector<CurvePoint> points_of(const stats::SurvivalCurve& curve, const Spells& spells) {
  std::vector<CurvePoint> points;
  const double start = *std::ranges::min_element(spells.entry);
  Standing shown;
  for (double month = 0; month <= kCurveEndMonths; month += kCurveStepMonths) {
    if (month < start) {
      continue;
    }
    const Standing now = standing_at(spells, month);
    const auto at = stats::survival_at(curve, month);
    if (now.at_risk < kFloor || !at) {
      break;
    }
    const bool first = points.empty() && now.died == 0 && now.left_alive == 0;
    if (first || !shows_a_few(shown, now)) {
      points.push_back({month, at->value, at->low, at->high, to_tens(now.at_risk)});
      shown = now;
    }
  }
  return points;
}

std::optional<SurvivalSummary> survival_of(const RegistryData& data) {
  const Spells spells = from_a_full_risk_set(spells_of(data));
  const auto events =
      static_cast<std::size_t>(std::count(spells.died.begin(), spells.died.end(), 1));
  const std::size_t others = spells.time.size() - events;
  if (events < kFloor || (others > 0 && others < kFloor)) {
    return std::nullopt;
  }
  const auto curve = stats::kaplan_meier(
      {.time = spells.time, .event = spells.died, .entry = spells.entry, .weights = {}});
  if (!curve) {
    return std::nullopt;
  }
  SurvivalSummary summary{.n = to_tens(spells.time.size()),
                          .events = to_tens(events),
                          .median = {},
                          .points = points_of(*curve, spells)};
  const stats::MedianTime median = stats::median_time(*curve);
  if (median.value) {
    summary.median = SurvivalMedian{*median.value, median.low, median.high};
  }
  return summary;
}

// The quantile, where at least 11 people lie beyond it: from 110 people at 0.1, from 44 at 0.25.
std::optional<double> quantile_of_many(const std::vector<double>& sorted, double p) {
  const double beyond = static_cast<double>(sorted.size()) * std::min(p, 1 - p);
  if (beyond < static_cast<double>(kFloor) - 1e-9) {
    return std::nullopt;
  }
  return quantile_of_sorted(sorted, p);
}

// Changes of the total since the first report, by quarter: the report nearest each quarter.
std::vector<DeclinePoint> decline_of(const RegistryData& data) {
  std::vector<std::vector<double>> by_step(kDeclineEndMonths / kDeclineStepMonths + 1);
  for (const History& history : data.people) {
    const auto known = [](const Report& r) { return r.score.total().known(); };
    const auto first = std::ranges::find_if(history.reports, known);
    if (first == history.reports.end()) {
      continue;
    }
    std::size_t next = 0;  // a person counts once a quarter, by their first report in it
    for (auto report = first; report != history.reports.end(); ++report) {
      const double months = months_between(first->assessed, report->assessed);
      const auto step = static_cast<std::size_t>(std::lround(months / kDeclineStepMonths));
      if (known(*report) && step >= next && step < by_step.size()) {
        by_step[step].push_back(report->score.total().low - first->score.total().low);
        next = step + 1;
      }
    }
  }
  std::vector<DeclinePoint> points;
  for (std::size_t step = 0; step < by_step.size(); ++step) {
    std::vector<double>& changes = by_step[step];
    if (changes.size() < kHalves) {
      continue;
    }
    std::ranges::sort(changes);
    const auto q = [&](double p) { return quantile_of_many(changes, p); };
    points.push_back({static_cast<int>(step) * kDeclineStepMonths, to_tens(changes.size()), q(0.1),
                      q(0.25), quantile_of_sorted(changes, 0.5), q(0.75), q(0.9)});
  }
  return points;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) {
    sum += value;
  }
  return sum / static_cast<double>(values.size());
}

std::optional<SlopeSummary> slopes_of(const RegistryData& data) {
  const std::chrono::days year{std::lround(kSlopeMonths * kDaysPerMonth)};
  std::vector<double> slopes;
  for (const History& history : data.people) {
    if (history.reports.empty()) {
      continue;
    }
    const Day zero = history.reports.front().assessed;
    if (const auto slope = slope_between(history, zero, zero + year, kSlopeReports).slope) {
      slopes.push_back(*slope);
    }
  }
  if (slopes.size() < kHalves) {
    return std::nullopt;
  }
  std::ranges::sort(slopes);
  SlopeSummary s{.n = to_tens(slopes.size()), .mean = mean_of(slopes)};
  double squares = 0;
  for (const double slope : slopes) {
    squares += (slope - s.mean) * (slope - s.mean);
  }
  s.sd = std::sqrt(squares / static_cast<double>(slopes.size() - 1));
  s.q5 = quantile_of_many(slopes, 0.05);
  s.q25 = quantile_of_many(slopes, 0.25);
  s.q50 = quantile_of_sorted(slopes, 0.5);
  s.q75 = quantile_of_many(slopes, 0.75);
  s.q95 = quantile_of_many(slopes, 0.95);
  return s;
}

std::optional<ReportsSummary> reports_of(const RegistryData& data) {
  if (data.people.size() < kHalves) {
    return std::nullopt;
  }
  std::vector<double> counts;
  for (const History& history : data.people) {
    counts.push_back(static_cast<double>(history.reports.size()));
  }
  std::ranges::sort(counts);
  return ReportsSummary{mean_of(counts), quantile_of_many(counts, 0.25),
                        quantile_of_sorted(counts, 0.5), quantile_of_many(counts, 0.75)};
}

}  // namespace

Summary summarize_registry(const RegistryData& data) {
  return {.synthetic = data.synthetic(),
          .people = floored(static_cast<std::int64_t>(data.people.size())),
          .as_of = data.manifest.as_of,
          .counts = variable_counts(data),
          .age_at_onset = age_at_onset_counts(data),
          .survival = survival_of(data),
          .decline = decline_of(data),
          .slope = slopes_of(data),
          .reports_per_person = reports_of(data)};
}

}  // namespace thaw::registry
