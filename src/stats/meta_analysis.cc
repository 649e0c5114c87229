#include "stats/meta_analysis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "stats/distributions.h"

namespace thaw::stats {
namespace {

struct Sums {
  double weight = 0;          // sum of w
  double weight_squared = 0;  // sum of w^2
  double mean = 0;            // sum of w y / sum of w
};

/// Weighted sums with w = 1 / (se^2 + tau2).
Sums weighted_sums(std::span<const double> estimates, std::span<const double> ses, double tau2) {
  Sums sums;
  double total = 0;
  for (std::size_t i = 0; i < estimates.size(); ++i) {
    const double w = 1 / (ses[i] * ses[i] + tau2);
    sums.weight += w;
    sums.weight_squared += w * w;
    total += w * estimates[i];
  }
  sums.mean = total / sums.weight;
  return sums;
}

IntervalEstimate interval(const Sums& sums) {
  const double se = 1 / std::sqrt(sums.weight);
  return {
      .value = sums.mean, .se = se, .low = sums.mean - kZ95 * se, .high = sums.mean + kZ95 * se};
}

Result<Done> check(std::span<const double> estimates, std::span<const double> ses) {
  if (estimates.empty() || estimates.size() != ses.size()) {
    return invalid_argument(
        fmt::format("pooling needs at least one estimate and one standard error each, got {} and "
                    "{}",
                    estimates.size(), ses.size()));
  }
  for (std::size_t i = 0; i < estimates.size(); ++i) {
    const double precision = 1 / (ses[i] * ses[i]);
    if (!std::isfinite(estimates[i]) || !(ses[i] > 0) || !std::isfinite(precision) ||
        precision == 0) {
      return invalid_argument(
          fmt::format("study {} cannot be pooled: estimate {}, standard error {}; both must be "
                      "finite and the error above 0",
                      i + 1, estimates[i], ses[i]));
    }
  }
  return Done{};
}

}  // namespace

Result<PooledEstimate> pool(std::span<const double> estimates, std::span<const double> ses) {
  THAW_CHECK(check(estimates, ses));
  const Sums fixed = weighted_sums(estimates, ses, 0);
  double q = 0;
  for (std::size_t i = 0; i < estimates.size(); ++i) {
    const double z = (estimates[i] - fixed.mean) / ses[i];
    q += z * z;
  }
  const int df = static_cast<int>(estimates.size()) - 1;
  const double spread = fixed.weight - fixed.weight_squared / fixed.weight;
  const double tau2 = df > 0 && spread > 0 ? std::max(0.0, (q - df) / spread) : 0;
  const IntervalEstimate common = interval(fixed);
  PooledEstimate pooled{.value = common.value,
                        .se = common.se,
                        .low = common.low,
                        .high = common.high,
                        .q = q,
                        .df = df,
                        .q_p = df > 0 ? chi_squared_upper_p(q, df) : 1,
                        .i2 = q > df ? (q - df) / q : 0,
                        .tau2 = tau2,
                        .random = interval(weighted_sums(estimates, ses, tau2)),
                        .prediction = std::nullopt};
  if (df == 0) {
    pooled.q = 0;
    pooled.i2 = 0;
  }
  if (df >= 2) {
    const double half =
        student_t_quantile(0.975, df - 1) * std::sqrt(tau2 + pooled.random.se * pooled.random.se);
    pooled.prediction = Interval{pooled.random.value - half, pooled.random.value + half};
  }
  return pooled;
}

}  // namespace thaw::stats
