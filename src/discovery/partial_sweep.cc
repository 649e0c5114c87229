#include "discovery/partial_sweep.h"

#include <algorithm>

namespace thaw::discovery {
namespace {

/// A variance of a standardised variable below this is no variance.
constexpr double kVarianceMin = 1e-10;

// Built for the widest vectors of the processor it runs on; no sum is reordered, so that each
// gives the same bits up to fused multiply-adds.
#define THAW_WIDE __attribute__((target_clones("avx512f", "avx2", "default")))

/// The squared correlations with x of all columns after one more candidate is swept out: `row` is
/// its row, `scale` 1 / its variance, `slope` its covariance with x over its variance.
THAW_WIDE void squared_correlations(const double* row, const double* with_x, const double* diagonal,
                                    double scale, double slope, double x_variance,
                                    std::size_t columns, double* r2) {
#pragma omp simd
  for (std::size_t u = 0; u < columns; ++u) {
    const double covariance = with_x[u] - slope * row[u];
    const double variance = diagonal[u] - row[u] * row[u] * scale;
    const double value = covariance * covariance / (variance * x_variance);
    r2[u] = variance > kVarianceMin ? value : kNoCorrelation;
  }
}

/// to = from - factor * row.
THAW_WIDE void subtract_scaled(const double* from, const double* row, double factor,
                               std::size_t columns, double* to) {
#pragma omp simd
  for (std::size_t u = 0; u < columns; ++u) {
    to[u] = from[u] - factor * row[u];
  }
}

/// to = from - scale * row^2.
THAW_WIDE void subtract_squares(const double* from, const double* row, double scale,
                                std::size_t columns, double* to) {
#pragma omp simd
  for (std::size_t u = 0; u < columns; ++u) {
    to[u] = from[u] - scale * row[u] * row[u];
  }
}

}  // namespace

void PartialSweep::load(const stats::Matrix& r, const SetSearch& search) {
  candidates_ = search.candidates.size();
  targets_ = search.targets.size();
  columns_ = targets_ + candidates_;
  size_ = search.size;
  variable_.assign(search.targets.begin(), search.targets.end());
  variable_.insert(variable_.end(), search.candidates.begin(), search.candidates.end());
  swept_.resize(std::max({swept_.size(), size_, std::size_t{1}}));
  Swept& whole = swept_[0];
  whole.x_variance = 1;
  whole.diagonal.assign(targets_, 1);
  whole.with_x.resize(columns_);
  const double* x_column = r.data() + static_cast<std::size_t>(r.rows()) * search.x;
  for (std::size_t u = 0; u < columns_; ++u) {
    whole.with_x[u] = x_column[variable_[u]];
  }
  whole.rows.resize(size_ == 0 ? 0 : candidates_ * columns_);
  for (std::size_t j = 0; size_ > 0 && j < candidates_; ++j) {
    const double* column = r.data() + static_cast<std::size_t>(r.rows()) * search.candidates[j];
    double* row = whole.rows.data() + j * columns_;
    const std::size_t needed = size_ == 1 ? targets_ : columns_;
    for (std::size_t u = 0; u < needed; ++u) {
      row[u] = column[variable_[u]];
    }
    row[targets_ + j] = 1;
  }
  r2_.resize(targets_);
}

void PartialSweep::without_given() {
  for (std::size_t i = 0; i < targets_; ++i) {
    r2_[i] = swept_[0].with_x[i] * swept_[0].with_x[i];
  }
}

bool PartialSweep::given_one_more(const Swept& swept, std::size_t j) {
  const double* row = swept.rows.data() + j * columns_;
  const double variance = row[targets_ + j];
  const double with_x = swept.with_x[targets_ + j];
  if (variance <= kVarianceMin) {
    return false;
  }
  const double scale = 1 / variance;
  const double slope = with_x * scale;
  const double x_variance = swept.x_variance - with_x * slope;
  if (x_variance <= kVarianceMin) {
    return false;
  }
  squared_correlations(row, swept.with_x.data(), swept.diagonal.data(), scale, slope, x_variance,
                       targets_, r2_.data());
  return true;
}

bool PartialSweep::sweep_out(std::size_t depth, std::size_t j) {
  const Swept& from = swept_[depth];
  Swept& to = swept_[depth + 1];
  const double* row = from.rows.data() + j * columns_;
  const double variance = row[targets_ + j];
  const double with_x = from.with_x[targets_ + j];
  if (variance <= kVarianceMin) {
    return false;
  }
  const double scale = 1 / variance;
  to.x_variance = from.x_variance - with_x * with_x * scale;
  if (to.x_variance <= kVarianceMin) {
    return false;
  }
  to.rows.resize(candidates_ * columns_);
  to.diagonal.resize(targets_);
  to.with_x.resize(columns_);
  const bool before_last = depth + 2 == size_;
  subtract_squares(from.diagonal.data(), row, scale, targets_, to.diagonal.data());
  subtract_scaled(from.with_x.data(), row, with_x * scale, columns_, to.with_x.data());
  for (std::size_t i = j + 1; i < candidates_; ++i) {
    const double* old = from.rows.data() + i * columns_;
    double* changed = to.rows.data() + i * columns_;
    const double factor = row[targets_ + i] * scale;
    // The last variable of a set needs its variance and the targets; others the later candidates.
    subtract_scaled(old, row, factor, targets_, changed);
    const std::size_t rest = targets_ + i;
    subtract_scaled(old + rest, row + rest, factor, before_last ? 1 : candidates_ - i,
                    changed + rest);
  }
  return true;
}

}  // namespace thaw::discovery
