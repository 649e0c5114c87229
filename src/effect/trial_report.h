// What is told of arms, weights and models beside the estimates: curves, balance, positivity, and
// the checks that failed.
#pragma once

#include <vector>

#include "effect/emulate.h"
#include "effect/trial_comparison.h"

namespace thaw::effect {

/// Curves with bands, weights and people at risk of every arm, and the estimates.
AnalysisResult report(const Workbench& bench, const Comparison& comparison);

/// Balance and positivity of every model. Balance after weighting is by the inverse probability of
/// that decision alone (Jackson 2016, Epidemiology 27:317).
std::vector<ModelResult> model_results(const Workbench& bench);

/// The checks that failed, most serious first.
std::vector<Caution> cautions_of(const EmulationResult& result, const EmulationSpec& spec);

}  // namespace thaw::effect
