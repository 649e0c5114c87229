// Weights that make treated and untreated alike: the inverse probability of the treatment received.
//
// Method: Robins, Hernan and Brumback 2000, Epidemiology 11:550; effective n: Kish 1965.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "effect/estimate.h"
#include "stats/matrix.h"

namespace thaw::effect {

/// For whom the effect is averaged.
enum class Population { kAll, kTreated, kUntreated };

/// Each person's probability of treatment given covariates.
struct Propensity {
  stats::Vector probability;  // (n), within (0, 1) as fitted
  stats::Matrix scores;       // (n, p), each row's slope of the log likelihood
  bool converged;
};

/// Logistic regression of `treated` (n), 0 or 1, on `x` (n, p) with its column of ones.
/// Fails: kInvalidArgument as stats::fit_logistic.
Result<Propensity> fit_propensity(const stats::Matrix& x, const stats::Vector& treated);

struct WeightChoice {
  Population population = Population::kAll;
  bool stabilised = false;  // times the arm's share: same effect, weights near 1
  double bound = 0;         // probabilities are held within [bound, 1 - bound]
};

/// (n): 1/e for the treated and 1/(1-e) for others; for kTreated 1 and e/(1-e); for kUntreated
/// (1-e)/e and 1.
stats::Vector inverse_probability_weights(const stats::Vector& probability,
                                          const stats::Vector& treated, const WeightChoice& choice);

/// `influence` (n) less what a regression on `scores` (n, p) explains of it: the influence of an
/// estimate whose weights were fitted with those scores, where that model holds (Henmi and Eguchi
/// 2004, Biometrika 91:929). Its sum of squares is never the larger.
stats::Vector less_explained(const stats::Vector& influence, const stats::Matrix& scores);

/// Balance, effective n, weights and overlap. `names` (p) for the columns of `x` (n, p); column 0,
/// of ones, is left out.
Diagnostics weight_diagnostics(const stats::Matrix& x, const std::vector<std::string>& names,
                               const stats::Vector& treated, const stats::Vector& weights,
                               const stats::Vector& probability);

}  // namespace thaw::effect
