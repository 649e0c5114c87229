// Lives under one strategy in the fitted world of the g-formula, month by month.
#pragma once

#include <cstdint>
#include <vector>

#include "effect/g_formula.h"
#include "effect/g_formula_models.h"

namespace thaw::effect {

/// What a simulation starts from.
struct LivesInput {
  const PersonMonths* months;
  const std::vector<Trial>* trials;
  const EmulationSpec* spec;
  const GDesigns* designs;
  const GFits* fits;
  std::span<const double> person_weight;  // empty: all 1
  std::uint64_t seed;
};

/// Lives under `strategy` (null: the natural course) to the horizon.
/// Fails: as RowCondition::evaluate and Model::matrix; kInvalidArgument for too many paths.
Result<GFormulaArm> live(const LivesInput& input, const Strategy* strategy);

/// kInvalidArgument names a column of the models that changes within a person though nothing
/// simulates it.
Result<Done> check_columns(const LivesInput& input);

}  // namespace thaw::effect
