// The cheapest path in a plain directed graph whose nodes cost something to pass: the baselines
// that recovered mechanisms are compared with.
//
// Method: Dijkstra 1959, one unit a hop plus the cost of each node passed. Checked by hand.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace thaw::graph {

using PlainGraph = std::vector<std::vector<std::uint32_t>>;  // per node, where its arrows go

struct LeastCostQuery {
  std::uint32_t from = 0, to = 0;
  std::function<double(std::uint32_t)> cost;        // of passing a node, >= 0; empty: 0
  std::function<bool(std::uint32_t)> not_as_first;  // nodes the first hop may not reach; empty: any
};

/// The nodes from `from` to `to`, both included; empty when nothing joins them. Of equally cheap
/// paths the one whose nodes were settled first, lower numbers first.
std::vector<std::uint32_t> least_cost_path(const PlainGraph& graph, const LeastCostQuery& query);

}  // namespace thaw::graph
