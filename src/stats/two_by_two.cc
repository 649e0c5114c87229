#include "stats/two_by_two.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "stats/distributions.h"

namespace thaw::stats {
namespace {

constexpr std::array<std::pair<CountMeasure, std::string_view>, 4> kNames = {{
    {CountMeasure::kLogOddsRatio, "OR"},
    {CountMeasure::kLogRiskRatio, "RR"},
    {CountMeasure::kRiskDifference, "RD"},
    {CountMeasure::kPeto, "PETO"},
}};

bool whole(double count) {
  return count >= 0 && count < 1e15 && count == std::floor(count);
}

bool informative(const Counts& s, CountMeasure measure) {
  const bool no_events = s.a + s.c == 0;
  const bool all_events = s.b + s.d == 0;
  switch (measure) {
    case CountMeasure::kRiskDifference:
      return true;
    case CountMeasure::kLogRiskRatio:
      return !no_events;
    default:
      return !no_events && !all_events;
  }
}

/// Observed minus expected events of the treated, and its hypergeometric variance.
struct Hypergeometric {
  double difference, variance;
};

Hypergeometric hypergeometric(const Counts& s) {
  const double n1 = s.a + s.b;
  const double n2 = s.c + s.d;
  const double n = n1 + n2;
  const double events = s.a + s.c;
  return {s.a - n1 * events / n, n1 * n2 * events * (s.b + s.d) / (n * n * (n - 1))};
}

CountEffect effect_of(Counts s, CountMeasure measure) {
  CountEffect e{0, 0, informative(s, measure), false};
  if (measure == CountMeasure::kPeto) {
    const Hypergeometric h = hypergeometric(s);
    return {h.difference / h.variance, 1 / h.variance, e.informative, false};
  }
  if (std::min({s.a, s.b, s.c, s.d}) == 0) {
    e.corrected = true;
    s = {s.a + 0.5, s.b + 0.5, s.c + 0.5, s.d + 0.5};
  }
  const double n1 = s.a + s.b;
  const double n2 = s.c + s.d;
  switch (measure) {
    case CountMeasure::kLogOddsRatio:
      e.y = std::log(s.a * s.d / (s.b * s.c));
      e.v = 1 / s.a + 1 / s.b + 1 / s.c + 1 / s.d;
      break;
    case CountMeasure::kLogRiskRatio:
      e.y = std::log(s.a / n1) - std::log(s.c / n2);
      e.v = 1 / s.a - 1 / n1 + 1 / s.c - 1 / n2;
      break;
    default:
      e.y = s.a / n1 - s.c / n2;
      e.v = s.a * s.b / (n1 * n1 * n1) + s.c * s.d / (n2 * n2 * n2);
      break;
  }
  return e;
}

/// A mean and its variance on the scale where they add.
struct Mean {
  double value, variance;
};

Mean pool_odds(std::span<const Counts> studies) {
  double r = 0, s = 0, pr = 0, mixed = 0, qs = 0;
  for (const Counts& t : studies) {
    const double n = t.a + t.b + t.c + t.d;
    const double p = (t.a + t.d) / n;
    const double q = (t.b + t.c) / n;
    const double up = t.a * t.d / n;
    const double down = t.b * t.c / n;
    r += up;
    s += down;
    pr += p * up;
    mixed += p * down + q * up;
    qs += q * down;
  }
  return {std::log(r / s), pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s)};
}

Mean pool_risks(std::span<const Counts> studies) {
  double up = 0, down = 0, variance = 0;
  for (const Counts& t : studies) {
    const double n1 = t.a + t.b;
    const double n2 = t.c + t.d;
    const double n = n1 + n2;
    up += t.a * n2 / n;
    down += t.c * n1 / n;
    variance += n1 * n2 * (t.a + t.c) / (n * n) - t.a * t.c / n;
  }
  return {std::log(up / down), variance / (up * down)};
}

Mean pool_differences(std::span<const Counts> studies) {
  double up = 0, weight = 0, p = 0, q = 0;
  for (const Counts& t : studies) {
    const double n1 = t.a + t.b;
    const double n2 = t.c + t.d;
    const double n = n1 + n2;
    up += (t.a * n2 - t.c * n1) / n;
    weight += n1 * n2 / n;
    p +=
        t.c * (n1 / n) * (n1 / n) - t.a * (n2 / n) * (n2 / n) + (n1 / n) * (n2 / n) * (n2 - n1) / 2;
    q += (t.a * t.d + t.c * t.b) / (2 * n);
  }
  const double value = up / weight;
  return {value, (value * p + q) / (weight * weight)};
}

Mean pool_peto(std::span<const Counts> studies) {
  double difference = 0, variance = 0;
  for (const Counts& t : studies) {
    const Hypergeometric h = hypergeometric(t);
    difference += h.difference;
    variance += h.variance;
  }
  return {difference / variance, 1 / variance};
}

Mean pooled_mean(std::span<const Counts> studies, CountMeasure measure) {
  switch (measure) {
    case CountMeasure::kLogOddsRatio:
      return pool_odds(studies);
    case CountMeasure::kLogRiskRatio:
      return pool_risks(studies);
    case CountMeasure::kRiskDifference:
      return pool_differences(studies);
    default:
      return pool_peto(studies);
  }
}

}  // namespace

std::string_view to_string(CountMeasure measure) {
  return std::ranges::find(kNames, measure, &std::pair<CountMeasure, std::string_view>::first)
      ->second;
}

Result<CountMeasure> parse_count_measure(std::string_view word) {
  const auto same = [](char a, char b) { return (a & ~0x20) == (b & ~0x20); };
  for (const auto& [measure, name] : kNames) {
    if (std::ranges::equal(word, name, same)) {
      return measure;
    }
  }
  return invalid_argument(
      fmt::format("measure \"{}\" of counts is not known; choose or, rr, rd or peto", word));
}

Result<std::vector<CountEffect>> count_effects(std::span<const Counts> studies,
                                               CountMeasure measure) {
  std::vector<CountEffect> effects;
  for (std::size_t i = 0; i < studies.size(); ++i) {
    const Counts& s = studies[i];
    if (!whole(s.a) || !whole(s.b) || !whole(s.c) || !whole(s.d)) {
      return invalid_argument(
          fmt::format("study {}: counts {}, {}, {}, {} must be whole numbers, 0 or more", i + 1,
                      s.a, s.b, s.c, s.d));
    }
    if (s.a + s.b == 0 || s.c + s.d == 0) {
      return invalid_argument(fmt::format("study {} has an arm without people", i + 1));
    }
    effects.push_back(effect_of(s, measure));
  }
  return effects;
}

Result<PooledCounts> pool_counts(std::span<const Counts> studies, CountMeasure measure) {
  THAW_TRY(const std::vector<CountEffect> effects, count_effects(studies, measure));
  const auto used = std::ranges::count_if(effects, &CountEffect::informative);
  const Mean mean = pooled_mean(studies, measure);
  if (used == 0 || !std::isfinite(mean.value) || !(mean.variance > 0)) {
    return invalid_argument("the counts hold no comparison: one arm has no events in any study");
  }
  PooledCounts pooled{};
  pooled.value = mean.value;
  pooled.se = std::sqrt(mean.variance);
  pooled.low = pooled.value - kZ95 * pooled.se;
  pooled.high = pooled.value + kZ95 * pooled.se;
  pooled.statistic = pooled.value / pooled.se;
  pooled.p = normal_two_sided_p(pooled.statistic);
  for (const CountEffect& e : effects) {
    if (e.informative && e.v > 0) {
      pooled.q += (e.y - pooled.value) * (e.y - pooled.value) / e.v;
    }
  }
  pooled.df = static_cast<int>(used) - 1;
  pooled.q_p = pooled.df > 0 ? chi_squared_upper_p(pooled.q, pooled.df) : 1;
  return pooled;
}

}  // namespace thaw::stats
