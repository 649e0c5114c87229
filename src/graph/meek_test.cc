#include "graph/meek.h"

#include <gtest/gtest.h>

#include <map>

#include "graph/every_graph.h"

namespace thaw::graph {
namespace {

std::map<std::vector<std::size_t>, std::vector<MixedGraph>> classes(std::size_t nodes) {
  std::map<std::vector<std::size_t>, std::vector<MixedGraph>> found;
  for (MixedGraph& dag : every_dag(nodes)) {
    found[skeleton_and_colliders(dag)].push_back(std::move(dag));
  }
  return found;
}

TEST(Meek, ACpdagHoldsTheArrowsThatAllOfItsClassShare) {
  for (const std::size_t nodes : {2U, 3U, 4U}) {
    for (const auto& [key, members] : classes(nodes)) {
      const MixedGraph expected = shared_marks(members, Mark::kTail);
      for (const MixedGraph& dag : members) {
        ASSERT_EQ(cpdag_of(dag), expected);
      }
      ASSERT_TRUE(is_cpdag(expected));
    }
  }
}

/// R1-R4 are complete with knowledge (Meek 1995, theorem 4): add any arrow that some member has.
TEST(Meek, WithKnowledgeTheRulesGiveWhatTheRemainingMembersShare) {
  for (const auto& [key, members] : classes(4)) {
    const MixedGraph cpdag = shared_marks(members, Mark::kTail);
    for (std::size_t known = 0; known < 16 * 16; ++known) {
      const std::size_t a = known % 4, b = known / 4 % 4, c = known / 16 % 4, d = known / 64;
      if (!cpdag.undirected(a, b) || !cpdag.undirected(c, d)) {
        continue;
      }
      std::vector<MixedGraph> left;
      for (const MixedGraph& dag : members) {
        if (dag.directed(a, b) && dag.directed(c, d)) {
          left.push_back(dag);
        }
      }
      if (left.empty()) {
        continue;
      }
      MixedGraph closed = cpdag;
      closed.direct(a, b);
      closed.direct(c, d);
      close_under_meek(closed);
      ASSERT_EQ(closed, shared_marks(left, Mark::kTail));
    }
  }
}

TEST(Meek, AnExtensionIsAMemberOfTheClass) {
  for (const auto& [key, members] : classes(4)) {
    const auto dag = consistent_extension(cpdag_of(members.front()));
    ASSERT_TRUE(dag);
    ASSERT_EQ(skeleton_and_colliders(*dag), key);
  }
}

TEST(Meek, AnUndirectedSquareHasNoExtensionWithoutANewCollider) {
  MixedGraph square(4);
  for (const auto& [a, b] : {std::pair{0, 1}, {1, 2}, {2, 3}, {3, 0}}) {
    square.set_edge(static_cast<std::size_t>(a), static_cast<std::size_t>(b), Mark::kTail,
                    Mark::kTail);
  }
  EXPECT_FALSE(consistent_extension(square));
  EXPECT_FALSE(is_cpdag(square));
  bool new_collider = false;
  const auto dag = consistent_extension(square, &new_collider);
  ASSERT_TRUE(dag);
  EXPECT_TRUE(new_collider);
  EXPECT_FALSE(directed_order(*dag).empty());
  EXPECT_TRUE(is_cpdag(cpdag_of(*dag)));
}

TEST(Meek, ACircleOfArrowsHasNoExtension) {
  MixedGraph circle(3);
  circle.direct(0, 1);
  circle.direct(1, 2);
  circle.direct(2, 0);
  bool new_collider = false;
  EXPECT_FALSE(consistent_extension(circle, &new_collider));
  EXPECT_FALSE(is_cpdag(circle));
}

}  // namespace
}  // namespace thaw::graph
