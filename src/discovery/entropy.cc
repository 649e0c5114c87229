#include "discovery/entropy.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace thaw::discovery {
namespace {

struct Moments {
  double log_cosh = 0;  // sums over the rows
  double odd = 0;
};

/// exp(x) for -700 < x <= 0 to 1e-11: x = k ln 2 + r, a polynomial for exp(r), k into the exponent.
inline double exponential(double x) {
  constexpr double kShift = 0x1.8p52;  // its lowest bits then hold k
  const double shifted = x * std::numbers::log2e + kShift;
  const double k = shifted - kShift;
  const double r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
  double p = 1.0 / 3628800;
  p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = p * r + 1;
  p = p * r + 1;
  const auto scale = (std::bit_cast<std::uint64_t>(shifted) + 1023U) << 52U;
  return p * std::bit_cast<double>(scale);
}

/// At most 512 rows: log cosh u = |u| + log(1 + exp(-2 |u|)) - log 2, and the logarithms are those
/// of one product, at most 2^512.
__attribute__((target_clones("avx512f", "avx2", "default"))) Moments block_moments(const double* u,
                                                                                   std::size_t n) {
  double size = 0, product = 1, odd = 0;
#pragma omp simd reduction(+ : size, odd) reduction(* : product)
  for (std::size_t i = 0; i < n; ++i) {
    const double value = u[i];
    const double bounded = std::min(std::abs(value), 30.0);
    size += std::abs(value);
    product *= 1 + exponential(-2 * bounded);
    odd += value * exponential(-0.5 * bounded * bounded);
  }
  return {size + std::log(product) - static_cast<double>(n) * std::numbers::ln2, odd};
}

}  // namespace

double standardised_entropy(std::span<const double> u) {
  constexpr std::size_t kBlock = 512;
  constexpr double k1 = 79.047, k2 = 7.4129, kGauss = 0.37457;
  const auto n = static_cast<double>(u.size());
  Moments sum;
  for (std::size_t row = 0; row < u.size(); row += kBlock) {
    const Moments block = block_moments(u.data() + row, std::min(kBlock, u.size() - row));
    sum.log_cosh += block.log_cosh;
    sum.odd += block.odd;
  }
  const double a = sum.log_cosh / n - kGauss;
  const double b = sum.odd / n;
  return 0.5 * (1 + std::log(2 * std::numbers::pi)) - k1 * a * a - k2 * b * b;
}

double normal_p(std::span<const double> u) {
  std::vector<double> sorted(u.begin(), u.end());
  std::ranges::sort(sorted);
  const auto n = static_cast<double>(sorted.size());
  double mean = 0, square = 0;
  for (const double value : sorted) {
    mean += value / n;
  }
  for (const double value : sorted) {
    square += (value - mean) * (value - mean);
  }
  const double sd = std::sqrt(square / (n - 1));
  const auto log_below = [&](double value) {
    return std::log(
        std::max(0.5 * std::erfc(-(value - mean) / sd * std::numbers::sqrt2 / 2), 1e-300));
  };
  double sum = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double above = 2 * mean - sorted[sorted.size() - 1 - i];
    sum += (2 * static_cast<double>(i) + 1) * (log_below(sorted[i]) + log_below(above));
  }
  const double a = (-n - sum / n) * (1 + 0.75 / n + 2.25 / (n * n));
  if (a >= 0.6) {
    const double capped = std::min(a, 13.0);  // beyond, the fitted curve would turn
    return std::exp(1.2937 - 5.709 * capped + 0.0186 * capped * capped);
  }
  if (a > 0.34) {
    return std::exp(0.9177 - 4.279 * a - 1.38 * a * a);
  }
  return a > 0.2 ? 1 - std::exp(-8.318 + 42.796 * a - 59.938 * a * a)
                 : 1 - std::exp(-13.436 + 101.14 * a - 223.73 * a * a);
}

}  // namespace thaw::discovery
