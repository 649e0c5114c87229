#include "graph/signed_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace thaw::graph {
namespace {

constexpr double kSumTolerance = 1e-12;

Result<Done> check_edge(const SignedEdge& edge, std::uint32_t nodes) {
  if (edge.from >= nodes || edge.to >= nodes) {
    return invalid_argument(fmt::format("edge {} joins {} to {}, but the graph has {} nodes",
                                        edge.id, edge.from, edge.to, nodes));
  }
  const auto in_range = [](double p) { return p >= 0 && p <= 1; };  // false for NaN
  if (!in_range(edge.p_plus) || !in_range(edge.p_minus) ||
      edge.p_plus + edge.p_minus > 1 + kSumTolerance) {
    return invalid_argument(
        fmt::format("edge {} has probabilities {} and {}: each must be in [0, 1], their sum too",
                    edge.id, edge.p_plus, edge.p_minus));
  }
  return Done{};
}

Result<Done> check_ids(const std::vector<SignedEdge>& edges) {
  std::vector<std::uint64_t> ids;
  ids.reserve(edges.size());
  for (const auto& edge : edges) {
    ids.push_back(edge.id);
  }
  std::ranges::sort(ids);
  const auto twice = std::ranges::adjacent_find(ids);
  if (twice != ids.end()) {
    return invalid_argument(fmt::format("edge id {} is used twice", *twice));
  }
  return Done{};
}

}  // namespace

Result<SignedGraph> SignedGraph::build(std::uint32_t nodes, std::vector<SignedEdge> edges) {
  for (const auto& edge : edges) {
    THAW_CHECK(check_edge(edge, nodes));
  }
  THAW_CHECK(check_ids(edges));
  const auto before = [](const SignedEdge& a, const SignedEdge& b) {
    return std::tie(a.from, a.to, a.id) < std::tie(b.from, b.to, b.id);
  };
  if (!std::ranges::is_sorted(edges, before)) {
    std::ranges::sort(edges, before);
  }

  SignedGraph graph;
  graph.nodes_ = nodes;
  graph.edges_ = std::move(edges);
  graph.out_begin_.assign(nodes + std::size_t{1}, 0);
  graph.in_begin_.assign(nodes + std::size_t{1}, 0);
  for (const auto& edge : graph.edges_) {
    ++graph.out_begin_[edge.from + std::size_t{1}];
    ++graph.in_begin_[edge.to + std::size_t{1}];
  }
  for (std::size_t i = 0; i < nodes; ++i) {
    graph.out_begin_[i + 1] += graph.out_begin_[i];
    graph.in_begin_[i + 1] += graph.in_begin_[i];
  }
  graph.in_.resize(graph.edges_.size());
  auto next = graph.in_begin_;
  for (std::uint32_t i = 0; i < graph.edges_.size(); ++i) {
    graph.in_[next[graph.edges_[i].to]++] = i;
  }
  return graph;
}

}  // namespace thaw::graph
