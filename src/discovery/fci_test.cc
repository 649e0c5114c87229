#include "discovery/fci.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "discovery/correlation.h"
#include "discovery/every_pag.h"
#include "discovery/fisher_z.h"
#include "discovery/simulated_data.h"

namespace thaw::discovery {
namespace {

using graph::Mark;
using graph::MixedGraph;

std::string shown(const MixedGraph& graph) {
  std::string text;
  for (const graph::MixedEdge& edge : graph.edges()) {
    text += fmt::format("{} {}-{} {}, ", edge.a, graph::to_string(edge.mark_a),
                        graph::to_string(edge.mark_b), edge.b);
  }
  return text;
}

TEST(Fci, WithAnOracleGivesThePagOfEveryClassOfMagsOfFourNodes) {
  for (const std::size_t nodes : {2U, 3U, 4U}) {
    std::size_t classes = 0;
    for (const PagClass& found : every_pag(nodes, false)) {
      SeparationOracle oracle(found.member);
      const FciResult result = fci(oracle, Knowledge(nodes), {}).value();
      ASSERT_EQ(result.graph, found.pag)
          << "member " << shown(found.member) << "\nlearned " << shown(result.graph)
          << "\nshould be " << shown(found.pag);
      ASSERT_TRUE(result.contradictions.empty());
      ASSERT_EQ(pag_of(found.member, false), found.pag);
      ++classes;
    }
    EXPECT_GT(classes, 1U);
  }
}

TEST(Fci, WithSelectionItGivesTailsToo) {
  for (const std::size_t nodes : {3U, 4U}) {
    for (const PagClass& found : every_pag(nodes, true)) {
      SeparationOracle oracle(found.member);
      const FciResult result = fci(oracle, Knowledge(nodes), {.selection = true}).value();
      ASSERT_EQ(result.graph, found.pag)
          << "member " << shown(found.member) << "\nlearned " << shown(result.graph)
          << "\nshould be " << shown(found.pag);
      ASSERT_EQ(pag_of(found.member, true), found.pag);
    }
  }
}

/// R6 and R7 need five nodes: a ring whose tails R5 finds, and what hangs on it.
TEST(Fci, WithSelectionARingOfFourAndAFifthNodeIsRightToo) {
  const graph::NodePairs ring = {{0, 1}, {1, 2}, {2, 3}, {0, 3}};
  for (const graph::NodePairs& more :
       {graph::NodePairs{{0, 4}}, {{0, 4}, {1, 4}}, {{0, 4}, {2, 4}}}) {
    graph::NodePairs pairs = ring;
    pairs.insert(pairs.end(), more.begin(), more.end());
    for (const PagClass& found : every_pag(5, pairs, false, true)) {
      SeparationOracle oracle(found.member);
      const FciResult result = fci(oracle, Knowledge(5), {.selection = true}).value();
      ASSERT_EQ(result.graph, found.pag)
          << "member " << shown(found.member) << "\nlearned " << shown(result.graph)
          << "\nshould be " << shown(found.pag);
    }
  }
}

TEST(PagRules, AnArrowAlongTwoArrowsIsFoundInEveryOrderOfTheNodes) {
  std::vector<std::uint32_t> v = {0, 1, 2};
  do {
    MixedGraph pag(3);  // a -> b -> c and a o-> c: R8
    pag.direct(v[0], v[1]);
    pag.direct(v[1], v[2]);
    pag.set_edge(v[0], v[2], Mark::kCircle, Mark::kArrow);
    close_under_pag_rules(pag, {});
    EXPECT_TRUE(pag.directed(v[0], v[2]));
  } while (std::ranges::next_permutation(v).found);
}

/// RFCI's marks are sound (Colombo et al. 2012, theorem 3.4), though not all that FCI finds.
TEST(Rfci, WithAnOracleItsMarksAreThoseOfThePagWhereTheSkeletonsAgree) {
  for (const PagClass& found : every_pag(4, false)) {
    SeparationOracle oracle(found.member);
    const FciResult result = rfci(oracle, Knowledge(4), {}).value();
    for (const graph::MixedEdge& edge : result.graph.edges()) {
      ASSERT_EQ(edge.mark_a, found.pag.mark(edge.b, edge.a));
      ASSERT_EQ(edge.mark_b, found.pag.mark(edge.a, edge.b));
    }
  }
}

TEST(Fci, ATierPutsAnArrowAtTheLaterVariableAndNeverATail) {
  // X > Z, X > Y, Z > Q, Q > Y, a hidden U behind Z and Y; X, Z, Q, Y = 0 .. 3, U = 4.
  MixedGraph dag(5);
  for (const auto& [a, b] : {std::pair{0U, 1U}, {0U, 3U}, {1U, 2U}, {2U, 3U}, {4U, 1U}, {4U, 3U}}) {
    dag.direct(a, b);
  }
  Knowledge knowledge(4);
  for (std::size_t v = 0; v < 4; ++v) {
    knowledge.set_tier(v, v == 3 ? 2 : 1);
  }
  SeparationOracle oracle(dag, {0, 1, 2, 3});
  const FciResult result = fci(oracle, knowledge, {}).value();
  EXPECT_EQ(result.graph.mark(1, 3), Mark::kArrow);  // at Y
  EXPECT_NE(result.graph.mark(3, 1), Mark::kTail);   // Z is joined to Y by U alone, beside Q
  EXPECT_TRUE(broken_knowledge(result.graph, knowledge, {"X", "Z", "Q", "Y"}, true).empty());
}

TEST(Fci, KeepsToAnyKnowledge) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Random random(seed);
    Knowledge knowledge(8);
    for (std::size_t v = 0; v < 8; ++v) {
      if (random.bernoulli(0.7)) {
        knowledge.set_tier(v, static_cast<int>(random.index(3)));
      }
    }
    knowledge.forbid_within(0);
    for (int i = 0; i < 3; ++i) {
      const std::size_t a = random.index(8), b = random.index(8);
      if (a < b && !knowledge.forbidden(a, b)) {
        knowledge.require(a, b);
      } else if (a > b && !knowledge.required(a, b)) {
        knowledge.forbid(a, b);
      }
    }
    const std::vector<std::string> names = {"a", "b", "c", "d", "e", "f", "g", "h"};
    ASSERT_TRUE(knowledge.check(names));
    const auto test = fisher_z(correlation_matrix(simulate(8, 150, 4, seed).x), 150);
    for (const auto& learn : {fci, rfci}) {
      const FciResult result = learn(*test, knowledge, {.skeleton = {.alpha = 0.05}}).value();
      EXPECT_TRUE(broken_knowledge(result.graph, knowledge, names, true).empty());
    }
  }
}

TEST(Fci, AHiddenCauseShowsAsArrowsAtBothEnds) {
  // a -> b, c -> d, and U behind b and d: b <-> d (Zhang 2008, figure 1 in spirit).
  MixedGraph dag(5);
  dag.direct(0, 1);
  dag.direct(2, 3);
  dag.direct(4, 1);
  dag.direct(4, 3);
  SeparationOracle oracle(dag, {0, 1, 2, 3});
  const MixedGraph graph = fci(oracle, Knowledge(4), {}).value().graph;
  EXPECT_TRUE(graph.bidirected(1, 3));
  EXPECT_EQ(graph.mark(1, 0), Mark::kCircle);
}

TEST(Fci, ProgressStopsItAndBadOptionsAreRefused) {
  SeparationOracle oracle(MixedGraph(3));
  FciOptions options;
  options.skeleton.progress = [](std::string_view stage, std::size_t, std::size_t) {
    return stage != "possible-d-sep";
  };
  EXPECT_EQ(fci(oracle, Knowledge(3), options).error().code, ErrorCode::kUnavailable);
  EXPECT_FALSE(rfci(oracle, Knowledge(3), {.skeleton = {.alpha = 1}}));
  EXPECT_FALSE(fci(oracle, Knowledge(4), {}));
}

}  // namespace
}  // namespace thaw::discovery
