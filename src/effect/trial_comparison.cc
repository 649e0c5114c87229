#include "effect/trial_comparison.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "base/random.h"
#include "stats/distributions.h"

namespace thaw::effect {
namespace {

using stats::kZ95;

std::vector<ArmCells> cells_of(const WeightWalk& walk, const Comparison& comparison) {
  std::vector<ArmCells> cells(comparison.arms.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    fill_cells(walk, comparison.arms[i], cells[i]);
  }
  return cells;
}

std::optional<double> value_of(const Quantity& quantity, const std::vector<ArmCells>& cells,
                               std::size_t horizon) {
  return measure_of(quantity.measure, cells[quantity.arm],
                    cells[quantity.against.value_or(quantity.arm)], horizon);
}

/// Robust standard error of every quantity.
std::vector<double> robust_errors(const WeightWalk& walk, const Comparison& comparison,
                                  const std::vector<ArmCells>& cells, std::size_t people,
                                  std::size_t horizon) {
  const std::size_t count = comparison.quantities.size();
  std::vector<MeasureGradient> gradients;
  for (const Quantity& q : comparison.quantities) {
    gradients.push_back(
        gradient_of(q.measure, cells[q.arm], cells[q.against.value_or(q.arm)], horizon));
  }
  std::vector<std::vector<double>> influence(count, std::vector<double>(people, 0));
  for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
    std::vector<const CellGradient*> own(count, nullptr);
    for (std::size_t q = 0; q < count; ++q) {
      if (comparison.quantities[q].arm == arm) {
        own[q] = &gradients[q].arm;
      } else if (comparison.quantities[q].against == arm) {
        own[q] = &gradients[q].other;
      }
    }
    add_influence(walk, comparison.arms[arm], own, influence);
  }
  std::vector<double> errors;
  for (const auto& own : influence) {
    double sum = 0;
    for (const double pull : own) {
      sum += pull * pull;
    }
    errors.push_back(std::sqrt(sum));
  }
  return errors;
}

/// All quantities of all comparisons in one replicate; NaN where there is none.
std::vector<double> replicate_values(const Workbench& bench, std::span<const double> counts,
                                     InverseProbabilities& inverse) {
  std::vector<double> out;
  const auto fits = fit_models(bench.models, counts, &bench.fits, 1);
  if (fits) {
    inverse_probabilities(bench.models, *fits, bench.months.rows(), bench.spec->probability_bound,
                          inverse);
  }
  for (const Comparison& comparison : bench.comparisons) {
    const auto cells = fits ? cells_of(bench.walk(comparison, inverse, counts), comparison)
                            : std::vector<ArmCells>();
    for (const Quantity& q : comparison.quantities) {
      const auto value =
          fits ? value_of(q, cells, static_cast<std::size_t>(bench.spec->horizon)) : std::nullopt;
      out.push_back(value.value_or(std::nan("")));
    }
  }
  return out;
}

}  // namespace

void draw_people(std::uint64_t seed, std::uint64_t replicate, std::vector<double>& counts) {
  std::ranges::fill(counts, 0.0);
  Random random(seed, replicate + 1);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    counts[random.index(counts.size())] += 1;
  }
}

double spread(const std::vector<double>& values) {
  double n = 0;
  double mean = 0;
  double squares = 0;
  for (const double value : values) {
    if (!std::isnan(value)) {
      n += 1;
      const double away = value - mean;
      mean += away / n;
      squares += away * (value - mean);
    }
  }
  return n > 1 ? std::sqrt(squares / (n - 1)) : std::nan("");
}

WeightWalk Workbench::walk(const Comparison& comparison, const InverseProbabilities& inverses,
                           std::span<const double> person_weight) const {
  return {comparison.event, comparison.competing, &inverses, person_weight, value, cap};
}

std::vector<Quantity> asked_of(const EmulationSpec& spec, std::size_t arms, std::size_t reference) {
  std::vector<Measure> own;
  std::vector<Measure> contrasts;
  switch (spec.outcome) {
    case OutcomeKind::kEvent:
      own = {Measure::kRisk, Measure::kFreeMonths};
      contrasts = {Measure::kRiskDifference, Measure::kLogRiskRatio, Measure::kFreeMonthsDifference,
                   Measure::kLogHazardRatio, Measure::kLogOddsRatio};
      break;
    case OutcomeKind::kValue:
      own = {Measure::kMean};
      contrasts = {Measure::kMeanDifference};
      break;
    default:
      own = {Measure::kSlope};
      contrasts = {Measure::kSlopeDifference};
  }
  std::vector<Quantity> out;
  for (std::size_t arm = 0; arm < arms; ++arm) {
    for (const Measure measure : own) {
      out.push_back({measure, arm, std::nullopt});
    }
  }
  for (std::size_t arm = 0; arm < arms; ++arm) {
    for (const Measure measure : contrasts) {
      if (arm != reference) {
        out.push_back({measure, arm, reference});
      }
    }
  }
  return out;
}

std::pair<double, double> risk_limits(double risk, double se) {
  if (!(risk > 0 && risk < 1)) {
    return {risk, risk};
  }
  const double log_free = std::log1p(-risk);
  const double pull = std::exp(kZ95 * se / ((1 - risk) * std::fabs(log_free)));
  return {-std::expm1(log_free / pull), -std::expm1(log_free * pull)};
}

void set_interval(Quantity& quantity, double value, double se) {
  const bool ratio = logarithm(quantity.measure);
  quantity.known = std::isfinite(value) && std::isfinite(se);
  if (!quantity.known) {
    quantity.value = quantity.se = quantity.low = quantity.high = 0;
    return;
  }
  quantity.value = ratio ? std::exp(value) : value;
  quantity.se = se;
  quantity.low = ratio ? std::exp(value - kZ95 * se) : value - kZ95 * se;
  quantity.high = ratio ? std::exp(value + kZ95 * se) : value + kZ95 * se;
  if (quantity.measure == Measure::kRisk) {
    std::tie(quantity.low, quantity.high) = risk_limits(value, se);
  }
}

void estimate(const Workbench& bench, Comparison& comparison) {
  const WeightWalk walk = bench.walk(comparison, bench.inverse, {});
  const auto horizon = static_cast<std::size_t>(bench.spec->horizon);
  const auto cells = cells_of(walk, comparison);
  const auto errors = robust_errors(walk, comparison, cells, bench.months.people(), horizon);
  for (std::size_t q = 0; q < comparison.quantities.size(); ++q) {
    const auto value = value_of(comparison.quantities[q], cells, horizon);
    set_interval(comparison.quantities[q], value.value_or(std::nan("")), errors[q]);
  }
}

ReplicateCount bootstrap_comparisons(Workbench& bench, int replicates,
                                     const EmulationChoice& choice) {
  ReplicateCount count{.drawn = replicates};
  const auto drawn = static_cast<std::size_t>(replicates);
  std::vector<std::vector<double>> values(drawn);
  // One piece a thread keeps its scratch; what a replicate gives hangs on its number alone.
  const std::size_t pieces =
      std::clamp<std::size_t>(choice.threads, 1, std::max<std::size_t>(drawn, 1));
  for_each_piece(pieces, choice.threads, [&](std::size_t piece) {
    InverseProbabilities inverse;
    std::vector<double> people(bench.months.people());
    for (std::size_t r = piece; r < drawn; r += pieces) {
      draw_people(choice.seed, r, people);
      values[r] = replicate_values(bench, people, inverse);
    }
  });
  std::vector<std::uint8_t> failed(drawn, 0);
  std::size_t q = 0;
  for (Comparison& comparison : bench.comparisons) {
    for (Quantity& quantity : comparison.quantities) {
      std::vector<double> own;
      for (std::size_t r = 0; r < drawn; ++r) {
        own.push_back(values[r][q]);
        failed[r] = failed[r] | (quantity.known && std::isnan(own.back()) ? 1 : 0);
      }
      ++q;
      if (quantity.known) {
        const double at = logarithm(quantity.measure) ? std::log(quantity.value) : quantity.value;
        set_interval(quantity, at, spread(own));
      }
    }
  }
  count.failed = static_cast<int>(std::ranges::count(failed, 1));
  return count;
}

}  // namespace thaw::effect
