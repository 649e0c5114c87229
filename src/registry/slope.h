// How fast one person's ALSFRS-R total changes, from their own reports.
#pragma once

#include <cstddef>
#include <optional>

#include "registry/person.h"

namespace thaw::registry {

struct SlopeFit {
  std::optional<double> slope;  // points/month, negative: falls
  std::size_t reports = 0;      // used
};

/// Least-squares slope over the reports of known total from `zero` to `end`, both included. No
/// slope below `min_reports` (at least 2) reports. The total has a floor at 0, so the slope of a
/// person near it is too flat.
SlopeFit slope_between(const History& history, Day zero, Day end, std::size_t min_reports);

}  // namespace thaw::registry
