// The rows of a meta-analysis, checked and in one canonical order, and the sums that every model of
// them is made of.
//
// With W = diag(1 / (v_i + tau2)) and P = W - W X (X'WX)^-1 X'W, all estimators of the
// between-study variance need only y'Py, y'PPy and traces of products of P and V = diag(v); each is
// a sum over studies of (p, p) matrices, so a pass costs O(k p^2) and nothing is k by k. Rows are
// ordered by (y, v, x), which makes every sum, and so every printed digit, independent of the order
// given; columns are replaced by an orthonormal basis of their span, so units and offsets of
// moderators cost no digits. Traces: Viechtbauer 2005, J Educ Behav Stat 30:261. Checked against
// dense matrices.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "stats/matrix.h"

namespace thaw::stats {

/// k studies with p columns each. Immutable.
class MetaRows {
 public:
  /// `x` (k, p), `y` (k) estimates, `v` (k) their sampling variances.
  /// Fails: kInvalidArgument when shapes differ, k < 2, k <= p, a number is not finite, a variance
  /// is not above 0, or a column of `x` depends on those before it (counted from 1).
  /// Cost: O(k log k + k p^2).
  static Result<MetaRows> make(const Matrix& x, std::span<const double> y,
                               std::span<const double> v);

  Eigen::Index k() const { return y_.size(); }
  Eigen::Index p() const { return basis_.cols(); }
  /// Orthonormal columns (k, p) spanning those of x; x = basis * r, in canonical order.
  const RowMajorMatrix& basis() const { return basis_; }
  const Matrix& r() const { return r_; }
  const Vector& y() const { return y_; }
  const Vector& v() const { return v_; }
  /// Canonical row i was row order()[i] of the input.
  const std::vector<std::size_t>& order() const { return order_; }
  /// All rows but canonical row `left_out`, in the same order and the same basis (which is then no
  /// longer orthonormal, only well conditioned); nothing if a column cannot be told apart then.
  Result<MetaRows> without(Eigen::Index left_out) const;

 private:
  RowMajorMatrix basis_;
  Matrix r_;
  Vector y_, v_;
  std::vector<std::size_t> order_;
};

/// What one tau2 gives. Coefficients and `inverse` are of the basis; see MetaRows::r.
struct MetaPass {
  Vector weights;       // (k), 1 / (v + tau2)
  Vector coef;          // (p)
  Matrix inverse;       // (p, p), (B'WB)^-1
  Vector residuals;     // (k), y - B coef
  double rss = 0;       // y'Py
  double yppy = 0;      // y'PPy
  double sum_w = 0;     // tr W
  double sum_w2 = 0;    // tr W^2
  double trace_p = 0;   // tr P
  double trace_pp = 0;  // tr PP
};

/// Sums at `tau2` >= 0. Cost: O(k p^2).
MetaPass meta_pass(const MetaRows& rows, double tau2);

/// y'Py alone, and y'PPy (minus its derivative by tau2).
struct QValue {
  double q;
  double slope;
};
QValue generalised_q(const MetaRows& rows, double tau2);

/// Logarithms of the likelihood at `tau2`, profiled over the coefficients; of the units of x, not
/// of the basis.
struct MetaLikelihood {
  double full;
  double restricted;
};
MetaLikelihood meta_likelihood(const MetaRows& rows, const MetaPass& pass);

/// Var(y'Ay) for the quadratic form of P at the weights `w` when Var(y) = V + tau2 I:
/// 2 tr(PVPV) + 4 tau2 tr(PVP) + 2 tau2^2 tr(PP), and tr(PV).
struct QuadraticForm {
  double trace_pv;
  double variance;
};
QuadraticForm quadratic_form(const MetaRows& rows, const MetaPass& pass, double tau2);

}  // namespace thaw::stats
