// Regression that leaves out what does not help: least squares or logistic with an L1 penalty, its
// strength chosen by cross-validation.
//
// Method: coordinate descent along a path of penalties (Friedman, Hastie and Tibshirani 2010, J
// Stat Softw 33(1):1); the logistic likelihood by its quadratic bound p (1 - p) <= 1/4 (Boehning
// and Lindsay 1988, Ann Inst Stat Math 40:641), so that one X'X serves every step. Columns are
// standardised; the intercept is free. Checked against the conditions of an optimum
// (lasso_test.cc).
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "stats/matrix.h"

namespace thaw::stats {

enum class LassoKind { kNumber, kYesNo };

struct LassoFit {
  double intercept = 0;
  Vector coef;         // (p), per unit of each column; 0 where left out
  double penalty = 0;  // on standardised columns, of the mean loss
};

/// Fits `y` (n), numbers or 0 and 1, on `x` (n, p) without a column of ones, at the penalty of
/// least loss over `folds` random parts drawn by `seed`. Constant columns get 0. Fails:
/// kInvalidArgument when shapes differ, a number is not finite, n < 2 `folds`, or `y` is all alike.
/// Cost: O(n p^2 + p^2 steps) a fold.
Result<LassoFit> fit_lasso(const Matrix& x, const Vector& y, LassoKind kind, int folds,
                           std::uint64_t seed);

/// The same at one `penalty` > 0, without cross-validation.
Result<LassoFit> fit_lasso_at(const Matrix& x, const Vector& y, LassoKind kind, double penalty);

}  // namespace thaw::stats
