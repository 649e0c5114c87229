// For tests only: every ancestral graph of a few nodes, with lines too if asked for.
#pragma once

#include <optional>
#include <vector>

#include "graph/mixed_graph.h"

namespace thaw::graph {

/// The ancestors of every node along directed edges, itself among them, as bits.
inline std::vector<std::uint32_t> ancestor_bits(const MixedGraph& graph) {
  const std::size_t n = graph.nodes();
  std::vector<std::uint32_t> bits(n);
  for (std::size_t a = 0; a < n; ++a) {
    bits[a] = 1U << a;
  }
  for (std::size_t round = 0; round < n; ++round) {
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        if (graph.directed(a, b)) {
          bits[b] |= bits[a];
        }
      }
    }
  }
  return bits;
}

/// Richardson and Spirtes 2002, definition 3.2: no arrow at a cause of the edge's other end, and
/// none at an end of an undirected edge.
inline bool is_ancestral(const MixedGraph& graph) {
  const auto ancestors = ancestor_bits(graph);
  for (std::size_t a = 0; a < graph.nodes(); ++a) {
    bool into = false, undirected = false;
    for (std::size_t b = 0; b < graph.nodes(); ++b) {
      if (a == b || !graph.adjacent(a, b)) {
        continue;
      }
      into = into || graph.mark(b, a) == Mark::kArrow;
      undirected = undirected || graph.undirected(a, b);
      if (graph.mark(b, a) == Mark::kArrow && (ancestors[b] >> a & 1U) != 0) {
        return false;
      }
    }
    if (into && undirected) {
      return false;
    }
  }
  return true;
}

using NodePairs = std::vector<std::pair<std::size_t, std::size_t>>;

/// Calls `visit` with every ancestral graph that joins `pairs`, all of them or, with `fewer`, any:
/// edges -> <- <-> and, with selection, ---. Maximality is the caller's to check, with its own
/// m-separation.
template <class Visit>
void every_ancestral_graph(std::size_t nodes, const NodePairs& pairs, bool fewer, bool selection,
                           Visit visit) {
  const std::size_t kinds = (selection ? 4 : 3) + (fewer ? 1 : 0);
  std::size_t total = 1;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    total *= kinds;
  }
  for (std::size_t code = 0; code < total; ++code) {
    MixedGraph graph(nodes);
    std::size_t rest = code;
    for (const auto& [a, b] : pairs) {
      switch (rest % kinds) {
        case 0:
          graph.direct(a, b);
          break;
        case 1:
          graph.direct(b, a);
          break;
        case 2:
          graph.set_edge(a, b, Mark::kArrow, Mark::kArrow);
          break;
        case 3:
          if (selection) {
            graph.set_edge(a, b, Mark::kTail, Mark::kTail);
          }
          break;
        default:
          break;
      }
      rest /= kinds;
    }
    if (is_ancestral(graph)) {
      visit(std::move(graph));
    }
  }
}

/// All pairs of `nodes` nodes.
inline NodePairs every_pair(std::size_t nodes) {
  NodePairs pairs;
  for (std::size_t a = 0; a < nodes; ++a) {
    for (std::size_t b = a + 1; b < nodes; ++b) {
      pairs.emplace_back(a, b);
    }
  }
  return pairs;
}

}  // namespace thaw::graph
