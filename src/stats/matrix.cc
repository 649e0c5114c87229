#include "stats/matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace thaw::stats {
namespace {

constexpr double kPivotMin = 1e-10;

struct Factor {
  Matrix lower;
  std::optional<std::size_t> bad_column;
};

/// Cholesky factor with the pivot condition that matrix.h states.
Factor cholesky(const Matrix& a) {
  const Eigen::Index p = a.rows();
  Factor factor{.lower = Matrix::Zero(p, p), .bad_column = std::nullopt};
  Matrix& l = factor.lower;
  for (Eigen::Index j = 0; j < p; ++j) {
    const double pivot = a(j, j) - l.row(j).head(j).squaredNorm();
    if (!(pivot > kPivotMin * a(j, j)) || !std::isfinite(pivot)) {
      factor.bad_column = static_cast<std::size_t>(j);
      return factor;
    }
    l(j, j) = std::sqrt(pivot);
    for (Eigen::Index i = j + 1; i < p; ++i) {
      l(i, j) = (a(i, j) - l.row(i).head(j).dot(l.row(j).head(j))) / l(j, j);
    }
  }
  return factor;
}

template <class AnyMatrix>
Matrix cross_product_in_blocks(const AnyMatrix& x, const Vector& w) {
  constexpr Eigen::Index kBlockRows = 512;
  Matrix sum = Matrix::Zero(x.cols(), x.cols());
  AnyMatrix weighted(kBlockRows, x.cols());
  for (Eigen::Index row = 0; row < x.rows(); row += kBlockRows) {
    const Eigen::Index rows = std::min(kBlockRows, x.rows() - row);
    const auto block = x.middleRows(row, rows);
    weighted.topRows(rows).noalias() = w.segment(row, rows).asDiagonal() * block;
    sum.noalias() += block.transpose() * weighted.topRows(rows);
  }
  return 0.5 * (sum + sum.transpose());
}

}  // namespace

std::optional<Matrix> inverse_if_definite(const Matrix& a) {
  const Factor factor = cholesky(a);
  if (factor.bad_column) {
    return std::nullopt;
  }
  const Matrix inverse_lower =
      factor.lower.triangularView<Eigen::Lower>().solve(Matrix::Identity(a.rows(), a.cols()));
  return inverse_lower.transpose() * inverse_lower;
}

std::optional<std::size_t> first_dependent_column(const Matrix& a) {
  return cholesky(a).bad_column;
}

Matrix weighted_cross_product(const Matrix& x, const Vector& w) {
  return cross_product_in_blocks(x, w);
}

Matrix weighted_cross_product(const RowMajorMatrix& x, const Vector& w) {
  return cross_product_in_blocks(x, w);
}

std::optional<std::string> regression_fault(const Matrix& x, std::span<const double> y,
                                            std::span<const double> weights) {
  const auto n = static_cast<std::size_t>(x.rows());
  if (y.size() != n || (!weights.empty() && weights.size() != n)) {
    return fmt::format("{} rows of covariates, {} outcomes and {} weights do not match", n,
                       y.size(), weights.size());
  }
  if (x.cols() == 0 || x.rows() <= x.cols()) {
    return fmt::format("{} rows are too few for {} coefficients", n, x.cols());
  }
  if (!x.allFinite() || !as_vector(y).allFinite()) {
    return "a covariate or an outcome is missing or infinite";
  }
  const auto bad = std::ranges::find_if(
      weights, [](double weight) { return !std::isfinite(weight) || weight < 0; });
  if (bad != weights.end()) {
    return fmt::format("weight {} is {}; weights must be finite and not negative",
                       bad - weights.begin() + 1, *bad);
  }
  if (!weights.empty() && as_vector(weights).sum() <= 0) {
    return "all weights are 0";
  }
  return std::nullopt;
}

}  // namespace thaw::stats
