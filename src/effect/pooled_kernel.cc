#include "effect/pooled_kernel.h"

#include <bit>
#include <cstdint>

#define THAW_WIDE __attribute__((target_clones("avx512f", "avx2", "default")))

namespace thaw::effect {
namespace {

constexpr int kRows = static_cast<int>(kBlockRows);

/// e^x; x is held within [-700, 700].
[[gnu::always_inline]] inline double exponential(double x) {
  constexpr double kMagic = 6755399441055744.0;  // 1.5 2^52: the whole part lands in the low bits
  const double low = x < -700 ? -700 : x;
  const double held = low > 700 ? 700 : low;
  const double shifted = held * 1.4426950408889634 + kMagic;
  const double whole = shifted - kMagic;
  double r = held - whole * 0.693147180369123816490;
  r -= whole * 1.90821492927058770002e-10;
  double series = 1.0 / 6227020800;
  series = series * r + 1.0 / 479001600;
  series = series * r + 1.0 / 39916800;
  series = series * r + 1.0 / 3628800;
  series = series * r + 1.0 / 362880;
  series = series * r + 1.0 / 40320;
  series = series * r + 1.0 / 5040;
  series = series * r + 1.0 / 720;
  series = series * r + 1.0 / 120;
  series = series * r + 1.0 / 24;
  series = series * r + 1.0 / 6;
  series = series * r + 0.5;
  series = series * r + 1;
  series = series * r + 1;
  const std::uint64_t power =
      (std::bit_cast<std::uint64_t>(shifted) << 52U) + 0x3FF0000000000000ULL;
  return series * std::bit_cast<double>(power);
}

[[gnu::always_inline]] inline void log_odds(const double* x, std::size_t columns,
                                            const double* beta, double* eta) {
#pragma omp simd
  for (int i = 0; i < kRows; ++i) {
    eta[i] = beta[0] * x[i];
  }
  for (std::size_t j = 1; j < columns; ++j) {
    const double* own = x + j * kBlockRows;
    const double b = beta[j];
#pragma omp simd
    for (int i = 0; i < kRows; ++i) {
      eta[i] += b * own[i];
    }
  }
}

[[gnu::always_inline]] inline double dot(const double* a, const double* b) {
  double sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int i = 0; i < kRows; ++i) {
    sum += a[i] * b[i];
  }
  return sum;
}

/// Four dot products at once, so that their additions do not wait for each other.
[[gnu::always_inline]] inline void dot4(const double* a, const double* x, double* out) {
  double s0 = 0;
  double s1 = 0;
  double s2 = 0;
  double s3 = 0;
#pragma omp simd reduction(+ : s0, s1, s2, s3)
  for (int i = 0; i < kRows; ++i) {
    s0 += a[i] * x[i];
    s1 += a[i] * x[i + kRows];
    s2 += a[i] * x[i + 2 * kRows];
    s3 += a[i] * x[i + 3 * kRows];
  }
  out[0] += s0;
  out[1] += s1;
  out[2] += s2;
  out[3] += s3;
}

}  // namespace

THAW_WIDE void block_probability(const double* x, std::size_t columns, const double* beta,
                                 double* probability) {
  log_odds(x, columns, beta, probability);
#pragma omp simd
  for (int i = 0; i < kRows; ++i) {
    probability[i] = 1 / (1 + exponential(-probability[i]));
  }
}

THAW_WIDE void block_newton(const double* x, std::size_t columns, const double* beta,
                            const double* y, const double* weight, double* score,
                            double* information, double* scratch) {
  double* eta = scratch;
  double* residual = scratch + kBlockRows;
  double* scaled = scratch + 2 * kBlockRows;
  log_odds(x, columns, beta, eta);
#pragma omp simd
  for (int i = 0; i < kRows; ++i) {
    const double p = 1 / (1 + exponential(-eta[i]));
    residual[i] = weight[i] * (y[i] - p);
    eta[i] = weight[i] * p * (1 - p);  // from here on the weight of the information
  }
  for (std::size_t j = 0; j < columns; ++j) {
    const double* own = x + j * kBlockRows;
    score[j] += dot(own, residual);
#pragma omp simd
    for (int i = 0; i < kRows; ++i) {
      scaled[i] = eta[i] * own[i];
    }
    std::size_t k = 0;
    for (; k + 4 <= j + 1; k += 4) {
      dot4(scaled, x + k * kBlockRows, information + k);
    }
    for (; k <= j; ++k) {
      information[k] += dot(scaled, x + k * kBlockRows);
    }
    information += j + 1;
  }
}

}  // namespace thaw::effect
