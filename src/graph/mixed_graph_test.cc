#include "graph/mixed_graph.h"

#include <gtest/gtest.h>

namespace thaw::graph {
namespace {

TEST(MixedGraph, MarksAreKeptAtTheirEnds) {
  MixedGraph graph(3);
  graph.set_edge(2, 0, Mark::kCircle, Mark::kArrow);
  EXPECT_EQ(graph.mark(2, 0), Mark::kArrow);
  EXPECT_EQ(graph.mark(0, 2), Mark::kCircle);
  EXPECT_FALSE(graph.directed(2, 0));
  graph.set_mark(0, 2, Mark::kTail);
  EXPECT_TRUE(graph.directed(2, 0));
  ASSERT_EQ(graph.edges().size(), 1U);
  EXPECT_EQ(graph.edges().front(), (MixedEdge{0, 2, Mark::kArrow, Mark::kTail}));
  graph.remove_edge(0, 2);
  EXPECT_EQ(graph.edge_count(), 0U);
}

TEST(MixedGraph, OrderTakesTheSmallestFreeNodeAndKnowsACircle) {
  MixedGraph graph(4);
  graph.direct(3, 0);
  graph.direct(0, 1);
  EXPECT_EQ(directed_order(graph), (std::vector<std::uint32_t>{2, 3, 0, 1}));
  graph.direct(1, 3);
  EXPECT_TRUE(directed_order(graph).empty());
}

}  // namespace
}  // namespace thaw::graph
