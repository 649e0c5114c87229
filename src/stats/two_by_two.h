// Effects from counts of two arms, study by study and pooled without large-sample variances.
//
// Mantel and Haenszel 1959 with the variances of Robins, Breslow and Greenland 1986 (odds ratio),
// Greenland and Robins 1985 (risk ratio) and Sato, Greenland and Robins 1989 (risk difference);
// Peto and Yusuf 1985. The pooled forms need no correction for empty cells and suit rare events.
// Checked against R metafor 3.8-1 and closed forms.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::stats {

/// Events and no events among the treated, then among the controls.
struct Counts {
  double a, b, c, d;
};

enum class CountMeasure { kLogOddsRatio, kLogRiskRatio, kRiskDifference, kPeto };

/// "OR", "RR", "RD" or "PETO".
std::string_view to_string(CountMeasure measure);
/// Reads that in any case.
Result<CountMeasure> parse_count_measure(std::string_view word);

struct CountEffect {
  double y, v;       // estimate (logarithm for ratios) and its variance
  bool informative;  // false: no events, or no one without, in both arms; y and v are then void
  bool corrected;    // 1/2 was added to all four cells, since one was empty
};

/// Each study's effect. Fails: kInvalidArgument for a count that is negative, not whole or not
/// finite, or an arm without people (studies counted from 1).
Result<std::vector<CountEffect>> count_effects(std::span<const Counts> studies,
                                               CountMeasure measure);

struct PooledCounts {
  double value, se, low, high;  // logarithm for ratios
  double statistic, p;
  double q, q_p;  // heterogeneity over the informative studies
  int df;
};

/// Mantel-Haenszel, or Peto's for kPeto. Fails as count_effects, or where no study is informative.
Result<PooledCounts> pool_counts(std::span<const Counts> studies, CountMeasure measure);

}  // namespace thaw::stats
