#include "stats/newton.h"

#include <cmath>

namespace thaw::stats {
namespace {

constexpr int kStepsMax = 30;
constexpr int kHalvingsMax = 20;
constexpr double kMoveMin = 1e-7;

/// Where a step leads, shortened until the likelihood does not fall.
LikelihoodPoint climb(const Likelihood& likelihood, const LikelihoodPoint& from, Vector step) {
  for (int halving = 0; halving < kHalvingsMax; ++halving) {
    LikelihoodPoint to = likelihood(from.coef + step);
    if (to.log_likelihood >= from.log_likelihood - 1e-12 * std::fabs(from.log_likelihood)) {
      return to;
    }
    step *= 0.5;
  }
  return from;
}

}  // namespace

NewtonSearch maximise(const Likelihood& likelihood, LikelihoodPoint start, const Vector& largest) {
  NewtonSearch search{.at = std::move(start), .inverse = {}, .next_step = {}};
  while (const auto inverse = inverse_if_definite(search.at.information)) {
    search.inverse = *inverse;
    search.next_step = *inverse * search.at.score;
    search.converged = search.next_step.cwiseAbs().dot(largest) < kMoveMin;
    if (search.converged) {
      search.at.coef += search.next_step;
    }
    if (search.converged || search.iterations == kStepsMax) {
      break;
    }
    search.at = climb(likelihood, search.at, search.next_step);
    ++search.iterations;
  }
  return search;
}

}  // namespace thaw::stats
