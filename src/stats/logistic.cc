#include "stats/logistic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace thaw::stats {
namespace {

constexpr int kStepsMax = 50;
constexpr int kHalvingsMax = 20;
constexpr double kMoveMin = 1e-6;  // largest change of a log odds that still counts as movement

/// The log likelihood at one set of log odds, and the probabilities there.
struct Point {
  Vector coef;
  Vector log_odds;
  Vector probabilities;
  double log_likelihood = 0;
};

Point evaluate(const Matrix& x, const Vector& y, const Vector& w, Vector coef) {
  Point point{.coef = std::move(coef), .log_odds = {}, .probabilities = {}};
  point.log_odds = x * point.coef;
  point.probabilities.resize(x.rows());
  for (Eigen::Index i = 0; i < x.rows(); ++i) {
    const double eta = point.log_odds[i];
    const double small = std::exp(-std::fabs(eta));
    point.probabilities[i] = eta >= 0 ? 1 / (1 + small) : small / (1 + small);
    const double wrong = y[i] > 0.5 ? -eta : eta;  // log(1 + e^wrong) is the row's loss
    point.log_likelihood -= w[i] * (std::max(wrong, 0.0) + std::log1p(small));
  }
  return point;
}

Matrix information(const Matrix& x, const Vector& w, const Vector& probabilities) {
  return weighted_cross_product(
      x, (w.array() * probabilities.array() * (1 - probabilities.array())).matrix());
}

/// Why `y` is not an outcome with both classes, or nothing.
std::optional<std::string> class_fault(const Vector& y, const Vector& w) {
  double ones = 0;
  double zeros = 0;
  for (Eigen::Index i = 0; i < y.size(); ++i) {
    if (y[i] != 0 && y[i] != 1) {
      return fmt::format("outcome {} is {}; it must be 0 or 1", i + 1, y[i]);
    }
    (y[i] == 1 ? ones : zeros) += w[i];
  }
  if (ones <= 0 || zeros <= 0) {
    return "all outcomes are alike: there is nothing to explain";
  }
  return std::nullopt;
}

/// The point a Newton step leads to, shortened until the likelihood does not fall.
Point climb(const Matrix& x, const Vector& y, const Vector& w, const Point& from, Vector step) {
  for (int halving = 0; halving < kHalvingsMax; ++halving) {
    Point to = evaluate(x, y, w, from.coef + step);
    if (to.log_likelihood >= from.log_likelihood - 1e-12 * std::fabs(from.log_likelihood)) {
      return to;
    }
    step *= 0.5;
  }
  return from;
}

}  // namespace

Result<LogisticFit> fit_logistic(const Matrix& x, std::span<const double> outcomes,
                                 std::span<const double> weights) {
  if (const auto fault = regression_fault(x, outcomes, weights)) {
    return invalid_argument(*fault);
  }
  const Vector y = as_vector(outcomes);
  const Vector w = weights.empty() ? Vector::Ones(x.rows()) : Vector(as_vector(weights));
  if (const auto fault = class_fault(y, w)) {
    return invalid_argument(*fault);
  }
  Point at = evaluate(x, y, w, Vector::Zero(x.cols()));
  Matrix info = information(x, w, at.probabilities);
  if (const auto column = first_dependent_column(info)) {
    return invalid_argument(fmt::format(
        "column {} is constant or a combination of the columns before it", *column + 1));
  }
  LogisticFit fit{.coef = {},
                  .var = {},
                  .probabilities = {},
                  .log_likelihood = 0,
                  .iterations = 0,
                  .converged = false};
  while (const auto inverse = inverse_if_definite(info)) {
    fit.var = *inverse;
    if (fit.converged || fit.iterations == kStepsMax) {
      break;
    }
    const Vector score = x.transpose() * (w.array() * (y - at.probabilities).array()).matrix();
    Point next = climb(x, y, w, at, *inverse * score);
    fit.converged = (next.log_odds - at.log_odds).cwiseAbs().maxCoeff() < kMoveMin;
    at = std::move(next);
    info = information(x, w, at.probabilities);
    ++fit.iterations;
  }
  fit.coef = at.coef;
  fit.probabilities = at.probabilities;
  fit.log_likelihood = at.log_likelihood;
  return fit;
}

}  // namespace thaw::stats
