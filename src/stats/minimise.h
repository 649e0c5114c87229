// The least value of a smooth function of a few parameters, some of which may have a lower bound.
//
// Newton's steps with a Hessian by differences, made positive definite where it is not (its
// eigenvalues by their size), shortened until the function falls, projected onto the bounds
// (Bertsekas 1982, SIAM J Control Optim 20:221). Without a gradient both derivatives are
// differences of values. Meant for up to about 30 parameters that a statistician would name; every
// loop is bounded. Checked on functions with known minima inside and on bounds.
#pragma once

#include <functional>

#include "stats/matrix.h"

namespace thaw::stats {

struct Objective {
  /// The value at a point within the bounds; infinity or NaN where it does not exist.
  std::function<double(const Vector&)> value;
  /// Its gradient; may be empty.
  std::function<Vector(const Vector&)> gradient;
};

struct MinimiseOptions {
  Vector lower;  // (q), -infinity for none; empty for none at all
  Vector scale;  // (q), > 0: a change that matters, sets the differences; empty for all 1
  double tolerance = 1e-10;  // of what the next step would still gain, beside 1 + |value|
  int iterations_max = 100;
};

struct Minimum {
  Vector at;  // (q)
  double value;
  Vector gradient;  // (q); about 0 but where a bound holds
  Matrix hessian;   // (q, q)
  bool converged;   // false: the iterations ran out, or no step down was found
  int iterations;
};

/// The minimum near `start`, which must lie within the bounds and have a finite value.
/// Cost: 2 q gradients, or 2 q^2 values, an iteration.
Minimum minimise(const Objective& f, Vector start, const MinimiseOptions& options);

/// The matrix of second derivatives of `f` at `at`, symmetric, by central differences.
Matrix hessian_at(const Objective& f, const Vector& at, const MinimiseOptions& options);

/// Where the continuous `f` changes sign between `a` and `b`: bracketing with inverse cubic
/// interpolation (Alefeld, Potra and Shi 1995, ACM TOMS 21:327), to `tolerance` of the size of the
/// root. f(a) and f(b) must differ in sign, else the end that is nearer 0. At most 200 evaluations.
double root_between(const std::function<double(double)>& f, double a, double b,
                    double tolerance = 1e-12);

}  // namespace thaw::stats
