// The Kaplan-Meier curve: the share still free of the event at each time, with its uncertainty.
//
// Method: Kaplan and Meier 1958, J Am Stat Assoc 53:457; late entry as in Andersen et al. 1993,
// Statistical Models Based on Counting Processes, section IV.3. It takes censoring, and entry, to
// say nothing about the event to come.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "stats/matrix.h"
#include "stats/meta_analysis.h"
#include "stats/survival_data.h"

namespace thaw::stats {

enum class SurvivalVariance {
  kGreenwood,  // weights count people: a weight of 2 is a row twice
  kRobust      // weights are sampling or inverse-probability weights: infinitesimal jackknife,
               // each row a person; equals Greenwood when all weights are 1
};

/// Of the 95 %: log(-log S); log S as R's default; or S itself, cut to 0 and 1.
enum class SurvivalInterval { kLogLog, kLog, kPlain };

/// The curve just after one event time; it is flat until the next.
struct SurvivalPoint {
  double time;
  double survival;  // probability
  double se;        // of the probability
  double low;       // 95 %
  double high;
  double at_risk;         // sum of weights just before
  double events;          // sum of weights
  std::size_t n_at_risk;  // rows
  std::size_t n_events;   // rows
};

struct SurvivalCurve {
  std::vector<SurvivalPoint> points;  // rising time, one a distinct event time; may be empty
  double last_time;                   // the largest time of a row: the curve is unknown beyond,
                                      // unless it has reached 0
};

/// The curve of `data`. Where the curve is 0 its se and `low` are 0 and `high` stays as before.
/// With late entry the risk set may run empty early and the curve fall to 0: look at n_at_risk.
/// Fails: kInvalidArgument as survival_fault says. No event is no error: the curve stays at 1.
/// Checked against R survival 3.5-3 survfit. Cost: O(n log n).
Result<SurvivalCurve> kaplan_meier(const SurvivalData& data,
                                   SurvivalVariance variance = SurvivalVariance::kGreenwood,
                                   SurvivalInterval interval = SurvivalInterval::kLogLog);

/// The curve at `time`: value, se and interval, (1, 0, 1, 1) before the first event; nothing
/// after last_time unless the curve is 0 by then.
std::optional<IntervalEstimate> survival_at(const SurvivalCurve& curve, double time);

/// When the curve, and each limit of its interval, falls to one half; nothing where it does not.
/// A curve that stays at exactly one half gives the middle of that stretch, as in R.
struct MedianTime {
  std::optional<double> value;
  std::optional<double> low;
  std::optional<double> high;
};
MedianTime median_time(const SurvivalCurve& curve);

/// Mean time free of the event up to `horizon`, the area under the curve from 0, with its standard
/// error (Greenwood form) and normal 95 % interval, in the unit of time.
/// Fails: kInvalidArgument unless 0 < horizon, and horizon <= last_time or the curve is 0 by then.
/// Times are taken to be above 0. Checked against R survival's rmean of lung.
Result<IntervalEstimate> restricted_mean(const SurvivalCurve& curve, double horizon);

/// Each row's influence on the curve at `time`, (n): their sum of squares is the robust variance
/// of the survival there; their sum is 0. `data` must be valid (survival_fault).
Vector survival_influence(const SurvivalData& data, double time);

/// Each row's influence on restricted_mean(horizon), (n), likewise.
Vector restricted_mean_influence(const SurvivalData& data, double horizon);

}  // namespace thaw::stats
