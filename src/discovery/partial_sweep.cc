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
  size_ = search.size;
  variable_.assign(search.candidates.begin(), search.candidates.end());
  column_of_.clear();
  std::size_t at = 0;
  for (const std::uint32_t target : search.targets) {
    while (at < candidates_ && search.candidates[at] < target) {
      ++at;
    }
    if (at < candidates_ && search.candidates[at] == target) {
      column_of_.push_back(static_cast<std::uint32_t>(at));
    } else {
      column_of_.push_back(static_cast<std::uint32_t>(variable_.size()));
      variable_.push_back(target);
    }
  }
  columns_ = variable_.size();
  swept_.resize(std::max<std::size_t>(swept_.size(), std::max<std::size_t>(size_, 1)));
  Swept& whole = swept_[0];
  whole.x_variance = 1;
  whole.diagonal.assign(columns_, 1);
  whole.with_x.resize(columns_);
  whole.rows.resize(size_ == 0 ? 0 : candidates_ * columns_);
  const double* x_column = r.data() + static_cast<std::size_t>(r.rows()) * search.x;
  for (std::size_t u = 0; u < columns_; ++u) {
    whole.with_x[u] = x_column[variable_[u]];
  }
  for (std::size_t j = 0; size_ > 0 && j < candidates_; ++j) {
    const double* column = r.data() + static_cast<std::size_t>(r.rows()) * variable_[j];
    for (std::size_t u = 0; u < columns_; ++u) {
      whole.rows[j * columns_ + u] = column[variable_[u]];
    }
  }
  by_column_.resize(columns_);
  r2_.resize(column_of_.size());
}

void PartialSweep::without_given() {
  for (std::size_t i = 0; i < column_of_.size(); ++i) {
    const double r = swept_[0].with_x[column_of_[i]];
    r2_[i] = r * r;
  }
}

bool PartialSweep::given_one_more(const Swept& swept, std::size_t j) {
  const double* row = swept.rows.data() + j * columns_;
  if (row[j] <= kVarianceMin) {
    return false;
  }
  const double scale = 1 / row[j];
  const double slope = swept.with_x[j] * scale;
  const double x_variance = swept.x_variance - swept.with_x[j] * slope;
  if (x_variance <= kVarianceMin) {
    return false;
  }
  squared_correlations(row, swept.with_x.data(), swept.diagonal.data(), scale, slope, x_variance,
                       columns_, by_column_.data());
  for (std::size_t i = 0; i < column_of_.size(); ++i) {
    r2_[i] = by_column_[column_of_[i]];
  }
  return true;
}

bool PartialSweep::sweep_out(std::size_t depth, std::size_t j) {
  const Swept& from = swept_[depth];
  Swept& to = swept_[depth + 1];
  const double* row = from.rows.data() + j * columns_;
  if (row[j] <= kVarianceMin) {
    return false;
  }
  const double scale = 1 / row[j];
  to.x_variance = from.x_variance - from.with_x[j] * from.with_x[j] * scale;
  if (to.x_variance <= kVarianceMin) {
    return false;
  }
  to.rows.resize(candidates_ * columns_);
  to.diagonal.resize(columns_);
  to.with_x.resize(columns_);
  subtract_squares(from.diagonal.data(), row, scale, columns_, to.diagonal.data());
  subtract_scaled(from.with_x.data(), row, from.with_x[j] * scale, columns_, to.with_x.data());
  for (std::size_t i = j + 1; i < candidates_; ++i) {
    const double* old = from.rows.data() + i * columns_;
    subtract_scaled(old, row, old[j] * scale, columns_, to.rows.data() + i * columns_);
  }
  return true;
}

}  // namespace thaw::discovery
