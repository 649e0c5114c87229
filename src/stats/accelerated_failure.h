// Accelerated failure time: by what factor does a covariate stretch or shorten time to the event?
//
// log T = x coef + scale e, with e of a known law; right-censored rows count by their survival.
// Method: Kalbfleisch and Prentice 2002, The Statistical Analysis of Failure Time Data, chapter 3;
// searched in (coef / scale, 1 / scale), where the log likelihood is concave (Burridge 1981,
// J R Stat Soc B 43:41). It reads beyond the data by the law it was given: compare laws by their
// log likelihood, and look at the curve.
#pragma once

#include <span>

#include "base/result.h"
#include "stats/matrix.h"
#include "stats/survival_data.h"

namespace thaw::stats {

enum class FailureLaw { kWeibull, kExponential, kLognormal, kLoglogistic };

struct FailureFit {
  Vector coef;        // (p), log of the factor on time per unit of each column
  double scale;       // spread of log time; 1 for the exponential law
  Matrix var;         // (p + 1, p + 1) of coef and log scale; (p, p) for the exponential law
  Matrix robust_var;  // the same shape, sandwich over rows or clusters; empty unless asked
  double log_likelihood_null;  // column 0 alone: of ones by custom
  double log_likelihood;       // with the density of time itself, not of its logarithm
  std::size_t n;
  std::size_t events;
  int iterations;
  bool converged;  // false: some factor is 0 or infinite; coef is only where the search stood
};

struct FailureOptions {
  FailureLaw law = FailureLaw::kWeibull;
  bool robust = false;
  std::span<const int> cluster = {};  // (n): rows of one number are one person in robust_var
};

/// Fits `x` (n, p), p >= 1, column 0 of ones, to `data` without late entry; a weight of 2 is a row
/// twice. Fails: kInvalidArgument as survival_fault says, for shapes that differ, a covariate that
/// is not finite, late entry, a time not above 0, no event, and columns that depend on others.
/// Checked against R survival 3.5-3 survreg. Cost: O(n p^2) a step, 6 or so steps.
Result<FailureFit> fit_failure_time(const Matrix& x, const SurvivalData& data,
                                    const FailureOptions& options = {});

}  // namespace thaw::stats
