#include <bit>
#include <cmath>
#include <cstdint>

#include "stats/logistic_pass.h"

namespace thaw::stats {
namespace {

constexpr double kLog2E = 1.4426950408889634074;
constexpr double kLn2High = 6.93147180369123816490e-01;  // 33 bits of ln 2: k times it is exact
constexpr double kLn2Low = 1.90821492927058770002e-10;
constexpr double kRounder = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to a whole number
constexpr double kFarthest = 700;                // exp(-700) is still a normal number

/// exp(`x`) for x in [-700, 0]; no branch, so that rows can be taken several at a time.
inline double exp_of_negative(double x) {
  const double shifted = x * kLog2E + kRounder;
  const double k = shifted - kRounder;
  const double r = (x - k * kLn2High) - k * kLn2Low;  // |r| <= ln 2 / 2
  // Taylor's series to the 13th power: the rest is below 4e-18 of the sum.
  double sum = 1.0 / 6227020800;
  sum = sum * r + 1.0 / 479001600;
  sum = sum * r + 1.0 / 39916800;
  sum = sum * r + 1.0 / 3628800;
  sum = sum * r + 1.0 / 362880;
  sum = sum * r + 1.0 / 40320;
  sum = sum * r + 1.0 / 5040;
  sum = sum * r + 1.0 / 720;
  sum = sum * r + 1.0 / 120;
  sum = sum * r + 1.0 / 24;
  sum = sum * r + 1.0 / 6;
  sum = sum * r + 0.5;
  sum = sum * r + 1;
  sum = sum * r + 1;
  const std::uint64_t power = (std::bit_cast<std::uint64_t>(shifted) + 1023) << 52U;
  return sum * std::bit_cast<double>(power);
}

}  // namespace

__attribute__((target_clones("avx512f", "avx2", "default"))) double logistic_kernel(
    const double* eta, int n, double* probability) {
  double product = 1;
#pragma omp simd reduction(* : product)
  for (int i = 0; i < n; ++i) {
    const double size = std::fabs(eta[i]);
    const double small = exp_of_negative(size > kFarthest ? -kFarthest : -size);
    const double sum = 1 + small;
    product *= sum;
    probability[i] = (eta[i] >= 0 ? 1.0 : small) / sum;
  }
  return product;
}

}  // namespace thaw::stats
