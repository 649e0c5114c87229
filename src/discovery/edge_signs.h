// Whether two joined variables rise together: the one thing of an edge that a graph does not say.
#pragma once

#include <optional>
#include <vector>

#include "discovery/data.h"
#include "graph/mixed_graph.h"

namespace thaw::discovery {

/// For every edge of `graph.edges()`: +1 or -1, the sign of the coefficient of a in a linear
/// regression of b on all its parents when a --> b (or of b when b --> a), of the correlation of
/// the two otherwise; nothing where a variable has more than two levels, and where the data do not
/// tell (dependent or constant columns, |coefficient| below 1e-12). A variable of two levels counts
/// as 0 and 1 in the order of its levels. Rows that miss a value that is needed are left out.
/// Cost: per edge, rows x parents^2.
std::vector<std::optional<int>> edge_signs(const graph::MixedGraph& graph, const Data& data);

}  // namespace thaw::discovery
