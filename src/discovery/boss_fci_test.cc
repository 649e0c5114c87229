#include "discovery/boss_fci.h"

#include <gtest/gtest.h>

#include "discovery/graph_score.h"
#include "discovery/random_knowledge.h"
#include "discovery/separation_oracle.h"
#include "discovery/simulated_graph.h"
#include "graph/meek.h"
#include "stats/shared_csv.h"
#include "table/csv.h"

namespace thaw::discovery {
namespace {

/// The rows and columns of `r` that `observed` names.
stats::Matrix part(const stats::Matrix& r, const std::vector<std::uint32_t>& observed) {
  const auto k = static_cast<Eigen::Index>(observed.size());
  stats::Matrix result(k, k);
  for (Eigen::Index i = 0; i < k; ++i) {
    for (Eigen::Index j = 0; j < k; ++j) {
      result(i, j) =
          r(observed[static_cast<std::size_t>(i)], observed[static_cast<std::size_t>(j)]);
    }
  }
  return result;
}

/// Two of seven variables are hidden; FCI with every answer right is the truth. BOSS sees a
/// correlation matrix of a billion rows, and a few of those lie next to an independence that the
/// graph does not imply.
TEST(BossFci, WithManyRowsItFindsThePagThatFciFindsFromEveryRightAnswer) {
  Random random(21);
  int same = 0;
  constexpr int kRounds = 150;
  for (int round = 0; round < kRounds; ++round) {
    const graph::MixedGraph dag = random_dag(7, 2.5, random);
    const stats::Matrix r = implied_correlation(random_effects(dag, random));
    const std::vector<std::uint32_t> observed{0, 1, 2, 3, 4};
    SeparationOracle oracle(dag, observed);
    const Knowledge none(5);
    const auto score = gaussian_score(part(r, observed), 1e9, none);
    const auto found = boss_fci(**score, oracle, none);
    const auto truth = fci(oracle, none, {});
    ASSERT_TRUE(found && truth);
    same += found->fci.graph == truth->graph ? 1 : 0;
  }
  EXPECT_GE(same, kRounds * 97 / 100);
}

TEST(BossFci, NoOutputBreaksKnowledge) {
  Random random(8);
  std::vector<std::string> names;
  for (int i = 0; i < 10; ++i) {
    names.push_back(fmt::format("v{:02}", i));
  }
  for (int round = 0; round < 40; ++round) {
    const graph::MixedGraph dag = random_dag(10, 3, random);
    const Data data = Data::from_table(simulated_table(dag, random_effects(dag, random), 150, [&] {
                        return random.normal();
                      })).value();
    const Knowledge knowledge = random_knowledge(10, random);
    if (!knowledge.check(names)) {
      continue;
    }
    const auto test = make_test(TestKind::kFisherZ, data);
    const auto found = boss_fci(*make_score(data, knowledge).value(), **test, knowledge,
                                {.boss = {.seed = 1, .shakes = 1}, .fci = {}});
    ASSERT_TRUE(found);
    const auto broken = broken_knowledge(found->fci.graph, knowledge, names, true);
    EXPECT_TRUE(broken.empty()) << broken.front();
  }
}

/// Tetrad's BOSS-FCI: arrow F1 .895 on this file.
TEST(BossFci, OnAHundredVariablesItsArrowsAreRight) {
  const std::string base = stats::shared_data_folder() + "causal/workload/gauss_p100_n1000";
  const auto table = read_csv_file(base + ".csv");
  if (!table) {
    GTEST_SKIP() << "no shared test data at " << base;
  }
  const Data data = Data::from_table(*table).value();
  THAW_SHARED_CSV(edges, "causal/workload/gauss_p100_n1000.edges");
  graph::MixedGraph truth(data.size());
  for (std::size_t i = 0; i < edges.columns.at("from").size(); ++i) {
    truth.direct(*data.find(edges.columns.at("from")[i]), *data.find(edges.columns.at("to")[i]));
  }
  const Knowledge none(data.size());
  const auto test = make_test(TestKind::kFisherZ, data);
  const auto found = boss_fci(*make_score(data, none).value(), **test, none,
                              {.boss = {.seed = 1, .shakes = 0}, .fci = {}});
  EXPECT_GE(score_graph(found->fci.graph, graph::cpdag_of(truth)).arrow_f1, 0.895);
}

}  // namespace
}  // namespace thaw::discovery
