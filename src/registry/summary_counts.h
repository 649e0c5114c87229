// The counts of the summary: each person in one level of each variable, small levels hidden.
#pragma once

#include <vector>

#include "registry/summary.h"

namespace thaw::registry {

std::vector<VariableCounts> variable_counts(const RegistryData& data);

/// Ages at onset by five years from 15 to 95. The people whose age is not known are not listed, but
/// enough cells are hidden that their number cannot be told when it is small.
std::vector<AgeCell> age_at_onset_counts(const RegistryData& data);

}  // namespace thaw::registry
