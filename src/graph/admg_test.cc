#include "graph/admg.h"

#include <gtest/gtest.h>

#include "graph/path_oracle.h"
#include "graph/separation.h"

namespace thaw::graph {
namespace {

TEST(Admg, OrdersCausesBeforeEffectsAndNamesACycle) {
  EXPECT_EQ(Admg(4, {{3, 1}, {1, 0}, {0, 2}}, {}).order(),
            (std::vector<std::uint32_t>{3, 1, 0, 2}));
  const Admg circle(5, {{4, 0}, {0, 3}, {3, 1}, {1, 0}, {1, 2}}, {});
  EXPECT_TRUE(circle.order().empty());
  EXPECT_EQ(circle.cycle(), (std::vector<std::uint32_t>{0, 3, 1}));
  EXPECT_TRUE(Admg(2, {{0, 1}}, {{0, 1}}).cycle().empty());
}

TEST(Admg, DistrictsAreJoinedByBidirectedEdgesInsideThePart) {
  const Admg graph(5, {}, {{0, 1}, {1, 2}, {3, 4}});
  EXPECT_EQ(districts(graph, NodeSet::all(5)).size(), 2U);
  const auto parts = districts(graph, NodeSet(5, {0, 2, 3}));
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0], NodeSet(5, {0}));
}

TEST(Admg, AConfounderThatIsTakenOutBecomesABidirectedEdge) {
  // U -> X, U -> Y, X -> M -> Y with U and M latent.
  const Admg graph(4, {{0, 1}, {0, 2}, {1, 3}, {3, 2}}, {});
  const Admg projected = latent_projection(graph, NodeSet(4, {0, 3}));
  EXPECT_EQ(projected, Admg(2, {{0, 1}}, {{0, 1}}));
}

/// Every separation among the kept nodes, in both graphs.
void same_separations(const Admg& graph, const NodeSet& latent) {
  const std::size_t n = graph.nodes();
  const Admg projected = latent_projection(graph, latent);
  const std::vector<std::uint32_t> kept = (NodeSet::all(n) - latent).members();
  const std::size_t k = kept.size();
  for (std::uint32_t a = 0; a < k; ++a) {
    for (std::uint32_t b = a + 1; b < k; ++b) {
      for (std::size_t code = 0; code < (std::size_t{1} << k); ++code) {
        if (((code >> a) & 1) != 0 || ((code >> b) & 1) != 0) {
          continue;
        }
        std::vector<std::uint32_t> ranks;
        for (std::uint32_t i = 0; i < k; ++i) {
          if (((code >> i) & 1) != 0)
            ranks.push_back(i);
        }
        ASSERT_EQ(
            separated(graph, NodeSet(n, {kept[a]}), NodeSet(n, {kept[b]}), subset(n, kept, code)),
            separated(projected, NodeSet(k, {a}), NodeSet(k, {b}), NodeSet(k, ranks)));
      }
    }
  }
}

TEST(Admg, ProjectionKeepsEverySeparationOfEveryDagOfFourNodes) {
  for_each_dag(4, [](const Admg& graph) {
    for (std::size_t code = 1; code < 8; ++code) {
      same_separations(graph, subset(4, {0, 1, 2}, code));
    }
  });
}

TEST(Admg, ProjectionKeepsSeparationsOfGraphsThatHaveBidirectedEdges) {
  Random random(7);
  for (int trial = 0; trial < 150; ++trial) {
    const Admg graph = random_admg(random, 6, 0.35, 0.2);
    same_separations(graph, subset(6, {0, 1, 2, 3, 4, 5}, random.index(63)));
  }
}

}  // namespace
}  // namespace thaw::graph
