// How surprising a score of predicted against measured signs is: the exact upper tail.
//
// A hypothesis predicts for each of T things that it rises, falls, moves either way, or nothing;
// a measurement says up, down or unchanged. Under "the measured signs fall on the things at random"
// both margins are fixed and the table is multivariate hypergeometric. The score is that of the
// quaternary dot product (Fakhry et al. 2016, BMC Bioinformatics 17:318, doi:10.1186/
// s12859-016-1181-8); without `either` it is the ternary score of causal reasoning, with all
// targets in `either` it is one-sided enrichment (Fisher).
// Checked against enumeration of all small tables and four published exact values.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"

namespace thaw::graph {

struct SignedMargins {
  std::int64_t raised = 0, lowered = 0;  // things predicted to rise, to fall
  std::int64_t either = 0;               // predicted to move, sign unknown
  std::int64_t none = 0;                 // nothing predicted
  std::int64_t up = 0, down = 0, unchanged = 0;

  std::int64_t total() const { return raised + lowered + either + none; }
};

/// The true probability lies in [p, p + omitted], up to rounding of about 1e-12 p.
struct TailProbability {
  double p = 1;
  double omitted = 0;  // mass of the tables that were left out, all of it counted as if it hit
};

/// Tails for tables of at most `total_max` things; safe to share between threads.
class SignedTable {
 public:
  explicit SignedTable(std::int64_t total_max);

  /// P(S >= score) with S = right - wrong: moved things of predicted sign count +1, of the opposite
  /// sign -1, moved things in `either` +1. Tables are left out only while they sum to less than
  /// 1e-10 of p. Fails: kInvalidArgument for a negative margin, margins of unequal sums, or more
  /// things than total_max.
  /// Method: condition on how many things of `raised` and `lowered` moved (a, b). Then the number
  /// that moved in `either` hangs on a + b only, and the signs on (a, b) only, so that all tables
  /// are summed in O(cells * a b) instead of one by one.
  Result<TailProbability> upper_tail(const SignedMargins& margins, std::int64_t score) const;

 private:
  friend class TailSum;
  long double log_choose(std::int64_t n, std::int64_t k) const;

  std::vector<long double> log_factorial_;  // long: differences of large terms keep 1e-15
};

}  // namespace thaw::graph
