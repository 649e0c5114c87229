// How near a learned graph is to a known one: skeleton F1, arrow F1, structural Hamming distance.
//
// The definitions under which published figures of other programs were taken, so that ours stand
// beside them. Compare with the CPDAG of the true DAG, not with the DAG.
#pragma once

#include <cstddef>

#include "graph/mixed_graph.h"

namespace thaw::discovery {

struct GraphScore {
  double skeleton_precision = 0, skeleton_recall = 0;
  double skeleton_f1 = 0;  // over unordered pairs that are joined
  double arrow_precision = 0, arrow_recall = 0;
  double arrow_f1 = 0;    // over arrowheads: a bidirected edge has two
  std::size_t shd = 0;    // pairs joined in one graph only, or with other arrowheads
  std::size_t edges = 0;  // of the learned graph
};

/// Both graphs have the same nodes (asserted). A ratio of nothing to nothing is 1. Cost: O(n^2).
GraphScore score_graph(const graph::MixedGraph& learned, const graph::MixedGraph& truth);

}  // namespace thaw::discovery
