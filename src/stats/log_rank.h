// The log-rank test: did groups have the event at different rates?
//
// Method: Mantel 1966, Cancer Chemother Rep 50:163; the weighted family of Harrington and Fleming
// 1982, Biometrika 69:553. It sees a steady difference best and may miss curves that cross.
#pragma once

#include <vector>

#include "base/result.h"
#include "stats/matrix.h"
#include "stats/survival_data.h"

namespace thaw::stats {

struct LogRank {
  std::vector<double> observed;  // (groups), events
  std::vector<double> expected;  // (groups), events if all groups had one rate
  Matrix var;                    // (groups, groups), of observed - expected
  double chi_squared;
  int df;  // groups - 1
  double p;
};

/// Compares the groups 0 .. k-1 of `group` (n). Each event time counts by S(t-)^rho of all
/// together: rho 0 is the log-rank test, rho 1 Peto and Peto's, heavier on early events. Weights
/// in `data` count people.
/// Fails: kInvalidArgument as survival_fault says, when sizes differ, when fewer than two groups
/// or an empty one, and when no event time has two groups at risk.
/// With `strata` (n) groups are compared within each and the differences added; S is then each
/// stratum's own.
/// Checked against R survival 3.5-3 survdiff. Cost: O(n + times k^2), a radix sort.
Result<LogRank> log_rank(const SurvivalData& data, std::span<const int> group, double rho = 0,
                         std::span<const int> strata = {});

}  // namespace thaw::stats
