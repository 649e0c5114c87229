// Each row's part in the score of Cox's likelihood, in linear time: what the robust variance adds.
//
// Lin and Wei 1989, J Am Stat Assoc 84:1074. Tiles are visited from the earliest times on, each
// with the sums that the walk from the latest times had left there, so that nothing of the size of
// rows or steps times covariates is kept (but for late entry, steps times covariates).
#pragma once

#include <functional>

#include "stats/cox_sweep.h"

namespace thaw::stats {

/// Calls `take(tile, residuals)` for every tile, last first: weighted score residuals (kTileRows a
/// column, p columns; standardised) of its rows. Their sum is the score at the coefficients that
/// gave `hazard` (n, weighted, sorted).
void for_each_score_residual(const CoxRows& rows, Ties ties, const double* hazard,
                             const std::function<void(std::size_t, const double*)>& take);

}  // namespace thaw::stats
