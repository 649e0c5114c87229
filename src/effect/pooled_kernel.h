// The inner loops of pooled logistic regression, over one block of rows that stays in the cache.
//
// Compiled for the widest registers of the processor it runs on (target_clones), so the last bits
// may differ between kinds of processors. The exponential is a degree 13 series after reduction by
// ln 2 (Cody and Waite 1980): relative error below 1e-15. Check: pooled_logistic_test.cc.
#pragma once

#include <cstddef>

namespace thaw::effect {

/// Rows of a block; unused ones at the end have weight 0.
inline constexpr std::size_t kBlockRows = 256;

/// `probability` (kBlockRows) of a yes with log odds x beta; `x` is (kBlockRows, columns),
/// column-major.
void block_probability(const double* x, std::size_t columns, const double* beta,
                       double* probability);

/// Adds one block to the score (columns) and to the lower triangle, row by row, of the information
/// (columns (columns + 1) / 2). `y` and `weight` (kBlockRows); `scratch` 3 kBlockRows.
void block_newton(const double* x, std::size_t columns, const double* beta, const double* y,
                  const double* weight, double* score, double* information, double* scratch);

}  // namespace thaw::effect
