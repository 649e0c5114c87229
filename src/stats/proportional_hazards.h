// Are hazards proportional? A test of each covariate's effect for a trend with time, and the
// residuals that show its shape.
//
// Method: Grambsch and Therneau 1994, Biometrika 81:515, as a score test: the covariate times a
// function of time is put into the model and its slope at 0 tested, with the whole information
// (as R survival from 3.0 on). A small p says that one hazard ratio does not tell the story; a
// large one says only that no trend of this shape was seen.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "stats/cox.h"

namespace thaw::stats {

enum class TimeScale {
  kKaplanMeier,  // 1 - S(t-) of all rows, unweighted: outlying times do not rule
  kIdentity,
  kLog  // times above 0 only
};

struct TrendTest {
  double chi_squared;
  int df;
  double p;
};

struct ProportionalHazards {
  std::vector<TrendTest> terms;  // one a term
  TrendTest global;              // of all columns at once
};

/// Tests `fit`, which fit_cox made of the same x, data and options. `term_sizes` gives the number
/// of columns of each term, in order, adding up to p; empty: each column is a term. Fails:
/// kInvalidArgument for shapes that differ, exact ties, a fit that is not converged, and when all
/// events fell at one time. Checked against R survival 3.5-3 cox.zph. Cost: two likelihood
/// evaluations.
Result<ProportionalHazards> proportional_hazards(const Matrix& x, const SurvivalData& data,
                                                 const CoxOptions& options, const CoxFit& fit,
                                                 TimeScale scale = TimeScale::kKaplanMeier,
                                                 std::span<const std::size_t> term_sizes = {});

/// Scaled Schoenfeld residuals plus the coefficient: their mean at a time estimates the log hazard
/// ratio then.
struct EffectOverTime {
  std::vector<double> time;  // (events), rising
  Matrix effect;             // (events, p)
};

/// Of a fit as above. Cost: one likelihood evaluation and O(events p^2).
Result<EffectOverTime> effect_over_time(const Matrix& x, const SurvivalData& data,
                                        const CoxOptions& options, const CoxFit& fit);

}  // namespace thaw::stats
