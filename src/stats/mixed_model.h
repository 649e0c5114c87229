// Linear mixed model: each person has a line of their own around the lines of the population.
//
// y = X b + Z u_person + e, Var(u) = sigma2 L L', Var(e) = sigma2. Laird and Ware 1982, Biometrics
// 38:963; the (restricted) likelihood profiled over b and sigma2 as a function of the relative
// factor L, as in Bates et al. 2015, J Stat Softw 67(1). Rows enter once as sums by person; after
// that an evaluation costs O(persons q^2 (q + p)). Degrees of freedom: Satterthwaite's, by the
// derivatives of the variance of each coefficient (Kuznetsova et al. 2017, J Stat Softw 82(13)).
// Values that are missing must be missing for reasons that the values seen explain; death that
// follows the decline does not qualify: see joint_model.h. Checked against dense matrices and R
// nlme, lme4 and lmerTest.
#pragma once

#include <span>

#include "base/result.h"
#include "stats/matrix.h"

namespace thaw::stats {

struct MixedData {
  Matrix x;                     // (n, p) fixed effects
  Matrix z;                     // (n, q) random effects, such as 1 and time
  std::span<const double> y;    // (n)
  std::span<const int> person;  // (n), 0 .. persons - 1, each at least once
};

struct MixedOptions {
  bool restricted = true;  // REML, else ML
  double level = 0.95;
  bool satterthwaite = true;  // else normal tests and intervals
};

struct MixedFit {
  Vector coef, se, statistic, p_value, low, high;  // (p), unit of y a unit of a column
  Vector df;          // (p), Satterthwaite's; infinity for a normal test
  Matrix var;         // (p, p)
  Matrix random;      // (q, q), covariance of the random effects
  Matrix blup;        // (persons, q), best linear unbiased predictions of u
  double sigma2 = 0;  // residual variance
  double log_likelihood = 0;
  bool converged = false;
  bool singular = false;  // a variance is 0 or a correlation 1: the data do not tell them all apart
  int iterations = 0;
  std::size_t rows = 0, persons = 0;
};

/// The fit. Fails: kInvalidArgument when shapes differ, a number is not finite, a column of x
/// depends on those before it (counted from 1), there are fewer than two persons, nobody has more
/// rows than random effects (they cannot be told from the error then), or the fit leaves no error
/// at all. The order of rows changes nothing.
Result<MixedFit> fit_mixed(const MixedData& data, const MixedOptions& options = {});

/// Log likelihood at a given covariance of random effects and residual variance, maximised over the
/// coefficients: for tests.
Result<double> mixed_log_likelihood(const MixedData& data, bool restricted, const Matrix& random,
                                    double sigma2);

}  // namespace thaw::stats
