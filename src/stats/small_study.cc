#include "stats/small_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "stats/distributions.h"

namespace thaw::stats {
namespace {

Matrix ones(std::size_t k) {
  return Matrix::Ones(static_cast<Eigen::Index>(k), 1);
}

Matrix with_standard_error(const Matrix& x, std::span<const double> v) {
  Matrix wider(x.rows(), x.cols() + 1);
  wider << x, as_vector(v).cwiseSqrt();
  return wider;
}

/// Pairs that agree minus pairs that do not, and sums over ties.
struct Concordance {
  double difference = 0;
  double concordant = 0;
  std::map<double, double> ties_a, ties_b;  // value to how often
};

Concordance concordance(const Vector& a, const Vector& b) {
  Concordance c;
  for (Eigen::Index i = 0; i < a.size(); ++i) {
    ++c.ties_a[a[i]];
    ++c.ties_b[b[i]];
    for (Eigen::Index j = 0; j < i; ++j) {
      const double sign = (a[i] - a[j] > 0 ? 1.0
                           : a[i] == a[j]  ? 0.0
                                           : -1.0) *
                          (b[i] - b[j] > 0 ? 1.0
                           : b[i] == b[j]  ? 0.0
                                           : -1.0);
      c.difference += sign;
      c.concordant += sign > 0 ? 1 : 0;
    }
  }
  return c;
}

/// Sums over groups of equal values of t(t-1), t(t-1)(t-2) and t(t-1)(2t+5).
struct TieSums {
  double two = 0, three = 0, variance = 0;
};

TieSums tie_sums(const std::map<double, double>& ties) {
  TieSums sums;
  for (const auto& [value, t] : ties) {
    sums.two += t * (t - 1);
    sums.three += t * (t - 1) * (t - 2);
    sums.variance += t * (t - 1) * (2 * t + 5);
  }
  return sums;
}

/// Variance of the difference under independence (Kendall 1975, Rank Correlation Methods).
double concordance_variance(double n, const TieSums& a, const TieSums& b) {
  return (n * (n - 1) * (2 * n + 5) - a.variance - b.variance) / 18 +
         a.three * b.three / (9 * n * (n - 1) * (n - 2)) + a.two * b.two / (2 * n * (n - 1));
}

/// Signed ranks of the distances from `centre`, equal distances in the order given.
std::vector<double> signed_ranks(const std::vector<double>& y, double centre) {
  std::vector<std::size_t> order(y.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::fabs(y[i] - centre); });
  std::vector<double> ranks(y.size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    const double apart = y[order[place]] - centre;
    const double sign = apart > 0 ? 1 : apart < 0 ? -1 : 0;
    ranks[order[place]] = sign * static_cast<double>(place + 1);
  }
  return ranks;
}

struct Missing {
  double count;
  double se;
};

Missing estimate_missing(const std::vector<double>& ranks, TrimFillEstimator estimator) {
  const auto k = static_cast<double>(ranks.size());
  if (estimator == TrimFillEstimator::kR0) {
    double lowest = 0;
    for (const double rank : ranks) {
      lowest = std::max(lowest, -rank);
    }
    const double count = k - lowest - 1;
    return {std::max(0.0, count), std::sqrt(2 * std::max(0.0, count) + 2)};
  }
  double positive = 0;
  for (const double rank : ranks) {
    positive += std::max(0.0, rank);
  }
  const double count = (4 * positive - k * (k + 1)) / (2 * k - 1);
  const double m = count;
  const double variance = (k * (k + 1) * (2 * k + 1) + 10 * m * m * m + 27 * m * m + 17 * m -
                           18 * k * m * m - 18 * k * m + 6 * k * k * m) /
                          24;
  return {std::max(0.0, std::nearbyint(count)),
          4 * std::sqrt(std::max(0.0, variance)) / (2 * k - 1)};
}

/// Estimates turned so that studies are missing on the left, in rising order.
struct Turned {
  std::vector<double> y, v;
};

Turned turned(std::span<const double> y, std::span<const double> v, bool mirrored) {
  std::vector<std::pair<double, double>> pairs;
  for (std::size_t i = 0; i < y.size(); ++i) {
    pairs.emplace_back(mirrored ? -y[i] : y[i], v[i]);
  }
  std::ranges::sort(pairs);
  Turned t;
  for (const auto& [estimate, variance] : pairs) {
    t.y.push_back(estimate);
    t.v.push_back(variance);
  }
  return t;
}

Result<double> trimmed_mean(const Turned& t, std::size_t kept, const MetaOptions& options) {
  const std::span y(t.y);
  const std::span v(t.v);
  const auto rows = MetaRows::make(ones(kept), y.first(kept), v.first(kept));
  if (!rows) {
    return invalid_argument("trim and fill leaves fewer than two studies");
  }
  return fit_meta(*rows, options).coef[0];
}

}  // namespace

Result<EggerTest> egger_test(const Matrix& x, std::span<const double> y, std::span<const double> v,
                             const MetaOptions& options) {
  if (x.rows() != static_cast<Eigen::Index>(v.size())) {
    return invalid_argument("moderators and variances do not match");
  }
  THAW_TRY(const MetaRows rows, MetaRows::make(with_standard_error(x, v), y, v));
  const MetaFit fit = fit_meta(rows, options);
  const Eigen::Index slope = x.cols();
  return EggerTest{.slope = fit.coef[slope],
                   .statistic = fit.statistic[slope],
                   .df = fit.df,
                   .p = fit.p_value[slope],
                   .limit = fit.coef[0],
                   .limit_low = fit.low[0],
                   .limit_high = fit.high[0]};
}

double kendall_exact_p(int n, double concordant) {
  // Probabilities of each number of inversions, adding one value at a time.
  const int pairs = n * (n - 1) / 2;
  std::vector<double> p(static_cast<std::size_t>(pairs) + 1, 0.0);
  p[0] = 1;
  for (int m = 2; m <= n; ++m) {
    std::vector<double> next(p.size(), 0.0);
    for (int count = 0; count <= m * (m - 1) / 2; ++count) {
      for (int add = 0; add < m && add <= count; ++add) {
        next[static_cast<std::size_t>(count)] += p[static_cast<std::size_t>(count - add)] / m;
      }
    }
    p = std::move(next);
  }
  const auto cut =
      static_cast<std::size_t>(std::min(concordant, static_cast<double>(pairs) - concordant));
  double tail = 0;
  for (std::size_t count = 0; count <= cut; ++count) {
    tail += p[count];
  }
  return std::min(1.0, 2 * tail);
}

Result<RankTest> rank_test(std::span<const double> y, std::span<const double> v) {
  constexpr std::size_t kMost = 20'000;
  constexpr Eigen::Index kExactBelow = 50;
  if (y.size() > kMost) {
    return invalid_argument(
        fmt::format("the rank test compares every pair; {} studies are too many", y.size()));
  }
  THAW_TRY(const MetaRows rows, MetaRows::make(ones(y.size()), y, v));
  const MetaPass common = meta_pass(rows, 0);
  const Vector apart = (common.residuals.array() / (rows.v().array() - 1 / common.sum_w).sqrt());
  const Concordance c = concordance(apart, rows.v());
  const TieSums a = tie_sums(c.ties_a);
  const TieSums b = tie_sums(c.ties_b);
  const auto n = static_cast<double>(rows.k());
  const double pairs = n * (n - 1);
  if (a.two == pairs || b.two == pairs) {
    return invalid_argument("all variances or all estimates are equal: there is no rank to test");
  }
  RankTest test{.tau = 2 * c.difference / std::sqrt((pairs - a.two) * (pairs - b.two)),
                .p = 0,
                .exact = a.two == 0 && b.two == 0 && rows.k() < kExactBelow};
  test.p = test.exact ? kendall_exact_p(static_cast<int>(rows.k()), c.concordant)
                      : normal_two_sided_p(c.difference / std::sqrt(concordance_variance(n, a, b)));
  return test;
}

Result<TrimFill> trim_fill(std::span<const double> y, std::span<const double> v,
                           const MetaOptions& options, TrimFillEstimator estimator) {
  const Matrix x = ones(y.size());
  THAW_TRY(const EggerTest egger, egger_test(x, y, v, options));
  TrimFill found;
  found.on_right = egger.slope < 0;
  const Turned t = turned(y, v, found.on_right);
  const std::size_t k = y.size();
  double centre = 0;
  constexpr int kIterationsMax = 100;
  for (int i = 0; i < kIterationsMax && !found.converged; ++i) {
    THAW_TRY(centre, trimmed_mean(t, k - static_cast<std::size_t>(found.missing), options));
    const Missing missing = estimate_missing(signed_ranks(t.y, centre), estimator);
    const int count = static_cast<int>(missing.count);
    found.converged = count == found.missing;
    found.missing = count;
    found.missing_se = missing.se;
  }
  std::vector<double> all_y(y.begin(), y.end());
  std::vector<double> all_v(v.begin(), v.end());
  for (std::size_t i = k - static_cast<std::size_t>(found.missing); i < k; ++i) {
    const double mirror = 2 * centre - t.y[i];
    found.filled_y.push_back(found.on_right ? -mirror : mirror);
    found.filled_v.push_back(t.v[i]);
  }
  all_y.insert(all_y.end(), found.filled_y.begin(), found.filled_y.end());
  all_v.insert(all_v.end(), found.filled_v.begin(), found.filled_v.end());
  THAW_TRY(const MetaRows rows, MetaRows::make(ones(all_y.size()), all_y, all_v));
  found.fit = fit_meta(rows, options);
  return found;
}

double fail_safe_n(std::span<const double> y, std::span<const double> v, double alpha) {
  double sum = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    sum += y[i] / std::sqrt(v[i]);
  }
  const double critical = normal_quantile(1 - alpha);
  return std::ceil(
      std::max(0.0, sum * sum / (critical * critical) - static_cast<double>(y.size())));
}

}  // namespace thaw::stats
