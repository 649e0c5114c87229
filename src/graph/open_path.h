// One path that leaves two groups of nodes connected, to show why a set does not separate them.
#pragma once

#include <string>
#include <vector>

#include "graph/separation.h"

namespace thaw::graph {

/// One edge of a walk, from `u` to `v`, with what stands at either end.
struct WalkStep {
  std::uint32_t u, v;
  bool head_u, head_v;
};

/// A shortest open walk from `a` to `b` given `given` in `graph` after `cuts`; empty when they are
/// separated. At equal length the smaller numbers come first. Cost: O(n + m).
std::vector<WalkStep> open_walk(const Admg& graph, const NodeSet& a, const NodeSet& b,
                                const NodeSet& given, const Cuts& cuts);

/// "x <- u -> y".
std::string walk_text(const std::vector<WalkStep>& walk, const std::vector<std::string>& names);

}  // namespace thaw::graph
