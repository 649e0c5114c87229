#include "graph/least_cost_path.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>

namespace thaw::graph {

std::vector<std::uint32_t> least_cost_path(const PlainGraph& graph, const LeastCostQuery& query) {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  std::vector<double> distance(graph.size(), kFar);
  std::vector<std::uint32_t> before(graph.size(), query.from);
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  distance[query.from] = 0;
  open.emplace(0, query.from);
  while (!open.empty()) {
    const auto [spent, node] = open.top();
    open.pop();
    if (node == query.to) {
      break;
    }
    if (spent > distance[node]) {
      continue;
    }
    for (const std::uint32_t next : graph[node]) {
      if (node == query.from && query.not_as_first && query.not_as_first(next)) {
        continue;
      }
      const double passing = next != query.to && query.cost ? query.cost(next) : 0;
      if (spent + 1 + passing < distance[next]) {
        distance[next] = spent + 1 + passing;
        before[next] = node;
        open.emplace(distance[next], next);
      }
    }
  }
  if (query.from == query.to || distance[query.to] == kFar) {
    return {};
  }
  std::vector<std::uint32_t> path = {query.to};
  while (path.back() != query.from) {
    path.push_back(before[path.back()]);
  }
  std::ranges::reverse(path);
  return path;
}

}  // namespace thaw::graph
