// Covariates in tiles of 512 rows, each tile's columns one after another: what fits the nearest
// cache and lets every kernel run down a column with the widest registers there are.
//
// The kernels come in three versions (512, 256 and 128 bits wide); the processor chooses when the
// program starts. Their last bits may differ between processors, so no decision may hang on them.
// Check: against plain loops.
#pragma once

#include <cstddef>
#include <memory>

#include "stats/matrix.h"

namespace thaw::stats {

inline constexpr std::size_t kTileRows = 512;

/// Rows x columns of doubles in tiles; rows past the last are 0 in the last tile.
class TiledMatrix {
 public:
  TiledMatrix() = default;
  TiledMatrix(std::size_t rows, std::size_t columns);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  std::size_t tiles() const { return (rows_ + kTileRows - 1) / kTileRows; }
  /// Rows of `tile` that are rows of the matrix.
  std::size_t rows_of(std::size_t tile) const;

  double* column(std::size_t tile, std::size_t j) {
    return data_.get() + (tile * columns_ + j) * kTileRows;
  }
  const double* column(std::size_t tile, std::size_t j) const {
    return data_.get() + (tile * columns_ + j) * kTileRows;
  }
  double operator()(std::size_t row, std::size_t j) const {
    return column(row / kTileRows, j)[row % kTileRows];
  }

 private:
  struct Free {
    void operator()(double* data) const;
  };
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::unique_ptr<double[], Free> data_;
};

/// out[i] = w[i] exp(sum over j of x[j kTileRows + i] coef[j]) for i below `rows`; `w` may be null
/// for all 1. Returns the largest absolute value of the sums, NaN if one is. Sums beyond 700 in
/// size give no meaning.
double weighted_hazards(const double* x, std::size_t columns, const double* coef, const double* w,
                        std::size_t rows, double* out);

/// Adds X' diag(q) X, lower triangle, to `sum` (p, p); `x` has its columns `stride` apart.
void add_weighted_products(const double* x, std::size_t columns, std::size_t stride,
                           const double* q, std::size_t rows, Matrix& sum);

/// sum of a[i] b[i].
double dot(const double* a, const double* b, std::size_t rows);

/// Sums of w (x - shift) and w (x - shift)^2; `w` may be null for all 1.
struct Moments {
  double first;
  double second;
};
Moments moments(const double* x, const double* w, std::size_t rows, double shift);

}  // namespace thaw::stats
