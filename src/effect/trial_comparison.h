// The arms that one analysis compares, estimated once and in every bootstrap replicate.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "effect/emulate.h"
#include "effect/trial_arms.h"
#include "effect/trial_cells.h"
#include "effect/trial_models.h"

namespace thaw::effect {

/// The arms and the numbers asked of them.
struct Comparison {
  std::string name;
  std::vector<Arm> arms;
  std::vector<std::string> names;
  std::vector<BothTexts> labels;
  std::vector<std::uint8_t> event;      // (rows)
  std::vector<std::uint8_t> competing;  // (rows)
  std::vector<Quantity> quantities;
};

/// All that the estimates of one protocol rest on.
struct Workbench {
  const EmulationSpec* spec;
  PersonMonths months;
  std::vector<Trial> trials;
  TrialModels models;
  std::vector<PooledFit> fits;
  InverseProbabilities inverse;
  std::vector<double> value;  // (rows), empty: none
  double cap = 0;             // of weights; 0: none
  std::vector<Comparison> comparisons;

  WeightWalk walk(const Comparison& comparison, const InverseProbabilities& inverses,
                  std::span<const double> person_weight) const;
};

/// The quantities that the outcome of `spec` asks of `arms` arms against `reference`.
std::vector<Quantity> asked_of(const EmulationSpec& spec, std::size_t arms, std::size_t reference);

/// Writes value, robust standard error and interval to every quantity of `comparison`.
void estimate(const Workbench& bench, Comparison& comparison);

struct ReplicateCount {
  int drawn = 0;
  int failed = 0;  // no fit, or a quantity that is known in the whole data could not be had
};

/// Replaces standard errors and intervals by those of `replicates` draws of people with repeats,
/// every model fitted anew (weights are cut at the cap of the whole data). Replicate r draws from
/// stream r + 1 of the seed.
ReplicateCount bootstrap_comparisons(Workbench& bench, int replicates,
                                     const EmulationChoice& choice);

/// Interval of `quantity` from its value (logarithm for ratios) and standard error.
void set_interval(Quantity& quantity, double value, double se);

/// 95 % limits of a risk by the complementary log-log.
std::pair<double, double> risk_limits(double risk, double se);

/// How often each of counts.size() people is drawn in replicate `replicate` of `seed`.
void draw_people(std::uint64_t seed, std::uint64_t replicate, std::vector<double>& counts);

/// Standard deviation of the numbers among `values`; NaN with fewer than two.
double spread(const std::vector<double>& values);

}  // namespace thaw::effect
