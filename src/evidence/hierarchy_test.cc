#include "evidence/hierarchy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "base/random.h"

namespace thaw::evidence {
namespace {

using Edge = Hierarchy::Edge;

/// Everything that can be reached from `start` by `edges`, by search.
std::set<std::uint32_t> reached(const std::vector<Edge>& edges, std::uint32_t start) {
  std::set<std::uint32_t> found;
  std::vector<std::uint32_t> open = {start};
  while (!open.empty()) {
    const std::uint32_t node = open.back();
    open.pop_back();
    for (const Edge& edge : edges) {
      if (edge.child == node && found.insert(edge.parent).second) {
        open.push_back(edge.parent);
      }
    }
  }
  return found;
}

TEST(Hierarchy, TheClosureIsWhatASearchReaches) {
  Random random(1);
  for (int round = 0; round < 60; ++round) {
    const auto n = static_cast<std::uint32_t>(2 + random.index(12));
    std::vector<Edge> edges;
    for (std::uint32_t i = 0; i < 2 * n; ++i) {
      const auto child = static_cast<std::uint32_t>(random.index(n - 1));
      edges.push_back({child, static_cast<std::uint32_t>(child + 1 + random.index(n - child - 1))});
    }
    const auto hierarchy = Hierarchy::build(n, edges).value();
    EXPECT_TRUE(hierarchy.report().loops.empty());
    for (std::uint32_t a = 0; a < n; ++a) {
      const auto up = reached(edges, a);
      EXPECT_TRUE(std::ranges::equal(hierarchy.above(a), up));
      for (std::uint32_t b = 0; b < n; ++b) {
        EXPECT_EQ(hierarchy.covers(b, a), a == b || up.contains(b));
        EXPECT_EQ(std::ranges::binary_search(hierarchy.below(b), a), up.contains(b));
      }
    }
  }
}

TEST(Hierarchy, ALoopIsLeftOutAndReportedAndTheRestStands) {
  // 0 below 1, 1 -> 2 -> 3 -> 1 a loop, 3 below 4.
  const auto hierarchy =
      Hierarchy::build(5, {{0, 1}, {1, 2}, {2, 3}, {3, 1}, {3, 4}, {4, 4}}).value();
  ASSERT_EQ(hierarchy.report().loops.size(), 1U);
  EXPECT_EQ(hierarchy.report().loops.front(), (std::vector<std::uint32_t>{1, 2, 3}));
  EXPECT_EQ(hierarchy.report().in_loops, 3U);
  EXPECT_EQ(hierarchy.report().to_itself, 1U);
  EXPECT_EQ(hierarchy.report().edges, 2U);
  EXPECT_TRUE(hierarchy.covers(1, 0));
  EXPECT_TRUE(hierarchy.covers(4, 3));
  EXPECT_FALSE(hierarchy.covers(2, 1));
  EXPECT_FALSE(hierarchy.covers(1, 3));
}

TEST(Hierarchy, AnEdgeTwiceCountsOnceAndAnUnknownConceptIsRefused) {
  EXPECT_EQ(Hierarchy::build(2, {{0, 1}, {0, 1}}).value().report().edges, 1U);
  EXPECT_FALSE(Hierarchy::build(2, {{0, 2}}));
  EXPECT_TRUE(Hierarchy::build(0, {}).value().above(7).empty());
}

TEST(Hierarchy, AClosureTooLargeIsRefusedBeforeItIsMade) {
  std::vector<Edge> chain;
  for (std::uint32_t i = 0; i + 1 < 200; ++i) {
    chain.push_back({i, i + 1});
  }
  EXPECT_TRUE(Hierarchy::build(200, chain, 200 * 199 / 2));
  const auto refused = Hierarchy::build(200, chain, 1000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
}

TEST(Hierarchy, ADeepChainNeedsNoDeepStack) {
  std::vector<Edge> chain;
  constexpr std::uint32_t kDepth = 3000;
  for (std::uint32_t i = 0; i + 1 < kDepth; ++i) {
    chain.push_back({i, i + 1});
  }
  EXPECT_EQ(Hierarchy::build(kDepth, chain).value().above(0).size(), kDepth - 1);
  chain.push_back({kDepth - 1, 0});
  EXPECT_EQ(Hierarchy::build(kDepth, chain).value().report().loops.size(), 1U);
}

}  // namespace
}  // namespace thaw::evidence
