// The part of a large graph that is nearest to an outcome: what is examined when all of it would
// take minutes. An answer from a part says so, with the numbers of arrows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/possible_worlds.h"
#include "graph/signed_graph.h"

namespace thaw::inquiry {

/// A graph up to this size is examined whole; of a larger one kArrowsNear arrows.
inline constexpr std::size_t kArrowsWhole = 5000;
inline constexpr std::size_t kArrowsNear = 2000;

struct NearOutcome {
  graph::SignedGraph graph;             // the same nodes as the whole
  std::vector<std::uint32_t> in_whole;  // edge of `graph` -> edge of the whole
  std::size_t arrows_total = 0;         // of the whole
  bool whole = true;                    // nothing was left out
};

/// The arrows met first when walking back from `outcome`, breadth first, each node's incoming ones
/// in their order; at most `most`, all where the graph has no more than that.
Result<NearOutcome> near_outcome(const graph::SignedGraph& whole, std::uint32_t outcome,
                                 std::size_t most);

/// The table with its effects as edges of the whole graph.
graph::ImportanceTable of_whole(graph::ImportanceTable table, const NearOutcome& near);

}  // namespace thaw::inquiry
