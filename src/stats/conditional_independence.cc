#include "stats/conditional_independence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "stats/distributions.h"
#include "stats/linear.h"

namespace thaw::stats {
namespace {

/// Share of a column's spread below which what is left of it is rounding.
constexpr double kNothingLeft = 1e-9;

std::vector<double> standardised(std::span<const double> values) {
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  if (*least == *most) {
    return std::vector<double>(values.size(), 0);
  }
  double mean = 0;
  for (const double value : values) {
    mean += value / static_cast<double>(values.size());
  }
  double square = 0;
  for (const double value : values) {
    square += (value - mean) * (value - mean);
  }
  std::vector<double> made(values.begin(), values.end());
  const double scale = square > 0 ? std::sqrt(static_cast<double>(values.size()) / square) : 0;
  for (double& value : made) {
    value = (value - mean) * scale;
  }
  return made;
}

/// What `given` leaves of `values`, both standardised.
Result<std::vector<double>> left_over(const std::vector<double>& values, const Matrix& given) {
  if (given.cols() == 1) {  // The intercept alone.
    return values;
  }
  THAW_TRY(const LinearFit fit, fit_linear(given, values, {}, LinearVariance::kModel));
  return std::vector<double>(fit.residuals.begin(), fit.residuals.end());
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double total = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    total += a[i] * b[i];
  }
  return total;
}

}  // namespace

Result<IndependenceTest> partial_correlation_test(
    std::span<const double> x, std::span<const double> y,
    const std::vector<std::span<const double>>& given) {
  const std::size_t n = x.size();
  if (n < given.size() + 4) {
    return invalid_argument(
        fmt::format("{} complete rows are too few given {} variables", n, given.size()));
  }
  Matrix design(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(given.size() + 1));
  design.col(0).setOnes();
  for (std::size_t j = 0; j < given.size(); ++j) {
    const std::vector<double> column = standardised(given[j]);
    for (std::size_t i = 0; i < n; ++i) {
      design(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j + 1)) = column[i];
    }
  }
  THAW_TRY(const auto rest_x, left_over(standardised(x), design));
  THAW_TRY(const auto rest_y, left_over(standardised(y), design));
  const double xx = dot(rest_x, rest_x);
  const double yy = dot(rest_y, rest_y);
  if (!(xx > kNothingLeft * static_cast<double>(n)) ||
      !(yy > kNothingLeft * static_cast<double>(n))) {
    return invalid_argument("a variable is constant, or follows from the others without error");
  }
  const double r = std::clamp(dot(rest_x, rest_y) / std::sqrt(xx * yy), -1.0, 1.0);
  const double z = std::sqrt(static_cast<double>(n - given.size() - 3)) * std::atanh(r);
  return IndependenceTest{r, z, 0, normal_two_sided_p(z)};
}

Result<IndependenceTest> g_squared_test(std::span<const std::int32_t> x,
                                        std::span<const std::int32_t> y,
                                        std::span<const std::uint64_t> strata) {
  std::vector<std::tuple<std::uint64_t, std::int32_t, std::int32_t>> rows;
  for (std::size_t i = 0; i < x.size(); ++i) {
    rows.emplace_back(strata[i], x[i], y[i]);
  }
  std::sort(rows.begin(), rows.end());
  double statistic = 0;
  double df = 0;
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin;
    std::map<std::int32_t, double> by_x, by_y;
    std::map<std::pair<std::int32_t, std::int32_t>, double> cells;
    for (; end < rows.size() && std::get<0>(rows[end]) == std::get<0>(rows[begin]); ++end) {
      const auto [stratum, a, b] = rows[end];
      ++by_x[a];
      ++by_y[b];
      ++cells[{a, b}];
    }
    const auto n = static_cast<double>(end - begin);
    for (const auto& [cell, count] : cells) {
      statistic += 2 * count * std::log(count * n / (by_x[cell.first] * by_y[cell.second]));
    }
    df += (static_cast<double>(by_x.size()) - 1) * (static_cast<double>(by_y.size()) - 1);
    begin = end;
  }
  if (df == 0) {
    return invalid_argument("in no stratum do both variables take two values");
  }
  statistic = std::max(0.0, statistic);
  return IndependenceTest{std::numeric_limits<double>::quiet_NaN(), statistic, df,
                          chi_squared_upper_p(statistic, df)};
}

}  // namespace thaw::stats
