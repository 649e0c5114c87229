// Correlations and spreads of continuous variables, also where values are missing.
//
// With missing values every pair uses the rows that have both (pairwise deletion). Such a matrix
// may be no correlation matrix: then its eigenvalues are raised to kLeastEigenvalue and the
// diagonal made 1 again, and that is said. Right when values are missing completely at random.
#pragma once

#include "base/result.h"
#include "discovery/data.h"
#include "stats/matrix.h"

namespace thaw::discovery {

struct Moments {
  stats::Matrix correlation;  // (p, p), positive definite
  stats::Vector sd;           // (p), of each variable's seen values
  double rows = 0;            // harmonic mean over pairs of the rows that have both
  double fewest_rows = 0;     // of any pair
  bool repaired = false;      // eigenvalues had to be raised
};

inline constexpr double kLeastEigenvalue = 1e-4;

/// Moments of all variables of `data`, which must be continuous.
/// Fails: kInvalidArgument naming the variable or pair: a discrete variable, a pair with fewer than
/// 4 rows that have both, one that does not vary in the rows that it shares with another; without
/// missing values as correlation_matrix. Cost: n p^2, ten times that with missing values.
Result<Moments> moments_of(const Data& data);

}  // namespace thaw::discovery
