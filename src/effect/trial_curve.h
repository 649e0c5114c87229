// From the weighted counts of an arm to its curve, and from two arms to a contrast.
//
// In month k the hazards are events over weight at risk; the risk is their product-limit, with a
// competing event its Aalen-Johansen (Aalen and Johansen 1978, Scand J Stat 5:141). The hazard
// ratio is that of grouped proportional hazards, complementary log-log with a free level for every
// month (Prentice and Gloeckler 1978, Biometrics 34:57); the odds ratio that of pooled logistic
// regression with the same levels. Check: trial_curve_test.cc.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "effect/trial_cells.h"

namespace thaw::effect {

/// By month since time zero, 0 to the last month with anybody at risk.
struct ArmCurve {
  std::vector<double> risk;  // of the event by the start of month k; [0] is 0
  std::vector<double> free;  // of neither event nor competing event
};

ArmCurve arm_curve(const ArmCells& cells);

enum class Measure {
  kRisk,            // of one arm, as the next two
  kFreeMonths,      // mean months without event or competing event up to the horizon
  kMean,            // of the value at the horizon
  kSlope,           // of the mean value, month 0 to the horizon, a month
  kRiskDifference,  // of two arms, as all below
  kLogRiskRatio,
  kFreeMonthsDifference,
  kLogHazardRatio,
  kLogOddsRatio,
  kMeanDifference,
  kSlopeDifference
};

/// What `measure` is of `arm`, against `other` where it compares; months up to `horizon`. Nothing
/// where it cannot be had: nobody at risk before the horizon, no event by then, no known value.
/// Events fall in the middle of a month.
std::optional<double> measure_of(Measure measure, const ArmCells& arm, const ArmCells& other,
                                 std::size_t horizon);

bool compares(Measure measure);   // of two arms
bool logarithm(Measure measure);  // the value is a logarithm of a ratio

/// Slopes of the measure by central differences in the cells that are not 0, of `arm` (first) and,
/// where it compares, of `other`. Relative error about 1e-7.
struct MeasureGradient {
  CellGradient arm;
  CellGradient other;
};
MeasureGradient gradient_of(Measure measure, const ArmCells& arm, const ArmCells& other,
                            std::size_t horizon);

/// Robust variance of the curve by month: sums over people of squared influence of `risk` and
/// `free`. Cost: O(person-months of the arm + people * months).
struct CurveVariance {
  std::vector<double> risk;
  std::vector<double> free;
};
CurveVariance curve_variance(const WeightWalk& walk, const Arm& arm, const ArmCells& cells,
                             const ArmCurve& curve);

}  // namespace thaw::effect
