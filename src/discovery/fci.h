// FCI and RFCI: what can be learned when causes may be hidden, as a PAG.
//
// FCI: Spirtes, Glymour and Scheines 2000, with the rules of Zhang 2008. RFCI leaves its search of
// possible-d-sep out and tests what it orients instead: Colombo et al. 2012, Ann Stat 40:294, doi
// 10.1214/11-AOS940. Both take colliders by the weighed max-p rule (colliders.h) wherever sets of
// neighbours separate the two ends.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "discovery/independence.h"
#include "discovery/knowledge.h"
#include "discovery/pag_rules.h"
#include "discovery/skeleton.h"
#include "graph/mixed_graph.h"

namespace thaw::discovery {

struct FciOptions {
  SkeletonOptions skeleton;  // hidden_causes and keep_sets are set by fci and rfci
  bool selection = false;    // the sample may be selected: R5-R7
  /// Largest set drawn from a possible-d-sep. Those hold dozens of variables even in sparse graphs,
  /// so that without an end the search would be exponential.
  std::size_t possible_d_sep_depth = 3;
  /// Nominal seconds that one variable may need in that search at one size.
  double possible_d_sep_work = 0.02;
};

struct FciResult {
  graph::MixedGraph graph{0};
  /// Joined pairs of which larger sets were possible and not tried, in the first search.
  std::vector<CappedPair> capped;
  /// The same of the possible-d-sep search.
  std::vector<CappedPair> d_sep_capped;
  /// Unshielded colliders that the tests claim and a mark from knowledge forbids.
  std::vector<std::array<std::uint32_t, 3>> ambiguous;
  /// Where the marks contradict each other (see not_ancestral): finite data, or a wrong level.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> contradictions;
  std::size_t depth = 0;
  std::uint64_t tests = 0;
  std::size_t removed_by_d_sep = 0;  // edges
};

/// Fails: kUnavailable when progress stopped it, kInvalidArgument for an alpha outside (0, 1) or
/// a knowledge of another size.
Result<FciResult> fci(IndependenceTest& test, const Knowledge& knowledge,
                      const FciOptions& options);
Result<FciResult> rfci(IndependenceTest& test, const Knowledge& knowledge,
                       const FciOptions& options);

/// Arrows of the unshielded colliders in `pag` (circles at first) by the separating sets of
/// `skeleton`; those of pairs without a set are left alone. Returns the claims that a tail forbids.
std::vector<std::array<std::uint32_t, 3>> orient_by_sets(graph::MixedGraph& pag,
                                                         const Skeleton& skeleton);

/// The possible-d-sep of every node: those that a path reaches on which each inner node is a
/// collider or in a triangle with its neighbours on it. Rising, without the node itself.
Neighbours possible_d_sep(const graph::MixedGraph& pag);

/// Removes from `skeleton` the edges that a set from the possible-d-sep of either end separates,
/// taken from `pag` as it stands; counts tests and edges in `result` and reports its caps.
Result<Done> prune_by_possible_d_sep(IndependenceTest& test, const Knowledge& knowledge,
                                     const FciOptions& options, const graph::MixedGraph& pag,
                                     Skeleton& skeleton, FciResult& result);

}  // namespace thaw::discovery
