// How often each pair of variables was joined, and with which marks, over many learned graphs.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/mixed_graph.h"

namespace thaw::discovery {

struct MarkShare {
  graph::Mark mark_a, mark_b;
  double frequency;  // of the graphs, in (0, 1]
};

struct PairShares {
  std::uint32_t a, b;            // a < b
  double absent;                 // share of the graphs in which they are not joined
  std::vector<MarkShare> marks;  // most frequent first, equal ones by marks
};

/// The shares of every pair that one of `graphs` (their edges, at least one graph) joins, by
/// (a, b). The shares of a pair sum to 1. Cost: total number of edges, and a sort.
std::vector<PairShares> edge_shares(const std::vector<std::vector<graph::MixedEdge>>& graphs);

/// The share of the graphs that have `edge` with exactly its marks; 0 when none.
double frequency_of(const std::vector<PairShares>& shares, const graph::MixedEdge& edge);

/// The number of the graph that differs least from the others: least sum over the others of pairs
/// whose edge differs, the first of equals. At least one graph (asserted). Cost: graphs^2 x edges.
std::size_t most_central(const std::vector<std::vector<graph::MixedEdge>>& graphs);

}  // namespace thaw::discovery
