// The weighted counts of every arm and month, on which curves and contrasts rest.
#pragma once

#include <span>
#include <vector>

#include "effect/person_months.h"
#include "effect/trial_arms.h"
#include "effect/trial_models.h"

namespace thaw::effect {

/// Sums of weights in one arm, by month since time zero.
struct ArmCells {
  std::vector<double> weight;        // (months) at risk
  std::vector<double> event;         // (months)
  std::vector<double> competing;     // (months)
  std::vector<double> value_weight;  // (months + 1) with the value known, at the month's start
  std::vector<double> value_sum;     // (months + 1) of weight times value

  void reset(std::size_t months);
};

/// What a walk over the weights of an arm needs.
struct WeightWalk {
  std::span<const std::uint8_t> event;      // (rows)
  std::span<const std::uint8_t> competing;  // (rows)
  const InverseProbabilities* inverse;
  std::span<const double> person_weight;  // empty: all 1
  std::span<const double> value;          // (rows), empty: none
  double cap = 0;                         // largest weight; 0: none
};

/// The stabilised weight of `run` in month `k`, from the running product `raw` (changed).
inline double month_weight(const WeightWalk& walk, const Arm& arm, const Arm::Run& run,
                           std::size_t k, double& raw) {
  const std::size_t row = run.row + k;
  if (!arm.weighted) {
    return 1;
  }
  if (arm.forced[run.offset + k] != 0) {
    raw *= k == 0 ? walk.inverse->zero[row] : walk.inverse->later[row];
  }
  if (!walk.inverse->leave.empty()) {
    raw *= walk.inverse->leave[row];
  }
  const double weight = raw * arm.scale[k];
  return walk.cap > 0 && weight > walk.cap ? walk.cap : weight;
}

/// Fills `cells` with the sums of `arm`.
void fill_cells(const WeightWalk& walk, const Arm& arm, ArmCells& cells);

/// Slopes of one quantity with respect to the cells of an arm.
struct CellGradient {
  std::vector<double> weight;
  std::vector<double> event;
  std::vector<double> competing;
  std::vector<double> value_weight;
  std::vector<double> value_sum;
};

/// Adds to `influence[q][person]` what each person's months in `arm` do to quantity q; `gradients`
/// one a quantity (null: the arm plays no part).
void add_influence(const WeightWalk& walk, const Arm& arm,
                   const std::vector<const CellGradient*>& gradients,
                   std::vector<std::vector<double>>& influence);

}  // namespace thaw::effect
