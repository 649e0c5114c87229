// Strong components of a signed graph around one target: which feedback loops lie on the way to it.
//
// Method: Tarjan 1972, SIAM J Comput 1:146, without recursion.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/signed_graph.h"

namespace thaw::graph {

/// The nodes that can reach `target`, cut into strong components of the graph in which the target
/// has no way out. Each component comes after all it leads to: the target's own is the first.
/// Nodes that cannot reach the target are in none. Fails never; `target` must be a node.
std::vector<std::vector<std::uint32_t>> components_towards(const SignedGraph& graph,
                                                           std::uint32_t target);

}  // namespace thaw::graph
