#include "stats/cox_exact.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw::stats {
namespace {

constexpr double kWorkMax = 2e10;
constexpr double kLogSetsMax = 690;

std::size_t deaths_of(const CoxRows& rows, std::size_t k) {
  return rows.steps.death_end[k] - rows.steps.death_begin(k);
}

/// Sums over the sets of 0, 1, .. most of the rows added so far: of the product of their hazards,
/// and of that product's first and second derivatives by the coefficients.
class SetSums {
 public:
  SetSums(std::size_t most, Eigen::Index p)
      : value_(most + 1, 0.0),
        slope_(most + 1, Vector::Zero(p)),
        curve_(most + 1, Matrix::Zero(p, p)) {
    clear();
  }

  void clear() {
    std::ranges::fill(value_, 0.0);
    std::ranges::fill(slope_, Vector::Zero(slope_[0].size()));
    std::ranges::fill(curve_, Matrix::Zero(slope_[0].size(), slope_[0].size()));
    value_[0] = 1;
    rows_ = 0;
  }

  void add(double hazard, const Vector& x) {
    ++rows_;
    for (std::size_t m = std::min(rows_, value_.size() - 1); m > 0; --m) {
      const double v = value_[m - 1];
      const Vector& s = slope_[m - 1];
      value_[m] += hazard * v;
      slope_[m].noalias() += hazard * (s + v * x);
      curve_[m].noalias() +=
          hazard * (curve_[m - 1] + x * s.transpose() + s * x.transpose() + v * x * x.transpose());
    }
  }

  double value(std::size_t m) const { return value_[m]; }
  const Vector& slope(std::size_t m) const { return slope_[m]; }
  const Matrix& curve(std::size_t m) const { return curve_[m]; }

 private:
  std::vector<double> value_;
  std::vector<Vector> slope_;
  std::vector<Matrix> curve_;
  std::size_t rows_ = 0;
};

Vector row_of(const CoxRows& rows, std::size_t i) {
  Vector x(static_cast<Eigen::Index>(rows.p()));
  for (std::size_t j = 0; j < rows.p(); ++j) {
    x[static_cast<Eigen::Index>(j)] = rows.x(i, j);
  }
  return x;
}

/// First row of each step's stratum, from the steps' flags.
std::size_t stratum_of(const CoxRows& rows, std::size_t k) {
  return *(std::ranges::upper_bound(rows.strata_begin, rows.steps.row_end[k] - 1) - 1);
}

std::size_t most_deaths(const CoxRows& rows) {
  std::size_t most = 0;
  for (std::size_t k = 0; k < rows.steps.size(); ++k) {
    most = std::max(most, deaths_of(rows, k));
  }
  return most;
}

}  // namespace

Result<Done> check_exact_work(const CoxRows& rows) {
  const double p = static_cast<double>(rows.p());
  const double most = static_cast<double>(most_deaths(rows));
  double work = static_cast<double>(rows.n()) * most * p * p;
  if (!rows.entry_order.empty()) {
    work = 0;
    for (std::size_t k = 0; k < rows.steps.size(); ++k) {
      work +=
          static_cast<double>((rows.steps.row_end[k] - stratum_of(rows, k)) * deaths_of(rows, k)) *
          p * p;
    }
  }
  const double n = static_cast<double>(rows.n());
  const double log_sets = std::lgamma(n + 1) - std::lgamma(most + 1) - std::lgamma(n - most + 1);
  if (work > kWorkMax || log_sets > kLogSetsMax) {
    return invalid_argument(fmt::format(
        "exact ties are for small data: {} rows with up to {} deaths at one time take too long; "
        "use Efron's ties",
        rows.n(), most));
  }
  return Done{};
}

CoxPoint exact_point(const CoxRows& rows, const Vector& coef) {
  const auto p = static_cast<Eigen::Index>(rows.p());
  CoxPoint point{.coef = coef,
                 .log_likelihood = -std::numeric_limits<double>::infinity(),
                 .score = Vector::Zero(p),
                 .information = Matrix::Zero(p, p)};
  SetSums sets(most_deaths(rows), p);
  const bool late = !rows.entry_order.empty();
  double log_likelihood = 0;
  std::size_t row = 0;
  for (std::size_t k = 0; k < rows.steps.size(); ++k) {
    if (rows.steps.first[k] != 0 || late) {
      sets.clear();
      row = stratum_of(rows, k);
    }
    for (; row < rows.steps.row_end[k]; ++row) {
      if (!late || rows.entry_step[row] > k) {
        const Vector x = row_of(rows, row);
        sets.add(std::exp(x.dot(coef)), x);
      }
    }
    const std::size_t d = deaths_of(rows, k);
    const double value = sets.value(d);
    if (!(value > 0) || !std::isfinite(value)) {
      return point;
    }
    log_likelihood -= std::log(value);
    const Vector mean = sets.slope(d) / value;
    point.score -= mean;
    point.information += sets.curve(d) / value - mean * mean.transpose();
    for (std::size_t i = rows.steps.death_begin(k); i < rows.steps.death_end[k]; ++i) {
      const Vector x = row_of(rows, rows.deaths[i]);
      log_likelihood += x.dot(coef);
      point.score += x;
    }
  }
  if (std::isfinite(log_likelihood)) {
    point.log_likelihood = log_likelihood;
  }
  return point;
}

}  // namespace thaw::stats
