// Sample quantiles.
#pragma once

#include <span>

#include "base/result.h"

namespace thaw::stats {

/// The quantile of `values` at `probability`, linear between order statistics: type 7 of Hyndman
/// and Fan 1996, Am Stat 50:361, which is R's default. In the unit of the values.
/// Fails: kInvalidArgument without values, for a NaN among them, or a probability outside [0, 1].
/// Cost: O(n) expected; copies the values.
Result<double> quantile(std::span<const double> values, double probability);

}  // namespace thaw::stats
