// Nodes and weights of Gauss-Hermite quadrature.
#pragma once

#include "stats/matrix.h"

namespace thaw::stats {

struct Quadrature {
  Vector nodes, weights;  // of the integral of exp(-x^2) f(x)
};

/// The rule with `n` >= 1 nodes, exact for polynomials of degree 2n - 1 (Golub and Welsch 1969,
/// Math Comp 23:221). Cost: O(n^3).
Quadrature gauss_hermite(int n);

}  // namespace thaw::stats
