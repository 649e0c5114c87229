#include "stats/tiles.h"

#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <new>

#include "stats/fast_exp.h"

// Sanitizers and static analysis know nothing of code that is chosen at start-up.
#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)
#define THAW_WIDEST
#else
#define THAW_WIDEST __attribute__((target_clones("avx512f", "avx2", "default")))
#endif

namespace thaw::stats {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

}  // namespace

TiledMatrix::TiledMatrix(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns) {
  const std::size_t values = tiles() * kTileRows * columns;
  const std::size_t bytes = (values * sizeof(double) + kHugePage - 1) / kHugePage * kHugePage;
  if (bytes < kHugePage) {
    data_.reset(static_cast<double*>(std::calloc(values + 1, sizeof(double))));
  } else {
    data_.reset(static_cast<double*>(std::aligned_alloc(kHugePage, bytes)));
    if (data_) {
      madvise(data_.get(), bytes, MADV_HUGEPAGE);  // Fewer page faults; no matter if refused.
    }
  }
  if (!data_) {
    throw std::bad_alloc();
  }
  for (std::size_t j = 0; j < columns && rows > 0; ++j) {
    std::fill_n(column(tiles() - 1, j), kTileRows, 0.0);
  }
}

void TiledMatrix::Free::operator()(double* data) const {
  std::free(data);
}

std::size_t TiledMatrix::rows_of(std::size_t tile) const {
  return std::min(kTileRows, rows_ - tile * kTileRows);
}

THAW_WIDEST double weighted_hazards(const double* x, std::size_t columns, const double* coef,
                                    const double* w, std::size_t rows, double* out) {
  double sums[kTileRows];
  for (std::size_t i = 0; i < rows; ++i) {
    sums[i] = 0;
  }
  for (std::size_t j = 0; j < columns; ++j) {
    const double* xj = x + j * kTileRows;
    const double b = coef[j];
#pragma omp simd
    for (std::size_t i = 0; i < rows; ++i) {
      sums[i] += b * xj[i];
    }
  }
  double largest = 0;
  double check = 0;  // NaN or infinite when a sum is, which comparing does not tell.
#pragma omp simd reduction(max : largest) reduction(+ : check)
  for (std::size_t i = 0; i < rows; ++i) {
    const double size = std::fabs(sums[i]);
    largest = size > largest ? size : largest;
    check += size;
  }
  if (w == nullptr) {
#pragma omp simd
    for (std::size_t i = 0; i < rows; ++i) {
      out[i] = fast_exp(sums[i]);
    }
  } else {
#pragma omp simd
    for (std::size_t i = 0; i < rows; ++i) {
      out[i] = w[i] * fast_exp(sums[i]);
    }
  }
  return std::isfinite(check) ? largest : std::numeric_limits<double>::quiet_NaN();
}

THAW_WIDEST void add_weighted_products(const double* x, std::size_t columns, std::size_t stride,
                                       const double* q, std::size_t rows, Matrix& sum) {
  double weighted[kTileRows];
  double* const out = sum.data();
  for (std::size_t begin = 0; begin < rows; begin += kTileRows) {
    const std::size_t size = rows - begin < kTileRows ? rows - begin : kTileRows;
    for (std::size_t j = 0; j < columns; ++j) {
      const double* xj = x + j * stride + begin;
#pragma omp simd
      for (std::size_t i = 0; i < size; ++i) {
        weighted[i] = q[begin + i] * xj[i];
      }
      std::size_t l = j;
      for (; l + 4 <= columns; l += 4) {
        const double* x0 = x + l * stride + begin;
        const double* x1 = x0 + stride;
        const double* x2 = x1 + stride;
        const double* x3 = x2 + stride;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
#pragma omp simd reduction(+ : s0, s1, s2, s3)
        for (std::size_t i = 0; i < size; ++i) {
          s0 += weighted[i] * x0[i];
          s1 += weighted[i] * x1[i];
          s2 += weighted[i] * x2[i];
          s3 += weighted[i] * x3[i];
        }
        double* const place = out + j * columns + l;
        place[0] += s0;
        place[1] += s1;
        place[2] += s2;
        place[3] += s3;
      }
      for (; l < columns; ++l) {
        const double* xl = x + l * stride + begin;
        double s = 0;
#pragma omp simd reduction(+ : s)
        for (std::size_t i = 0; i < size; ++i) {
          s += weighted[i] * xl[i];
        }
        out[j * columns + l] += s;
      }
    }
  }
}

THAW_WIDEST double dot(const double* a, const double* b, std::size_t rows) {
  double sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::size_t i = 0; i < rows; ++i) {
    sum += a[i] * b[i];
  }
  return sum;
}

THAW_WIDEST Moments moments(const double* x, const double* w, std::size_t rows, double shift) {
  double first = 0;
  double second = 0;
  if (w == nullptr) {
#pragma omp simd reduction(+ : first, second)
    for (std::size_t i = 0; i < rows; ++i) {
      const double d = x[i] - shift;
      first += d;
      second += d * d;
    }
  } else {
#pragma omp simd reduction(+ : first, second)
    for (std::size_t i = 0; i < rows; ++i) {
      const double d = x[i] - shift;
      first += w[i] * d;
      second += w[i] * d * d;
    }
  }
  return {first, second};
}

}  // namespace thaw::stats
