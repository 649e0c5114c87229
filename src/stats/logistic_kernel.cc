#include <cmath>

#include "stats/fast_exp.h"
#include "stats/logistic_pass.h"

namespace thaw::stats {
namespace {

constexpr double kFarthest = 700;  // exp(-700) is still a normal number

}  // namespace

__attribute__((target_clones("avx512f", "avx2", "default"))) double logistic_kernel(
    const double* eta, int n, double* probability) {
  double product = 1;
#pragma omp simd reduction(* : product)
  for (int i = 0; i < n; ++i) {
    const double size = std::fabs(eta[i]);
    const double small = fast_exp(size > kFarthest ? -kFarthest : -size);
    const double sum = 1 + small;
    product *= sum;
    probability[i] = (eta[i] >= 0 ? 1.0 : small) / sum;
  }
  return product;
}

}  // namespace thaw::stats
