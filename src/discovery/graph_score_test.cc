#include "discovery/graph_score.h"

#include <gtest/gtest.h>

namespace thaw::discovery {
namespace {

using graph::Mark;
using graph::MixedGraph;

TEST(GraphScore, AGraphAgainstItselfIsPerfect) {
  MixedGraph graph(3);
  graph.direct(0, 1);
  graph.direct(2, 1);
  const GraphScore score = score_graph(graph, graph);
  EXPECT_EQ(score.shd, 0U);
  EXPECT_EQ(score.skeleton_f1, 1);
  EXPECT_EQ(score.arrow_f1, 1);
  EXPECT_EQ(score_graph(MixedGraph(2), MixedGraph(2)).skeleton_f1, 1);
}

TEST(GraphScore, CountsPairsArrowheadsAndDifferences) {
  MixedGraph truth(4);  // 0 -> 1 <- 2, 2 --- 3
  truth.direct(0, 1);
  truth.direct(2, 1);
  truth.set_edge(2, 3, Mark::kTail, Mark::kTail);
  MixedGraph learned(4);  // 0 <-> 1, 2 -> 1, 0 --- 3
  learned.set_edge(0, 1, Mark::kArrow, Mark::kArrow);
  learned.direct(2, 1);
  learned.set_edge(0, 3, Mark::kTail, Mark::kTail);
  const GraphScore score = score_graph(learned, truth);
  EXPECT_DOUBLE_EQ(score.skeleton_f1, 2.0 * 2 / (3 + 3));
  EXPECT_DOUBLE_EQ(score.arrow_f1, 2.0 * 2 / (3 + 2));
  EXPECT_DOUBLE_EQ(score.arrow_precision, 2.0 / 3);
  EXPECT_EQ(score.shd, 3U);  // 0-1 by its heads, 0-3 and 2-3 by being there
  EXPECT_EQ(score.edges, 3U);
}

}  // namespace
}  // namespace thaw::discovery
