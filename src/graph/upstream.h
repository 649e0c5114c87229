// Which regulator explains measured changes: every node scored as a cause, with exact p-values.
//
// Methods: the quaternary and ternary dot product and enrichment (Fakhry et al. 2016, BMC
// Bioinformatics 17:318) over a regulator's direct targets, and causal reasoning over signed chains
// of at most `depth` relations (Bradley and Barrett 2017, Bioinformatics 33:3670). All four are one
// table with an exact tail: signed_table.h. Checked against published scores and p-values.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/signed_table.h"

namespace thaw::graph {

/// A relation as a source states it: what `from` does to `to`, or that it does something.
struct Relation {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  int sign = 0;  // +1 raises, -1 lowers, 0 acts with unknown sign
};

enum class UpstreamMethod : std::uint8_t {
  kBetter,      // the better of quaternary and ternary, see Regulator::p
  kQuaternary,  // targets of unknown sign count when they moved either way
  kTernary,     // targets of unknown sign are left out of the table
  kEnrichment,  // all targets count as of unknown sign
  kCausal       // chains; a target that both signs reach first is predicted nothing
};

/// "better", "quaternary", "ternary", "enrichment", "causal".
std::string_view to_string(UpstreamMethod method);

struct UpstreamOptions {
  UpstreamMethod method = UpstreamMethod::kBetter;
  int depth = 2;         // kCausal only: chains of at most so many relations, 1..5
  unsigned threads = 1;  // changes nothing in the answer
};

/// A target that moved, and what the regulator in its predicted direction says of it.
struct ExplainedChange {
  std::uint32_t node = 0;
  int predicted = 0;  // +1, -1, 0 = moves either way
  int measured = 0;   // +1, -1
};

/// One regulator in the direction that explains the changes better (up where both do so equally).
struct Regulator {
  std::uint32_t node = 0;
  int direction = 0;  // +1: as if it went up, -1: down; 0 for enrichment
  std::int64_t score = 0;
  SignedMargins margins;            // of that direction
  std::int64_t correct = 0;         // moved as predicted
  std::int64_t incorrect = 0;       // moved the other way
  std::int64_t unsigned_moved = 0;  // moved, predicted without a sign
  /// P(S >= score), see TailProbability. Better: twice the smaller of the quaternary and the
  /// ternary p (Bonferroni for looking at both tables); score and counts are then the quaternary
  /// table's.
  double p = 1, p_omitted = 0;
  double p_quaternary = 1, p_ternary = 1;     // kBetter only, of this direction
  std::int64_t score_up = 0, score_down = 0;  // of both directions (equal for enrichment)
  double p_up = 1, p_down = 1;
  double fdr = 1;                        // of this direction, over all hypotheses tested
  std::vector<ExplainedChange> changes;  // by node
};

struct UpstreamScan {
  std::size_t universe = 0;           // nodes that some relation enters: what can be explained
  std::size_t up = 0, down = 0;       // measured changes within it
  std::size_t outside = 0;            // measured changes that no relation enters
  std::size_t hypotheses = 0;         // tested: regulators times directions
  std::vector<Regulator> regulators;  // by fdr, score falling, p, node
};

/// Scores every node with at least one target. `measured` has one value a node: +1 rose, -1 fell,
/// 0 did not change. Of relations from a to b given more than once, equal ones count once; signs
/// that disagree make one of unknown sign; a relation from a node to itself is left out.
/// The false discovery rate is Benjamini and Hochberg's (1995, J R Stat Soc B 57:289) over all
/// hypotheses, the two directions of a regulator being two.
/// Fails: kInvalidArgument for an end outside `measured`, a sign that is not -1, 0, 1, or a depth
/// outside 1..5.
Result<UpstreamScan> scan_upstream(std::vector<Relation> relations, std::span<const int> measured,
                                   const UpstreamOptions& options);

/// Benjamini-Hochberg adjusted values of `p`, in the same order; at most 1, never below p.
std::vector<double> false_discovery_rates(std::span<const double> p);

}  // namespace thaw::graph
