#include "registry/encals.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace thaw::registry {
namespace {

double cubed(double u) {
  return u > 0 ? u * u * u : 0;
}

// Baseline on the scale of x = ln months: a restricted cubic spline, linear beyond its end knots.
double spline(double x) {
  constexpr double kFirst = 0.081;
  constexpr double kInner1 = 3.108;
  constexpr double kInner2 = 3.638;
  constexpr double kLast = 5.917;
  constexpr double kLambda1 = 0.481323;
  constexpr double kLambda2 = 0.390507;
  const double first = cubed(x - kFirst);
  const double last = cubed(x - kLast);
  const double basis1 = cubed(x - kInner1) - kLambda1 * first - (1 - kLambda1) * last;
  const double basis2 = cubed(x - kInner2) - kLambda2 * first - (1 - kLambda2) * last;
  return -6.409 + 2.643 * x - 0.546 * basis1 + 0.585 * basis2;
}

// spline() at equal steps of x, to be inverted by search and linear steps within a cell.
struct InverseTable {
  static constexpr double kLow = -8;
  static constexpr double kStep = 0.002;
  static constexpr std::size_t kSize = 10001;  // up to x = 12, 13,000 years
  std::array<double, kSize> values{};

  InverseTable() {
    for (std::size_t i = 0; i < kSize; ++i) {
      values[i] = spline(kLow + kStep * static_cast<double>(i));
    }
  }
};

}  // namespace

double encals_linear_predictor(const EncalsInput& p) {
  const double delay = p.months_to_diagnosis / 10;
  const double age = p.age_at_onset / 100;
  const double capacity = p.vital_capacity_percent / 100;
  return -1.837 / std::sqrt(p.points_lost_per_month + 0.1) -
         2.373 * (1 / std::sqrt(delay) + std::log(delay)) - 0.267 / (age * age) +
         0.477 * (1 / capacity + 1 / std::sqrt(capacity)) + 0.269 * p.bulbar + 0.233 * p.definite +
         0.388 * p.ftd + 0.256 * p.c9orf72;
}

double encals_baseline(double months) {
  return spline(std::log(months));
}

double encals_baseline_inverse(double value) {
  static const InverseTable table;
  const auto& v = table.values;
  const auto above = std::upper_bound(v.begin() + 1, v.end() - 1, value);
  const auto i = static_cast<std::size_t>(above - v.begin());
  const double share = (value - v[i - 1]) / (v[i] - v[i - 1]);
  return std::exp(InverseTable::kLow + InverseTable::kStep * (static_cast<double>(i - 1) + share));
}

double encals_survival(double linear_predictor, double months) {
  return 1 / (1 + std::exp(encals_baseline(months) + linear_predictor));
}

double encals_cumulative_hazard(double linear_predictor, double months) {
  return months <= 0 ? 0 : std::log1p(std::exp(encals_baseline(months) + linear_predictor));
}

double encals_months_at(double linear_predictor, double hazard) {
  return encals_baseline_inverse(std::log(std::expm1(hazard)) - linear_predictor);
}

}  // namespace thaw::registry
