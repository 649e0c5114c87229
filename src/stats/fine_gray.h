// Fine and Gray's regression: how covariates move the share of people who will have had one event,
// where other events can come first.
//
// Method: Fine and Gray 1999, J Am Stat Assoc 94:496. Whoever had another event stays in the risk
// sets with the chance of not having been censored since, G(t-) / G(T-), by Kaplan-Meier of the
// censoring; all sums are two scans over the rows (Kawaguchi et al. 2021, R J 12:43). Its ratio is
// of the subdistribution hazard: it tells the direction in which a share moves, not a rate among
// those still free of the event. Variance: theirs, which counts that G is estimated.
#pragma once

#include "base/result.h"
#include "stats/competing_risks.h"
#include "stats/cox.h"

namespace thaw::stats {

/// Whether those with an event at a time are still at risk of being censored then.
enum class CensoringTies {
  kEventsFirst,  // no: as R survival's finegray
  kTogether      // yes: as R cmprsk's crr
};

struct FineGrayOptions {
  Ties ties = Ties::kEfron;  // kExact is refused
  CensoringTies censoring = CensoringTies::kEventsFirst;
  /// Whose censoring G is taken from, when more people's times are known than are fitted; empty:
  /// those fitted.
  CompetingData everyone = {};
};

struct FineGrayFit {
  Vector coef;        // (p), log subdistribution hazard ratio per unit of each column
  Matrix var;         // (p, p), inverse information: as if G were known and weights were people
  Matrix robust_var;  // (p, p), Fine and Gray's: rows as drawn, G estimated
  double log_likelihood_null;
  double log_likelihood;
  double score_test;  // chi-squared with p degrees of freedom, from `var`'s information at 0
  std::size_t n;
  std::size_t events;     // of the cause asked for
  std::size_t competing;  // of other causes
  int iterations;
  bool converged;
};

/// Fits `x` (n, p), p >= 1, for events of `cause`; every other cause above 0 competes.
/// Fails: kInvalidArgument as competing_fault, for late entry, weights, exact ties, shapes that
/// differ, a covariate that is not finite, no event of the cause, and columns that are constant or
/// depend on others. Checked against R survival 3.5-3 finegray and cmprsk 2.2-11 crr (mgus2).
/// Cost: O(n p^2) a step; 8 times p bytes an event.
Result<FineGrayFit> fit_fine_gray(const Matrix& x, const CompetingData& data, std::uint8_t cause,
                                  const FineGrayOptions& options = {});

}  // namespace thaw::stats
