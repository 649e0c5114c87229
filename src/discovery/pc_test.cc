#include "discovery/pc.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "discovery/correlation.h"
#include "discovery/fisher_z.h"
#include "discovery/graph_score.h"
#include "discovery/separation_oracle.h"
#include "discovery/simulated_data.h"
#include "graph/every_graph.h"
#include "graph/meek.h"

namespace thaw::discovery {
namespace {

using graph::Mark;
using graph::MixedGraph;

TEST(Pc, WithAnOracleIsTheCpdagOfEveryGraphOfFourNodes) {
  for (const std::size_t nodes : {2U, 3U, 4U}) {
    for (const MixedGraph& dag : graph::every_dag(nodes)) {
      SeparationOracle oracle(dag);
      const PcResult result = pc(oracle, Knowledge(nodes), {}).value();
      ASSERT_EQ(result.graph, graph::cpdag_of(dag));
      ASSERT_TRUE(result.ambiguous.empty());
      ASSERT_TRUE(result.capped.empty());
    }
  }
}

TEST(Pc, WithTiersAnOracleGivesWhatTheMembersThatKeepThemShare) {
  for (const MixedGraph& dag : graph::every_dag(4)) {
    Knowledge knowledge(4);
    for (std::size_t v = 0; v < 4; ++v) {
      knowledge.set_tier(v, v < 2 ? 1 : 2);
    }
    const auto breaks = [&](const MixedGraph& graph) {
      return !broken_knowledge(graph, knowledge, {"a", "b", "c", "d"}, false).empty();
    };
    if (breaks(dag)) {
      continue;
    }
    SeparationOracle oracle(dag);
    const PcResult result = pc(oracle, knowledge, {}).value();
    ASSERT_EQ(result.graph, cpdag_with_knowledge(dag, knowledge));
    ASSERT_FALSE(breaks(result.graph));
    ASSERT_TRUE(result.ambiguous.empty());
  }
}

std::vector<std::string> names(std::size_t n) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < n; ++i) {
    all.push_back(fmt::format("V{:02}", i));
  }
  return all;
}

Knowledge random_knowledge(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  Knowledge knowledge(n);
  for (std::size_t v = 0; v < n; ++v) {
    if (random.bernoulli(0.6)) {
      knowledge.set_tier(v, static_cast<int>(random.index(3)));
    }
  }
  if (random.bernoulli(0.3)) {
    knowledge.forbid_within(1);
  }
  for (int i = 0; i < 4; ++i) {
    const std::size_t a = random.index(n), b = random.index(n);
    if (a != b && !knowledge.required(a, b)) {
      knowledge.forbid(a, b);
    }
    const std::size_t c = random.index(n), d = random.index(n);
    if (c < d && !knowledge.forbidden(c, d)) {
      knowledge.require(c, d);
    }
    knowledge.set_log_odds(random.index(n), random.index(n), 4 * random.uniform() - 2);
  }
  return knowledge;
}

TEST(Pc, KeepsToAnyKnowledgeAndGivesAGraphWithAMember) {
  int learned = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const Knowledge knowledge = random_knowledge(9, seed);
    if (!knowledge.check(names(9))) {
      continue;
    }
    const auto test = fisher_z(correlation_matrix(simulate(9, 150, 4, seed).x), 150);
    const auto result = pc(*test, knowledge, {.alpha = 0.05});
    if (!result) {  // forbidden arrows can leave nothing but a circle
      EXPECT_NE(result.error().message.find("circle"), std::string::npos);
      continue;
    }
    ++learned;
    EXPECT_TRUE(broken_knowledge(result->graph, knowledge, names(9), false).empty());
    const auto member = graph::consistent_extension(result->graph);
    ASSERT_TRUE(member);
    EXPECT_EQ(cpdag_with_knowledge(*member, knowledge), result->graph);
  }
  EXPECT_GT(learned, 80);
}

TEST(Pc, WithoutKnowledgeIsAlwaysACpdag) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto test = fisher_z(correlation_matrix(simulate(12, 60, 5, seed).x), 60);
    const PcResult result = pc(*test, Knowledge(12), {.alpha = 0.1}).value();
    EXPECT_TRUE(graph::is_cpdag(result.graph));
  }
}

TEST(Pc, PermutedColumnsAndRowsGiveTheSameGraph) {
  const stats::Matrix x = simulate(12, 200, 3, 4).x;
  const auto learn = [](const Table& table) {
    const Data data = Data::from_table(table).value();
    const auto test = make_test(TestKind::kAuto, data).value();
    return pc(*test, Knowledge(data.size()), {}).value();
  };
  const PcResult first = learn(as_table(x));
  EXPECT_GT(first.graph.edge_count(), 5U);
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Random random(seed);
    const auto shuffled = [&](Eigen::Index n) {
      std::vector<Eigen::Index> order(static_cast<std::size_t>(n));
      std::iota(order.begin(), order.end(), Eigen::Index{0});
      for (std::size_t i = order.size(); i > 1; --i) {
        std::swap(order[i - 1], order[random.index(i)]);
      }
      return order;
    };
    const auto rows = shuffled(x.rows());
    Table table;
    for (const Eigen::Index j : shuffled(x.cols())) {
      const stats::Vector column = x(rows, j);
      (void)table.add_column(Column::real(fmt::format("V{:02}", j),
                                          std::vector<double>(column.begin(), column.end())));
    }
    const PcResult again = learn(table);
    EXPECT_EQ(again.graph, first.graph);
    EXPECT_EQ(again.ambiguous, first.ambiguous);
    EXPECT_EQ(again.tests, first.tests);
  }
}

TEST(Pc, AnUnfaithfulSquareBecomesACpdagAndSaysWhatIsAmbiguous) {
  // Four variables in a ring of which no test supports a collider: no DAG has that.
  class Ring : public SeparationOracle {
   public:
    Ring() : SeparationOracle(MixedGraph(4)) {}
    Independence test(std::size_t x, std::size_t y, std::span<const std::uint32_t> given) override {
      const bool opposite = (x + 2) % 4 == y;
      return {.statistic = opposite && given.size() == 2 ? 0.0 : 1e6, .df = 1, .rows = 100};
    }
  } ring;
  const PcResult result = pc(ring, Knowledge(4), {}).value();
  EXPECT_EQ(result.graph.edge_count(), 4U);
  EXPECT_TRUE(graph::is_cpdag(result.graph));
  ASSERT_FALSE(result.ambiguous.empty());
  EXPECT_FALSE(result.ambiguous.front().claimed_collider);
}

TEST(Pc, ADepthThatCutsTheSearchIsReportedPairByPair) {
  MixedGraph dag(6);  // 0 is the effect of 1 .. 4, which share the cause 5
  for (std::size_t v = 1; v <= 4; ++v) {
    dag.direct(v, 0);
    dag.direct(5, v);
  }
  SeparationOracle oracle(dag);
  const PcResult result = pc(oracle, Knowledge(6), {.max_depth = 1}).value();
  EXPECT_TRUE(result.graph.adjacent(0, 5));  // four variables are needed to separate them
  EXPECT_TRUE(std::ranges::any_of(result.capped, [](const CappedPair& pair) {
    return pair.a == 0 && pair.b == 5 && pair.depth == 1;
  }));
  SeparationOracle again(dag);
  const PcResult cheap = pc(again, Knowledge(6), {.work_per_variable = 0}).value();
  EXPECT_TRUE(cheap.graph.adjacent(0, 5));
  EXPECT_FALSE(cheap.capped.empty());
}

TEST(Pc, ProgressStopsIt) {
  SeparationOracle oracle(MixedGraph(3));
  SkeletonOptions options;
  options.progress = [](std::string_view, std::size_t, std::size_t) { return false; };
  const auto result = pc(oracle, Knowledge(3), options);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kUnavailable);
}

TEST(Pc, BadOptionsAreRefused) {
  SeparationOracle oracle(MixedGraph(3));
  EXPECT_FALSE(pc(oracle, Knowledge(3), {.alpha = 0}));
  EXPECT_FALSE(pc(oracle, Knowledge(2), {}));
}

TEST(Pc, PriorOddsKeepAWeakEdgeAndDropADoubtfulOne) {
  SimulatedData drawn = simulate(2, 400, 0, 6);
  drawn.x.col(1) += 0.1 * drawn.x.col(0);
  const stats::Matrix r = correlation_matrix(drawn.x);
  const auto joined = [&](double log_odds) {
    Knowledge knowledge(2);
    knowledge.set_log_odds(0, 1, log_odds);
    knowledge.set_log_odds(1, 0, log_odds);
    const auto test = fisher_z(r, 400);
    return pc(*test, knowledge, {}).value().graph.adjacent(0, 1);
  };
  const double statistic = fisher_z(r, 400)->test(0, 1, {}).statistic;
  ASSERT_GT(statistic, 0.6);  // else even odds without end, which the level bounds, do not help
  ASSERT_LT(statistic, 6.6);
  const double needed = (6.6348966 - statistic) / 2;
  EXPECT_FALSE(joined(needed - 0.01));
  EXPECT_TRUE(joined(needed + 0.01));
}

}  // namespace
}  // namespace thaw::discovery
