// PC: the CPDAG of data without hidden causes, from tests of independence.
//
// Skeleton by PC-stable (skeleton.h), colliders by the max-p rule (colliders.h). Claims are taken
// from the surest down; one that contradicts a surer one, the knowledge or acyclicity is not
// written over it but reported as ambiguous. The result is always a CPDAG (with
// knowledge: one closed under Meek's rules): where the claims admit no DAG, few colliders are added
// or dropped, and that is reported.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "discovery/independence.h"
#include "discovery/knowledge.h"
#include "discovery/skeleton.h"
#include "graph/mixed_graph.h"

namespace thaw::discovery {

/// a - c - b with a < b not joined, where the data claim otherwise than the graph says.
struct AmbiguousTriple {
  std::uint32_t a = 0, c = 0, b = 0;
  bool claimed_collider = false;
  double p = 0;  // of a and b given the set that makes them most independent

  friend bool operator==(const AmbiguousTriple&, const AmbiguousTriple&) = default;
};

struct PcResult {
  graph::MixedGraph graph{0};
  std::vector<AmbiguousTriple> ambiguous;  // by (a, b, c)
  std::vector<CappedPair> capped;
  std::size_t depth = 0;
  std::uint64_t tests = 0;
};

/// Fails: kUnavailable when progress stopped it, kInvalidArgument for an alpha outside (0, 1) or
/// a knowledge of another size. `knowledge` must have passed its check.
Result<PcResult> pc(IndependenceTest& test, const Knowledge& knowledge,
                    const SkeletonOptions& options);

/// The CPDAG of `dag` closed under Meek's rules with what `knowledge` says of its edges. `dag`
/// itself must keep to the knowledge.
graph::MixedGraph cpdag_with_knowledge(const graph::MixedGraph& dag, const Knowledge& knowledge);

}  // namespace thaw::discovery
