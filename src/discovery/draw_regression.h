// One draw of the values that a regression predicts, its coefficients drawn too: the step of
// multiple imputation that carries both what is random and what is not known.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"
#include "stats/matrix.h"

namespace thaw::discovery {

/// Numbers for the rows of `asked` (m, q): a linear regression of `y` (n) on `known` (n, q), which
/// holds a column of ones, with its variance drawn from the scaled inverse chi-squared and its
/// coefficients from their normal (Rubin 1987); a ridge of 1e-5 keeps dependent columns harmless.
/// (m). Cost: (n + m) q + n q^2.
stats::Vector draw_numbers(const stats::Matrix& known, const stats::Vector& y,
                           const stats::Matrix& asked, Random& random);

/// Codes in [0, levels) for the rows of `asked` (m, q), from `y` (n), codes in the same range:
/// level by level "this one, of those left" by logistic regression, coefficients drawn from the
/// normal about their mode under a prior of mean 0 and sd 2.5 (ones: 10) per column. A level that
/// does not occur in `y` is never drawn. (m). Cost: levels x 10 steps of n q^2.
std::vector<std::int32_t> draw_levels(const stats::Matrix& known, std::span<const std::int32_t> y,
                                      std::size_t levels, const stats::Matrix& asked,
                                      Random& random);

}  // namespace thaw::discovery
