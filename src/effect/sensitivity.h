// How much that was not measured it would take to change an answer.
//
// Partial R2, robustness value and benchmarks: Cinelli and Hazlett 2020, J R Stat Soc B 82:39; they
// speak of the linear regression of the outcome on treatment and covariates. Tipping point: a shift
// of the missing outcomes (delta adjustment; Cro et al. 2020, Stat Med 39:2815). E-value of a
// difference: VanderWeele and Ding 2017, through Chinn 2000, Stat Med 19:3127.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/e_value.h"
#include "effect/estimate.h"
#include "effect/point_data.h"

namespace thaw::effect {

/// What a hidden confounder as strong as one measured would leave of the regression's estimate.
struct HiddenLike {
  std::string term;
  double r2_treatment;  // share of the rest of the treatment that it would explain
  double r2_outcome;    // share of the rest of the outcome
  double estimate;      // what would be left of the estimate
  double ci_low, ci_high;
  /// False: it would have to explain more than all of the rest, so no confounder is that strong;
  /// the shares are cut at 0.999 and what would be left is no finding.
  bool possible;
};

struct PartialR2 {
  double estimate, se, df;       // of the regression, one noise variance
  double r2;                     // of the outcome by the treatment, given covariates
  double robustness;             // hidden R2 with both that brings the estimate to 0
  double robustness_interval;    // and that brings the interval to 0; 0 when it is there already
  std::vector<HiddenLike> like;  // a confounder as strong as each measured one; strongest first
};

/// Fails: kInvalidArgument when the regression cannot be fitted. Cost: O(n p^2 + p^4).
/// Checked against the published Darfur example.
Result<PartialR2> partial_r2(const PointData& data);

/// The robustness value of a t statistic: equal R2 with treatment and outcome that brings the
/// estimate to 0, or with `critical_t` > 0 the interval.
double robustness_value(double t, double df, double critical_t);

/// An estimate and its se after a hidden confounder of the two partial R2.
struct Shifted {
  double estimate, se;
};
Shifted shifted_by_hidden(double estimate, double se, double df, double r2_treatment,
                          double r2_outcome);

/// How far from what the model expects the missing outcomes would have to lie.
struct TippingPoint {
  std::size_t missing_treated, missing_untreated;
  double share_treated, share_untreated;  // of the arm's people with treatment and covariates
  /// Shift of the treated's missing outcomes alone, in the outcome's unit, that brings the estimate
  /// to 0; nothing where none is missing.
  std::optional<double> treated;
  /// Half of each: the treated's missing outcomes move by this, the untreated's by its opposite.
  std::optional<double> opposed;
  std::optional<double> opposed_limit;  // the same for the interval's end nearest 0
  double outcome_sd;
};

/// For a binary treatment. `estimate` is that of `data`.
TippingPoint tipping_point(const PointData& data, const Estimate& estimate);

/// E-value of a difference `estimate` of a number whose standard deviation is `sd` > 0:
/// RR = exp(0.91 d).
Result<EValue> e_value_of_difference(double estimate, double se, double sd);

/// Standard deviation of the outcome, divisor n - 1.
double outcome_sd(const PointData& data);

}  // namespace thaw::effect
