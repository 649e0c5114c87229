// One event among several that end each other: rows, and the curves of how likely each is by when.
//
// Method: Aalen and Johansen 1978, Scand J Stat 5:141. The variance is Greenwood's for several
// kinds of events, which without weights and late entry equals the infinitesimal jackknife (a
// test). Unlike one minus Kaplan-Meier of one cause, which answers what would happen if the others
// did not exist, this is the share of people who will have had each event.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "stats/matrix.h"

namespace thaw::stats {

/// As SurvivalData, with several kinds of events.
struct CompetingData {
  std::span<const double> time;          // (n), finite, any one unit
  std::span<const std::uint8_t> cause;   // (n), 0 = censored at `time`, k = event k then, k from 1
  std::span<const double> entry = {};    // (n), each below `time`; empty: at risk from the start
  std::span<const double> weights = {};  // (n), finite, >= 0, not all 0; empty: all 1
};

/// Why `data` cannot be used (the row counted from 1), or nothing.
std::optional<std::string> competing_fault(const CompetingData& data);

/// Just after one event time. State 0 is free of events, state k has had event k.
struct StateTimes {
  std::vector<double> time;            // rising, the times of events of any kind
  std::vector<double> at_risk;         // sum of weights just before
  std::vector<std::size_t> n_at_risk;  // rows
  Matrix events;                       // (times, causes), sums of weights
  Matrix state;                        // (times, causes + 1), probabilities; each row adds up to 1
  Matrix se;                           // the same shape; weights count people
  double last_time;                    // nothing is known beyond, unless state 0 has reached 0
};

/// The curves of `causes` kinds of events (those in data.cause are at most that).
/// Fails: kInvalidArgument as competing_fault, for a cause above `causes`, and above 20 causes.
/// Checked against R survival 3.5-3 survfit (mgus2). Cost: O(n + times causes^2), a radix sort.
Result<StateTimes> aalen_johansen(const CompetingData& data, std::size_t causes);

/// Row of StateTimes that holds at `time`: nothing before the first event or beyond last_time.
std::optional<Eigen::Index> state_row(const StateTimes& curves, double time);

/// Each row's influence on the states at `time`, (n, causes + 1): sums of squares over rows or
/// clusters are robust variances. `data` must be valid. Cost: O(n + times causes).
Matrix state_influence(const CompetingData& data, std::size_t causes, double time);

}  // namespace thaw::stats
