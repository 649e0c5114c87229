#include "graph/class_member.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "graph/every_graph.h"
#include "graph/every_mag.h"
#include "graph/meek.h"
#include "graph/separation.h"

namespace thaw::graph {
namespace {

TEST(ClassMember, MagsAreThoseOfTheDefinition) {
  for_each_arrow_graph(4, [](const MixedGraph& graph) {
    const Admg admg = arrows_as_admg(graph);
    const bool defined =
        !admg.order().empty() && is_mag_by_definition(graph, separations_by_paths(admg));
    ASSERT_EQ(is_mag(graph), defined);
  });
}

TEST(ClassMember, ALineMustStandApartFromArrowheads) {
  MixedGraph graph(3);
  graph.set_edge(0, 1, Mark::kTail, Mark::kTail);
  EXPECT_TRUE(is_mag(graph));
  graph.direct(2, 1);
  EXPECT_FALSE(is_mag(graph));
  EXPECT_FALSE(is_dag(graph));
}

/// `marks` separates as `member` does, everywhere.
void same_separations(const MixedGraph& marks, const Admg& member) {
  const std::size_t n = marks.nodes();
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = a + 1; b < n; ++b) {
      for (std::size_t code = 0; code < (std::size_t{1} << n); ++code) {
        if (((code >> a) & 1) == 0 && ((code >> b) & 1) == 0) {
          NodeSet given(n);
          for (std::uint32_t v = 0; v < n; ++v) {
            if (((code >> v) & 1) != 0)
              given.insert(v);
          }
          ASSERT_EQ(separated(marks, NodeSet(n, {a}), NodeSet(n, {b}), given),
                    separated(member, NodeSet(n, {a}), NodeSet(n, {b}), given));
        }
      }
    }
  }
}

TEST(ClassMember, OfEveryPagOfFourNodesIsInItsClass) {
  for (const auto& members : every_mag_class(4)) {
    const MixedGraph pag = common_marks(members);
    const auto member = mag_member(pag);
    ASSERT_TRUE(member);
    ASSERT_TRUE(std::any_of(members.begin(), members.end(),
                            [&](const MixedGraph& one) { return arrows_as_admg(one) == *member; }));
    same_separations(pag, *member);
  }
}

TEST(ClassMember, OfEveryCpdagOfFourNodesSeparatesAsTheCpdag) {
  for (const MixedGraph& dag : every_dag(4)) {
    const MixedGraph cpdag = cpdag_of(dag);
    const auto member = dag_member(cpdag);
    ASSERT_TRUE(member);
    same_separations(cpdag, *member);
  }
}

}  // namespace
}  // namespace thaw::graph
