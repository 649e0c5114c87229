// The linear algebra that stats is written in: Eigen's dense double matrices, column-major.
#pragma once

#include <Eigen/Dense>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace thaw::stats {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using RowMajorMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// `values` as an Eigen vector without a copy; valid as long as they are.
inline Eigen::Map<const Vector> as_vector(std::span<const double> values) {
  return {values.data(), static_cast<Eigen::Index>(values.size())};
}

/// The inverse of the symmetric matrix `a` (lower triangle read) when it is positive definite by
/// a margin: no pivot of its Cholesky factor below 1e-10 of the diagonal it came from. Else
/// nothing: a column depends on those before it.
std::optional<Matrix> inverse_if_definite(const Matrix& a);

/// First column of the symmetric `a` that such a pivot condemns, or nothing.
std::optional<std::size_t> first_dependent_column(const Matrix& a);

/// X' diag(w) X for `x` (n, p) and `w` (n): (p, p), symmetric. Cost: O(n p^2), in cached blocks.
Matrix weighted_cross_product(const Matrix& x, const Vector& w);
Matrix weighted_cross_product(const RowMajorMatrix& x, const Vector& w);

/// Why `x` (n, p) with `y` and `weights` (n; empty for all 1) is no regression, or nothing.
std::optional<std::string> regression_fault(const Matrix& x, std::span<const double> y,
                                            std::span<const double> weights);

}  // namespace thaw::stats
