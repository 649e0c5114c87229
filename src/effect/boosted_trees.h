// Trees that add up: gradient boosting and random forests by the XGBoost library.
//
// The only file that knows XGBoost. One thread and a fixed seed: equal rows in equal order give
// equal predictions. Numbers are single precision inside, so equal to about seven digits of the
// covariates.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "stats/matrix.h"

namespace thaw::effect {

/// Boosted trees of depth 3 at learning rate 0.1, their number (at most 300) chosen where the loss
/// of a fifth of the rows, held out by `seed`, is least; then fitted to all. `y` (n) is numbers or,
/// where `binary`, 0 and 1. Predictions of the rows of `next`: means or probabilities.
/// Fails: kInvalidArgument with fewer than 10 rows; kUnavailable when the library refuses.
Result<stats::Vector> boosted_predictions(const stats::Matrix& x, const stats::Vector& y,
                                          bool binary, const stats::Matrix& next,
                                          std::uint64_t seed);

/// The mean of 300 trees (Breiman 2001, Mach Learn 45:5) on 63 % of the rows each, at least 5 rows
/// a leaf, each split among a third of the columns. For 0 and 1 the mean is a probability.
Result<stats::Vector> forest_predictions(const stats::Matrix& x, const stats::Vector& y,
                                         const stats::Matrix& next, std::uint64_t seed);

}  // namespace thaw::effect
