#include "stats/logistic.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <vector>

#include "stats/logistic_pass.h"

namespace thaw::stats {
namespace {

constexpr int kStepsMax = 50;
constexpr int kHalvingsMax = 20;
constexpr double kMoveMin = 1e-8;  // largest change of a log odds that still counts as movement
constexpr double kDecrementMin = 1e-6;  // squared length of a step, below which rows are looked at
constexpr Eigen::Index kLarge = 50'000;
constexpr Eigen::Index kEvery = 16;

/// Why `y` is not an outcome with both classes, or nothing.
std::optional<std::string> class_fault(std::span<const double> y, std::span<const double> w) {
  double ones = 0;
  double zeros = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (y[i] != 0 && y[i] != 1) {
      return fmt::format("outcome {} is {}; it must be 0 or 1", i + 1, y[i]);
    }
    (y[i] == 1 ? ones : zeros) += w.empty() ? 1 : w[i];
  }
  if (ones <= 0 || zeros <= 0) {
    return "all outcomes are alike: there is nothing to explain";
  }
  return std::nullopt;
}

/// A fit as it stands, with the pass at its coefficients.
struct Search {
  const Matrix& x;
  std::span<const double> y;
  std::span<const double> w;
  LogisticFit fit;
  LogisticPass pass;

  void move_to(Vector coef) {
    pass = logistic_pass(x, y, w, coef, fit.probabilities);
    fit.coef = std::move(coef);
    fit.log_likelihood = pass.log_likelihood;
  }

  /// Goes along `step`, shortened until the likelihood does not fall.
  void climb(Vector step) {
    const Vector from = fit.coef;
    const double least = fit.log_likelihood - 1e-12 * std::fabs(fit.log_likelihood);
    for (int halving = 0; halving < kHalvingsMax; ++halving) {
      move_to(from + step);
      if (fit.log_likelihood >= least) {
        return;
      }
      step *= 0.5;
    }
    move_to(from);
  }

  void run() {
    while (const auto inverse = inverse_if_definite(pass.information)) {
      fit.var = *inverse;
      if (fit.iterations == kStepsMax) {
        return;
      }
      const Vector step = *inverse * pass.score;
      // Where data are separated the steps shrink in this measure, yet some log odds still run.
      if (step.dot(pass.score) < kDecrementMin) {
        Vector nudged = fit.probabilities;
        if (nudge_probabilities(x, step, nudged) < kMoveMin) {
          fit.probabilities = std::move(nudged);
          fit.coef += step;
          fit.converged = true;
          return;
        }
      }
      climb(step);
      ++fit.iterations;
    }
  }
};

/// Every kEvery-th of `values`.
std::vector<double> thinned(std::span<const double> values) {
  std::vector<double> some;
  for (std::size_t i = 0; i < values.size(); i += kEvery) {
    some.push_back(values[i]);
  }
  return some;
}

/// Where the search starts: 0, or for many rows the fit of some of them.
Vector start(const Matrix& x, std::span<const double> y, std::span<const double> w) {
  if (x.rows() >= kLarge && x.rows() >= 100 * kEvery * x.cols()) {
    const Matrix some = x(Eigen::seq(0, x.rows() - 1, kEvery), Eigen::all);
    const auto fit = fit_logistic(some, thinned(y), thinned(w));
    if (fit && fit->converged) {
      return fit->coef;
    }
  }
  return Vector::Zero(x.cols());
}

}  // namespace

Result<LogisticFit> fit_logistic(const Matrix& x, std::span<const double> outcomes,
                                 std::span<const double> weights) {
  if (const auto fault = regression_fault(x, outcomes, weights)) {
    return invalid_argument(*fault);
  }
  if (const auto fault = class_fault(outcomes, weights)) {
    return invalid_argument(*fault);
  }
  Search search{.x = x, .y = outcomes, .w = weights, .fit = {}, .pass = {}};
  search.move_to(start(x, outcomes, weights));
  if (const auto column = first_dependent_column(search.pass.information)) {
    return invalid_argument(fmt::format(
        "column {} is constant or a combination of the columns before it", *column + 1));
  }
  search.run();
  return search.fit;
}

}  // namespace thaw::stats
