// Mistakes of the kind that real registries hold, planted in synthetic people and labelled.
#pragma once

#include <vector>

#include "registry/synthesize.h"

namespace thaw::registry {

/// Gives the share `request.defects` of `people` one mistake each, and says to whom which:
/// "impossible_recovery" (all answers normal in the middle of a decline), "tube_item_without_tube"
/// (5b answered though there is no gastrostomy), "duplicate_person" (the same onset, birth year and
/// reports as the person before), "litres_slip" (a vital capacity ten times too small),
/// "year_only_onset". All can be stored: what cannot happen at all, the store refuses.
std::vector<PlantedDefect> plant_defects(const SynthesisRequest& request,
                                         std::vector<History>& people);

}  // namespace thaw::registry
