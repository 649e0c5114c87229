#include "graph/separation.h"

#include <gtest/gtest.h>

#include "graph/open_path.h"
#include "graph/path_oracle.h"

namespace thaw::graph {
namespace {

void agrees_with_paths(const Admg& graph, const Admg& cut_copy, const Cuts& cuts) {
  const std::size_t n = graph.nodes();
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = 0; b < n; ++b) {
      std::vector<std::uint32_t> others;
      for (std::uint32_t v = 0; v < n; ++v) {
        if (v != a && v != b)
          others.push_back(v);
      }
      for (std::size_t code = 0; a != b && code < (std::size_t{1} << others.size()); ++code) {
        const NodeSet given = subset(n, others, code);
        const NodeSet one(n, {a});
        const NodeSet other(n, {b});
        ASSERT_EQ(separated(graph, one, other, given, cuts),
                  separated_by_paths(cut_copy, one, other, given));
      }
    }
  }
}

TEST(Separation, IsWhatThePathsSayOnEveryDagOfFourNodes) {
  for_each_dag(4, [](const Admg& graph) { agrees_with_paths(graph, graph, Cuts::none(4)); });
}

TEST(Separation, IsWhatThePathsSayWithBidirectedEdges) {
  Random random(3);
  for (int trial = 0; trial < 120; ++trial) {
    const Admg graph = random_admg(random, 5, 0.35, 0.25);
    agrees_with_paths(graph, graph, Cuts::none(5));
  }
}

TEST(Separation, CutsAreTheSameAsAGraphWithoutThoseEdges) {
  Random random(4);
  for (int trial = 0; trial < 120; ++trial) {
    const Admg graph = random_admg(random, 5, 0.4, 0.25);
    const Cuts cuts{subset(5, {0, 1, 2, 3, 4}, random.index(32)),
                    subset(5, {0, 1, 2, 3, 4}, random.index(32)),
                    subset(5, {0, 1, 2, 3, 4}, random.index(32) & random.index(32))};
    std::vector<NodePair> directed, bidirected;
    for (const auto& [u, v] : graph.directed_edges()) {
      if (!cuts.set.contains(v) && !(cuts.from.contains(u) && cuts.into.contains(v))) {
        directed.emplace_back(u, v);
      }
    }
    for (const auto& [u, v] : graph.bidirected_edges()) {
      if (!cuts.set.contains(u) && !cuts.set.contains(v)) {
        bidirected.emplace_back(u, v);
      }
    }
    agrees_with_paths(graph, Admg(5, directed, bidirected), cuts);
  }
}

TEST(Separation, OfAGraphOfMarksIsTheSameForDags) {
  for_each_dag(4, [](const Admg& graph) {
    MixedGraph marks(4);
    for (const auto& [u, v] : graph.directed_edges()) {
      marks.direct(u, v);
    }
    for (std::uint32_t a = 0; a < 4; ++a) {
      for (std::uint32_t b = a + 1; b < 4; ++b) {
        for (std::size_t code = 0; code < 16; ++code) {
          const NodeSet given = subset(4, {0, 1, 2, 3}, code);
          if (!given.contains(a) && !given.contains(b)) {
            ASSERT_EQ(separated(marks, NodeSet(4, {a}), NodeSet(4, {b}), given),
                      separated(graph, NodeSet(4, {a}), NodeSet(4, {b}), given));
          }
        }
      }
    }
  });
}

TEST(Separation, AnOpenWalkIsShownExactlyWhereThereIsOne) {
  Random random(9);
  for (int trial = 0; trial < 300; ++trial) {
    const Admg graph = random_admg(random, 6, 0.3, 0.15);
    const NodeSet a(6, {0});
    const NodeSet b(6, {1});
    const NodeSet given = subset(6, {2, 3, 4, 5}, random.index(16));
    const auto walk = open_walk(graph, a, b, given, Cuts::none(6));
    ASSERT_EQ(walk.empty(), separated(graph, a, b, given));
    std::vector<PathStep> path;
    for (const WalkStep& step : walk) {
      path.push_back({step.u, step.v, step.head_u, step.head_v});
    }
    ASSERT_TRUE(path.empty() || open_path(graph, path, given));
  }
  EXPECT_EQ(walk_text({{0, 2, true, false}, {2, 1, true, true}}, {"x", "y", "u"}), "x <- u <-> y");
}

}  // namespace
}  // namespace thaw::graph
