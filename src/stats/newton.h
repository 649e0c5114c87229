// Newton's search for the maximum of a log likelihood, with step halving and an honest end.
#pragma once

#include <functional>

#include "stats/matrix.h"

namespace thaw::stats {

/// A log likelihood at one set of coefficients.
struct LikelihoodPoint {
  Vector coef;                // (p)
  double log_likelihood = 0;  // minus infinity where it cannot be taken
  Vector score;               // (p), its slope
  Matrix information;         // (p, p), minus its curvature
};

using Likelihood = std::function<LikelihoodPoint(const Vector&)>;

struct NewtonSearch {
  LikelihoodPoint at;
  Matrix inverse;          // of the information; empty when it never could be inverted
  bool converged = false;  // else `at` is only where the search stood
  int iterations = 0;
  Vector next_step;  // that would come next
};

/// Newton's steps from `start` to the maximum, at most 30. Settled once the next step would move
/// no row's linear predictor by 1e-7, as `largest` (p), each column's largest absolute value,
/// bounds it: that step is added to coef; what it would change in the likelihood is its square.
NewtonSearch maximise(const Likelihood& likelihood, LikelihoodPoint start, const Vector& largest);

}  // namespace thaw::stats
