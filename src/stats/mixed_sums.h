// The sums by person that a mixed model is fitted from, and its likelihood at a relative factor.
#pragma once

#include <vector>

#include "stats/mixed_model.h"

namespace thaw::stats {

/// One person's rows as sums; columns of [X y] in an orthonormal basis of X, Z scaled to root mean
/// square 1.
struct PersonSums {
  Matrix zz;  // (q, q)
  Matrix zc;  // (q, p + 1), Z'[X y]
};

struct MixedSums {
  std::vector<PersonSums> persons;
  Matrix total;    // (p + 1, p + 1), [X y]'[X y]
  Matrix r;        // (p, p): X = basis * r
  Vector z_scale;  // (q)
  Vector offset;   // (p), least squares of y on the basis: y enters as what that leaves, so that a
                   // large level costs no digits; add it to coefficients of the basis
  Eigen::Index n = 0, p = 0, q = 0;

  /// Fails as fit_mixed.
  static Result<MixedSums> make(const MixedData& data);
};

/// [X y]' V^-1 [X y] and log |V| for V = I + Z L L' Z', V in units of sigma2.
struct MixedEvaluation {
  Matrix cross;
  double log_determinant;
};
MixedEvaluation evaluate(const MixedSums& sums, const Matrix& factor);

/// The lower triangle of `theta`, column by column, as a (q, q) factor, and how many entries it
/// has.
Matrix factor_of(const Vector& theta, Eigen::Index q);

}  // namespace thaw::stats
