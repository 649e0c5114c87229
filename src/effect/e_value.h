// The E-value: how strong a hidden confounder would have to be to explain an effect away.
//
// Method: VanderWeele and Ding 2017, Ann Intern Med 167:268, doi 10.7326/M16-2607. It speaks of
// confounding only, not of chance, selection or mismeasurement, and a large one is no proof.
#pragma once

#include <optional>

#include "base/result.h"

namespace thaw::effect {

enum class RatioKind {
  kRiskRatio,
  kHazardRatioRare,  // the event meets at most about 15 % by the end of follow-up
  kHazardRatioCommon,
  kOddsRatioRare,
  kOddsRatioCommon
};

/// A ratio with its 95 % interval.
struct Ratio {
  double value;
  double low;
  double high;
};

struct EValue {
  double value;  // risk ratio, at least 1; 1 = nothing needed to explain it away
  double limit;  // the same for the interval's end nearest to 1; 1 when the interval holds 1
};

/// The risk ratio that a ratio of another kind comes near to: itself when rare; the square root of
/// a common odds ratio; (1 - 0.5^sqrt(HR)) / (1 - 0.5^sqrt(1/HR)) for a common hazard ratio.
double approximate_risk_ratio(double ratio, RatioKind kind);

/// E-value of `ratio` and of its nearer limit. Fails: kInvalidArgument unless
/// 0 < low <= value <= high, all finite. Checked against R EValue's published examples.
Result<EValue> e_value(const Ratio& ratio, RatioKind kind);

}  // namespace thaw::effect
