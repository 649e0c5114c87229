// Linear regression by (weighted) least squares, with variances that survive unequal noise.
//
// Robust variances: White 1980, Econometrica 48:817 (HC0); MacKinnon and White 1985, J Econom
// 29:305 (HC1).
#pragma once

#include <cstddef>
#include <span>

#include "base/result.h"
#include "stats/matrix.h"

namespace thaw::stats {

enum class LinearVariance {
  kModel,  // sigma^2 (X'WX)^-1: one noise variance, divided by the weight
  kHc0,    // sandwich: right for any noise, and for sampling weights
  kHc1     // kHc0 times n / (n - p)
};

struct LinearFit {
  Vector coef;       // (p), outcome units per unit of each column
  Matrix var;        // (p, p), of the coefficients
  Vector residuals;  // (n), y - x coef
  double sigma2;     // weighted residual sum of squares / (n - p)
  double r_squared;  // share of the weighted variance of y explained, against its mean, <= 1
};

/// Least squares of `y` (n) on `x` (n, p), n > p, with `weights` (n), each finite and >= 0, empty
/// for all 1. No intercept is added: give a column of ones.
/// Fails: kInvalidArgument when shapes differ, a number is not finite, n <= p, or a column depends
/// on others (the message counts it from 1).
/// Checked against R 4.2.2 lm and the closed form. Cost: O(n p^2).
Result<LinearFit> fit_linear(const Matrix& x, std::span<const double> y,
                             std::span<const double> weights, LinearVariance variance);

}  // namespace thaw::stats
