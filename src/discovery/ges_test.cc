#include "discovery/ges.h"

#include <gtest/gtest.h>

#include "discovery/boss.h"
#include "discovery/graph_score.h"
#include "discovery/random_knowledge.h"
#include "discovery/simulated_graph.h"
#include "graph/every_graph.h"
#include "graph/meek.h"
#include "stats/shared_csv.h"
#include "table/csv.h"

namespace thaw::discovery {
namespace {

constexpr double kManyRows = 1e9;

TEST(Ges, WithManyRowsItFindsTheClassOfEveryGraphOfUpToFourNodes) {
  Random random(3);
  for (const std::size_t nodes : {2U, 3U, 4U}) {
    for (const graph::MixedGraph& dag : graph::every_dag(nodes)) {
      const auto score = gaussian_score(implied_correlation(random_effects(dag, random)), kManyRows,
                                        Knowledge(nodes));
      const auto found = ges(*score.value(), Knowledge(nodes));
      ASSERT_EQ(found->graph, graph::cpdag_of(dag));
      ASSERT_EQ(graph::cpdag_of(found->dag), found->graph);
    }
  }
}

Data noisy_data(std::size_t nodes, std::size_t rows, Random& random) {
  const graph::MixedGraph dag = random_dag(nodes, 3, random);
  return Data::from_table(simulated_table(dag, random_effects(dag, random), rows,
                                          [&] { return random.normal(); }))
      .value();
}

TEST(Ges, ItsScoreIsThatOfItsGraphAndNoSingleEdgeBettersIt) {
  Random random(9);
  for (int round = 0; round < 20; ++round) {
    const Data data = noisy_data(8, 60, random);
    const auto score = make_score(data, Knowledge(8)).value();
    const auto found = ges(*score, Knowledge(8));
    double sum = 0;
    for (std::uint32_t v = 0; v < 8; ++v) {
      const std::vector<std::uint32_t> parents = found->dag.parents(v);
      sum += score->score(v, parents);
      for (std::uint32_t u = 0; u < 8; ++u) {
        graph::MixedGraph other = found->dag;
        if (u != v && other.directed(u, v)) {
          other.remove_edge(u, v);
        } else if (u != v && !other.adjacent(u, v)) {
          other.direct(u, v);
        } else {
          continue;
        }
        if (!graph::directed_order(other).empty()) {
          EXPECT_LE(score->score(v, other.parents(v)), score->score(v, parents) + 1e-6);
        }
      }
    }
    EXPECT_NEAR(found->score, sum, 1e-6);
    EXPECT_GE(boss(*score, Knowledge(8))->score, found->score - 1e-6);
  }
}

TEST(Ges, NoOutputBreaksKnowledge) {
  Random random(8);
  std::vector<std::string> names;
  for (int i = 0; i < 12; ++i) {
    names.push_back(fmt::format("v{:02}", i));
  }
  for (int round = 0; round < 100; ++round) {
    const Data data = noisy_data(12, 100, random);
    const Knowledge knowledge = random_knowledge(12, random);
    if (!knowledge.check(names)) {
      continue;
    }
    const auto found = ges(*make_score(data, knowledge).value(), knowledge);
    ASSERT_TRUE(found);
    EXPECT_TRUE(broken_knowledge(found->graph, knowledge, names, false).empty());
    EXPECT_TRUE(broken_knowledge(found->dag, knowledge, names, false).empty());
    EXPECT_TRUE(graph::consistent_extension(found->graph));
  }
}

/// Odds of 1 say nothing; odds against an arrow take it away, odds for one bring it in.
TEST(Ges, OddsMoveTheGraphTheWayTheyPoint) {
  Random random(2);
  graph::MixedGraph dag(3);
  dag.direct(0, 1);
  const Data data = Data::from_table(simulated_table(dag, random_effects(dag, random), 100, [&] {
                      return random.normal();
                    })).value();
  Knowledge against(3);
  against.set_log_odds(0, 1, -1000);
  against.set_log_odds(1, 0, -1000);
  Knowledge in_favour(3);
  in_favour.set_log_odds(1, 2, 1000);
  const auto edges = [&](const Knowledge& knowledge) {
    return ges(*make_score(data, knowledge).value(), knowledge)->graph;
  };
  EXPECT_TRUE(edges(Knowledge(3)).adjacent(0, 1));
  EXPECT_FALSE(edges(Knowledge(3)).adjacent(1, 2));
  EXPECT_FALSE(edges(against).adjacent(0, 1));
  EXPECT_TRUE(edges(in_favour).adjacent(1, 2));
}

TEST(Ges, RequiredArrowsInACircleAndACancelledSearchAreErrors) {
  Random random(8);
  const Data data = noisy_data(5, 100, random);
  const auto score = make_score(data, Knowledge(5)).value();
  Knowledge circle(5);
  circle.require(0, 1);
  circle.require(1, 2);
  circle.require(2, 0);
  EXPECT_EQ(ges(*score, circle).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(ges(*score, Knowledge(4)).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(ges(*score, Knowledge(5), {.progress = [](std::size_t) { return false; }}).error().code,
            ErrorCode::kUnavailable);
}

/// causal-learn's GES with BDeu: 2 pairs wrong on this file; Tetrad's FGES 18.
TEST(Ges, OnAlarmAtMostTenPairsAreWrong) {
  const std::string base = stats::shared_data_folder() + "causal/workload/alarm_n10000";
  const auto table = read_csv_file(base + ".csv.gz");
  if (!table) {
    GTEST_SKIP() << "no shared test data at " << base;
  }
  const Data data = Data::from_table(*table, {.kinds = {}, .all = VariableKind::kDiscrete}).value();
  THAW_SHARED_CSV(edges, "causal/workload/alarm_n10000.edges");
  graph::MixedGraph truth(data.size());
  for (std::size_t i = 0; i < edges.columns.at("from").size(); ++i) {
    truth.direct(*data.find(edges.columns.at("from")[i]), *data.find(edges.columns.at("to")[i]));
  }
  const Knowledge none(data.size());
  const auto found = ges(*make_score(data, none).value(), none);
  EXPECT_LE(score_graph(found->graph, graph::cpdag_of(truth)).shd, 10U);
}

}  // namespace
}  // namespace thaw::discovery
