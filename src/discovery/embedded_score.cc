#include "discovery/embedded_score.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw::discovery {
namespace {

using stats::Matrix;

constexpr double kPivotMin = 1e-10;  // of a variance of 1: what is left then is rounding
constexpr double kImpossible = -std::numeric_limits<double>::infinity();

// Three loops are nearly all the time of a search; they run on the widest vectors at hand. The
// additions of one entry keep their order, but a fused multiply-add rounds once where a multiply
// and an add round twice: the last bits may differ between kinds of processors, as a BLAS's do.
#define THAW_WIDEST __attribute__((target_clones("avx512f", "avx2", "default")))

THAW_WIDEST void subtract_multiple(double* to, const double* from, double factor, std::size_t n) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    to[i] -= factor * from[i];
  }
}

/// row *= scale; variance -= row^2; covariance -= at_child * row.
THAW_WIDEST void finish_row(double* row, double* variance, double* covariance, double scale,
                            double at_child, std::size_t n) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    row[i] *= scale;
    variance[i] -= row[i] * row[i];
    covariance[i] -= at_child * row[i];
  }
}

/// Squared partial correlations; 0 where a variance is rounding.
THAW_WIDEST void squared_correlations(double* covariance, const double* variance,
                                      double child_variance, std::size_t n) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    covariance[i] = variance[i] > kPivotMin
                        ? covariance[i] * covariance[i] / (variance[i] * child_variance)
                        : 0;
  }
}

#undef THAW_WIDEST

/// log det of the part of `r` that `columns` name; nothing below the pivot limit.
double log_determinant(const Matrix& r, std::span<const std::uint32_t> columns) {
  const auto k = static_cast<Eigen::Index>(columns.size());
  Matrix l(k, k);
  double sum = 0;
  for (Eigen::Index j = 0; j < k; ++j) {
    for (Eigen::Index i = j; i < k; ++i) {
      l(i, j) = r(columns[static_cast<std::size_t>(i)], columns[static_cast<std::size_t>(j)]);
    }
  }
  for (Eigen::Index j = 0; j < k; ++j) {
    for (Eigen::Index m = 0; m < j; ++m) {
      for (Eigen::Index i = j; i < k; ++i) {
        l(i, j) -= l(i, m) * l(j, m);
      }
    }
    if (!(l(j, j) > kPivotMin)) {
      return kImpossible;
    }
    sum += std::log(l(j, j));
    l.col(j).tail(k - j) /= std::sqrt(l(j, j));
  }
  return sum;
}

/// Rows of L^-1 R[given, all], L the Cholesky factor of R[given, given], one a column: what the
/// columns of `given` explain of every column. Empty when they depend on each other.
bool explained_rows(const Matrix& r, std::span<const std::uint32_t> given, Matrix& rows) {
  const auto q = static_cast<std::size_t>(r.rows());
  rows.resize(r.rows(), static_cast<Eigen::Index>(given.size()));
  for (std::size_t i = 0; i < given.size(); ++i) {
    double* row = rows.col(static_cast<Eigen::Index>(i)).data();
    const double* source = r.col(given[i]).data();
    std::copy(source, source + q, row);
    for (std::size_t j = 0; j < i; ++j) {
      const double* before = rows.col(static_cast<Eigen::Index>(j)).data();
      subtract_multiple(row, before, before[given[i]], q);
    }
    if (!(row[given[i]] > kPivotMin)) {
      return false;
    }
    const double scale = 1 / std::sqrt(row[given[i]]);
    for (std::size_t c = 0; c < q; ++c) {
      row[c] *= scale;
    }
  }
  return true;
}

}  // namespace

EmbeddedScore::EmbeddedScore(Matrix correlation, std::vector<std::size_t> first, double rows,
                             double penalty, double sparsity, const Knowledge& knowledge)
    : LocalScore(first.size() - 1, 2, rows, sparsity, knowledge),
      correlation_(std::move(correlation)),
      first_(std::move(first)),
      single_(first_.back() == first_.size() - 1),
      rows_(rows),
      per_coefficient_(penalty * std::log(rows)),
      highest_prior_(-std::numeric_limits<double>::infinity()) {
  for (std::uint32_t a = 0; a < variables(); ++a) {
    for (std::uint32_t b = 0; b < variables(); ++b) {
      highest_prior_ = std::max(highest_prior_, prior(a, b));
    }
  }
}

std::vector<std::uint32_t> EmbeddedScore::columns_of(
    std::span<const std::uint32_t> variables) const {
  std::vector<std::uint32_t> columns;
  columns.reserve(variables.size());
  for (const std::uint32_t v : variables) {
    for (std::size_t c = first_[v]; c < first_[v + 1]; ++c) {
      columns.push_back(static_cast<std::uint32_t>(c));
    }
  }
  return columns;
}

double EmbeddedScore::data_score(std::uint32_t child,
                                 std::span<const std::uint32_t> parents) const {
  std::vector<std::uint32_t> columns = columns_of(parents);
  const double coefficients =
      static_cast<double>(columns.size()) * static_cast<double>(width(child));
  const double without = log_determinant(correlation_, columns);
  for (std::size_t c = first_[child]; c < first_[child + 1]; ++c) {
    columns.push_back(static_cast<std::uint32_t>(c));
  }
  const double with = log_determinant(correlation_, columns);
  if (!std::isfinite(without) || !std::isfinite(with)) {
    return kImpossible;
  }
  return -rows_ * (with - without) - per_coefficient_ * coefficients;
}

void EmbeddedScore::data_gains(std::uint32_t child, std::span<const std::uint32_t> parents,
                               std::span<const std::uint8_t> allowed,
                               std::vector<Gain>& gains) const {
  if (single_) {
    single_gains(child, parents, allowed, gains);
  } else {
    block_gains(child, parents, allowed, gains);
  }
}

void EmbeddedScore::single_gains(std::uint32_t child, std::span<const std::uint32_t> parents,
                                 std::span<const std::uint8_t> allowed,
                                 std::vector<Gain>& gains) const {
  const std::size_t p = variables();
  thread_local std::vector<double> scratch;
  scratch.resize((parents.size() + 2) * p);
  double* variance = scratch.data();
  double* covariance = variance + p;
  std::fill(variance, variance + p, 1.0);
  std::copy_n(correlation_.col(child).data(), p, covariance);
  for (std::size_t i = 0; i < parents.size(); ++i) {
    double* row = covariance + (i + 1) * p;
    std::copy_n(correlation_.col(parents[i]).data(), p, row);
    for (std::size_t j = 0; j < i; ++j) {
      const double* before = covariance + (j + 1) * p;
      subtract_multiple(row, before, before[parents[i]], p);
    }
    if (!(row[parents[i]] > kPivotMin)) {
      return;
    }
    const double scale = 1 / std::sqrt(row[parents[i]]);
    finish_row(row, variance, covariance, scale, row[child] * scale, p);
  }
  const double child_variance = variance[child];
  if (!(child_variance > kPivotMin)) {
    return;
  }
  squared_correlations(covariance, variance, child_variance, p);
  const double* squared = covariance;
  const double smallest = -std::expm1(-(per_coefficient_ - highest_prior_) / rows_);
  for (std::uint32_t v = 0; v < p; ++v) {
    if (squared[v] >= smallest && allowed[v] != 0 && squared[v] < 1) {
      const double gain = -rows_ * std::log1p(-squared[v]) - per_coefficient_ + prior(v, child);
      if (gain > tolerance()) {
        gains.push_back({v, gain});
      }
    }
  }
}

void EmbeddedScore::block_gains(std::uint32_t child, std::span<const std::uint32_t> parents,
                                std::span<const std::uint8_t> allowed,
                                std::vector<Gain>& gains) const {
  Matrix rows;
  if (!explained_rows(correlation_, columns_of(parents), rows)) {
    return;
  }
  const auto residual = [&](std::size_t a, std::size_t b) {
    const auto i = static_cast<Eigen::Index>(a);
    const auto j = static_cast<Eigen::Index>(b);
    return correlation_(i, j) - rows.row(i).dot(rows.row(j));
  };
  const auto block = [&](std::span<const std::size_t> columns) {
    const auto k = static_cast<Eigen::Index>(columns.size());
    Matrix part(k, k);
    for (Eigen::Index i = 0; i < k; ++i) {
      for (Eigen::Index j = 0; j <= i; ++j) {
        part(i, j) = part(j, i) =
            residual(columns[static_cast<std::size_t>(i)], columns[static_cast<std::size_t>(j)]);
      }
    }
    return part;
  };
  const auto log_det = [](const Matrix& part) {
    std::vector<std::uint32_t> all(static_cast<std::size_t>(part.rows()));
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i] = static_cast<std::uint32_t>(i);
    }
    return log_determinant(part, all);
  };
  std::vector<std::size_t> own;
  for (std::size_t c = first_[child]; c < first_[child + 1]; ++c) {
    own.push_back(c);
  }
  const double alone = log_det(block(own));
  for (std::uint32_t v = 0; v < variables(); ++v) {
    if (allowed[v] == 0) {
      continue;
    }
    std::vector<std::size_t> columns;
    for (std::size_t c = first_[v]; c < first_[v + 1]; ++c) {
      columns.push_back(c);
    }
    const double candidate = log_det(block(columns));
    columns.insert(columns.end(), own.begin(), own.end());
    const double both = log_det(block(columns));
    const double gain = -rows_ * (both - candidate - alone) -
                        per_coefficient_ * static_cast<double>(width(v) * width(child)) +
                        prior(v, child);
    if (gain > tolerance() && std::isfinite(gain)) {
      gains.push_back({v, gain});
    }
  }
}

}  // namespace thaw::discovery
