// Cox regression: how covariates multiply the hazard of an event.
//
// Method: Cox 1972, J R Stat Soc B 34:187; ties Efron 1977, J Am Stat Assoc 72:557, and Breslow
// 1974, Biometrics 30:89; exact, Cox 1972 section 6, by the recursion of Gail, Lubin and Rubinstein
// 1981, Biometrika 68:703; robust variance Lin and Wei 1989, J Am Stat Assoc 84:1074, with weights
// Binder 1992, Biometrika 79:139. It takes hazards to be proportional; where they are not, the
// ratio is an average over the follow-up there was.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "stats/matrix.h"
#include "stats/survival_data.h"

namespace thaw::stats {

enum class Ties {
  kEfron,    // the default everywhere: hardly biased at monthly times
  kBreslow,  // biased towards no effect when ties are many
  kExact     // times are discrete: conditional on how many die at each; small data only
};

/// Groups of rows, by number; empty: every row alone, or all in one stratum.
struct CoxOptions {
  Ties ties = Ties::kEfron;
  std::span<const int> strata = {};   // (n): only rows of one stratum are compared
  std::span<const int> cluster = {};  // (n): rows of one number are one person in robust_var
  bool robust = false;                // robust_var wanted; a cluster wants it, too
  bool keep_influence = true;         // each row's influence beside robust_var: 8 n p bytes
};

struct CoxFit {
  Vector coef;                 // (p), log hazard ratio per unit of each column
  Matrix var;                  // (p, p), inverse information: right for weights that count people
  Matrix robust_var;           // (p, p), sandwich over rows or clusters; empty unless asked for
  Matrix influence;            // (n, p), each row's pull on the coefficients; empty likewise
  Vector score;                // (p), slope of the log likelihood with all coefficients 0
  double log_likelihood_null;  // with all coefficients 0
  double log_likelihood;
  double score_test;  // chi-squared with p degrees of freedom, of all coefficients being 0
  std::size_t n;      // rows
  std::size_t events;
  int iterations;
  /// False when 30 steps did not settle it: above all when some covariate value has no events, so
  /// that a hazard ratio is infinite. `coef` then is only where the search stood.
  bool converged;
  /// Columns, from 0, whose coefficient still ran when the search ended: no finite estimate.
  std::vector<std::size_t> running;
};

/// Log hazard ratios of `x` (n, p), p >= 1, for `data`. No column of ones.
/// Fails: kInvalidArgument as survival_fault says, for shapes that differ, a covariate that is not
/// finite, no event, and a column that is constant or depends on others among those at risk (the
/// message counts it from 1); with exact ties also for weights, clusters, robust, and when the work
/// (rows at risk times tied deaths times columns squared) passes 2e10.
/// Checked against R survival 3.5-3 coxph: lung, veteran, pbc, heart. Cost: one radix sort, then
/// O(n p^2) a step, 4 or so steps; robust_var O(n p^2) more, whatever the ties. Memory: 8 n p bytes
/// and some 30 n.
Result<CoxFit> fit_cox(const Matrix& x, const SurvivalData& data, const CoxOptions& options = {});

}  // namespace thaw::stats
