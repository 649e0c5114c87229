// Logistic regression: how covariates move the odds of a yes, and each row's probability of one.
//
// Method: Newton's steps on the log likelihood (iteratively reweighted least squares; McCullagh
// and Nelder 1989, section 4.4) with step halving. From 50,000 rows on, the search starts from the
// fit of every 16th row, which saves most of its passes; the maximum is the same.
#pragma once

#include <span>

#include "base/result.h"
#include "stats/matrix.h"

namespace thaw::stats {

struct LogisticFit {
  Vector coef;           // (p), log odds per unit of each column
  Matrix var;            // (p, p), inverse information
  Vector probabilities;  // (n), fitted P(y = 1)
  double log_likelihood = 0;
  int iterations = 0;
  /// False when 50 steps did not settle it: above all when the columns separate the two outcomes,
  /// so that some odds are infinite. `coef` then is only where the search stood.
  bool converged = false;
};

/// Log odds ratios of `y` (n), each 0 or 1, on `x` (n, p), n > p, with `weights` (n), each finite
/// and >= 0, empty for all 1; a weight of 2 is a row twice. No intercept is added.
/// Fails: kInvalidArgument when shapes differ, a number is not finite, `y` has another value or
/// one class only, or a column depends on others (the message counts it from 1).
/// Checked against R 4.2.2 glm(family = binomial) on lalonde. Cost: O(n p^2) a step, 3 to
/// 6 steps; memory n numbers beside the data.
Result<LogisticFit> fit_logistic(const Matrix& x, std::span<const double> y,
                                 std::span<const double> weights = {});

}  // namespace thaw::stats
