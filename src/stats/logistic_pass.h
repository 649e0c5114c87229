// One pass of logistic regression over its rows: likelihood, slope and curvature together.
//
// Rows are taken in blocks that stay in the cache, so a pass reads the covariates from memory once.
// exp is a polynomial of our own after Cody and Waite's argument reduction, which the compiler
// turns into vector code for the processor it runs on. Checked against std::exp in
// logistic_pass_test.cc.
#pragma once

#include <span>

#include "stats/matrix.h"

namespace thaw::stats {

struct LogisticPass {
  double log_likelihood;
  Vector score;        // (p), its slope
  Matrix information;  // (p, p), X' diag(w p (1 - p)) X
};

/// The pass at `coef` (p) for `x` (n, p), `y` (n) of 0 and 1, and `weights` (n), empty for all 1.
/// Writes each row's probability to `probabilities` (n).
LogisticPass logistic_pass(const Matrix& x, std::span<const double> y,
                           std::span<const double> weights, const Vector& coef,
                           Vector& probabilities);

/// Moves `probabilities` as log odds that change by x `step` do, to the second order of that
/// change; the largest change of a row's log odds.
double nudge_probabilities(const Matrix& x, const Vector& step, Vector& probabilities);

/// For log odds `eta` (n): probabilities, and the product over rows of 1 + exp(-|eta|), at most
/// 2^n, so n is at most 1,000. Within 4e-16 of the truth, relative.
double logistic_kernel(const double* eta, int n, double* probability);

}  // namespace thaw::stats
