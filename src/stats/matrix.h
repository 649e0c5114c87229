// The linear algebra that stats is written in: Eigen's dense double matrices, column-major.
#pragma once

#include <Eigen/Dense>
#include <optional>
#include <span>
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

}  // namespace thaw::stats
