// For tests only: every directed acyclic graph of a few nodes, and the classes they fall into.
#pragma once

#include <map>
#include <vector>

#include "graph/mixed_graph.h"

namespace thaw::graph {

/// All directed acyclic graphs on `nodes` nodes: 3, 25, 543, 29281 for 2, 3, 4, 5.
inline std::vector<MixedGraph> every_dag(std::size_t nodes) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t a = 0; a < nodes; ++a) {
    for (std::size_t b = a + 1; b < nodes; ++b) {
      pairs.emplace_back(a, b);
    }
  }
  std::vector<MixedGraph> found;
  std::size_t total = 1;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    total *= 3;
  }
  for (std::size_t code = 0; code < total; ++code) {
    MixedGraph graph(nodes);
    std::size_t rest = code;
    for (const auto& [a, b] : pairs) {
      if (rest % 3 == 1) {
        graph.direct(a, b);
      } else if (rest % 3 == 2) {
        graph.direct(b, a);
      }
      rest /= 3;
    }
    if (!directed_order(graph).empty()) {
      found.push_back(std::move(graph));
    }
  }
  return found;
}

/// What the members of a Markov equivalence class of DAGs share (Verma and Pearl 1990): the pairs
/// joined, and the colliders of two that are not.
inline std::vector<std::size_t> skeleton_and_colliders(const MixedGraph& dag) {
  const std::size_t n = dag.nodes();
  std::vector<std::size_t> key;
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) {
      if (dag.adjacent(a, b)) {
        key.push_back(a * n + b);
        continue;
      }
      for (std::size_t c = 0; c < n; ++c) {
        if (dag.directed(a, c) && dag.directed(b, c)) {
          key.push_back(n * n * (c + 1) + a * n + b);
        }
      }
    }
  }
  return key;
}

/// The marks that all of `members` (equal skeletons) share; `unsure` where they do not.
inline MixedGraph shared_marks(const std::vector<MixedGraph>& members, Mark unsure) {
  MixedGraph shared = members.front();
  for (const MixedGraph& member : members) {
    for (const MixedEdge& edge : shared.edges()) {
      if (edge.mark_a != member.mark(edge.b, edge.a)) {
        shared.set_mark(edge.b, edge.a, unsure);
      }
      if (edge.mark_b != member.mark(edge.a, edge.b)) {
        shared.set_mark(edge.a, edge.b, unsure);
      }
    }
  }
  return shared;
}

}  // namespace thaw::graph
