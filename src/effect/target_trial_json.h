// The document of a target trial of starting a treatment: curves, differences, ratio, and its
// checks.
#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "base/result.h"
#include "effect/target_trial.h"

namespace thaw::effect {

/// At most this many points of a curve are written; the first and the last always are.
inline constexpr std::size_t kCurvePoints = 200;

/// "hazard_ratio", "naive_hazard_ratio", "survival_difference", "rmst_difference", "curves",
/// "balance", "checks" and "first" (what to read before the numbers, or null), as
/// docs/formats/analysis.md states them.
boost::json::object target_trial_document(const TargetTrialSpec& spec,
                                          const TargetTrialResult& result);

/// A time that both arms are followed to: the smaller of their 90 % points of follow-up, in whole
/// units where it is above 2. Fails: kNotFound; kInvalidArgument as emulate_target_trial.
Result<double> shared_horizon(const Table& table, const TargetTrialSpec& spec);

}  // namespace thaw::effect
