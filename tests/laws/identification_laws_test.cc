// Identification against brute force, at sizes that are too slow for every build: every DAG of five
// nodes, and many random diagrams of six.
#include <gtest/gtest.h>

#include "effect/adjustment_law.h"
#include "effect/estimand_form.h"
#include "effect/identification_law.h"
#include "graph/path_oracle.h"
#include "graph/separators.h"

namespace thaw::effect {
namespace {

using graph::Admg;
using graph::NodeSet;

TEST(IdentificationLaws, AdjustmentIsTheDefinitionOnEveryDagOfFiveNodes) {
  std::size_t graphs = 0;
  graph::for_each_dag(5, [&](const Admg& graph) {
    ++graphs;
    expect_definition(graph, NodeSet(5, {0}), NodeSet(5, {1}));
    if (graphs % 4 == 0) {
      expect_definition(graph, NodeSet(5, {0, 2}), NodeSet(5, {1}));
      expect_definition(graph, NodeSet(5, {0}), NodeSet(5, {1, 2}));
    }
  });
  EXPECT_EQ(graphs, 29281U);
}

TEST(IdentificationLaws, AdjustmentFormulaIsTheTruncatedFactorisationOnDagsOfFiveNodes) {
  Random random(51);
  std::size_t graphs = 0;
  std::size_t checked = 0;
  graph::for_each_dag(5, [&](const Admg& graph) {
    if (++graphs % 20 == 0) {
      checked += expect_formula(graph, NodeSet(5, {0}), NodeSet(5, {1}), random) ? 1 : 0;
    }
  });
  EXPECT_GT(checked, 500U);
}

TEST(IdentificationLaws, EstimandsAreTheTruncatedFactorisationAndHedgesAreHedges) {
  Random random(52);
  std::size_t found = 0;
  std::size_t refused = 0;
  for (int trial = 0; trial < 6000; ++trial) {
    const std::size_t n = 4 + random.index(3);
    const Admg graph =
        graph::random_admg(random, n, 0.25 + 0.4 * random.uniform(), 0.05 + 0.3 * random.uniform());
    if (graph.bidirected_edges().size() > 6) {
      continue;  // 3^7 hidden states a cell: too slow to multiply out.
    }
    NodeSet x(n), y(n), z(n);
    x.insert(0);
    y.insert(1);
    for (std::uint32_t v = 2; v < n; ++v) {
      const std::uint64_t part = random.index(8);
      (part == 0 ? x : part == 1 ? y : z).insert(v);
      if (part > 2) {
        z.erase(v);
      }
    }
    const Identification answer = identify_conditional_effect(graph, x, y, z);
    if (answer.estimand) {
      ++found;
      const RandomModel model(graph, random);
      expect_truncated(graph, model, x, y, z, *answer.estimand);
      expect_truncated(graph, model, x, y, z, simplified(*answer.estimand, graph));
    } else {
      ++refused;
      if (z.empty()) {
        expect_hedge(graph, x, y, *answer.hedge);
      }
    }
    if (testing::Test::HasFailure()) {
      return;
    }
  }
  EXPECT_GT(found, 1500U);
  EXPECT_GT(refused, 300U);
}

/// Two models of a diagram that agree on everything measured and differ in the effect show that it
/// is not identifiable. Of the bow: a hidden bit decides the treatment, and the outcome either
/// follows the treatment or the bit; both give Y = X always.
TEST(IdentificationLaws, TheBowHasTwoModelsThatDataCannotTellApart) {
  const auto observed = [](bool follows_treatment) {
    double chance_one = 0;
    for (int u = 0; u < 2; ++u) {
      const int x = u;
      const int y = follows_treatment ? x : u;
      chance_one += x == y ? 0.5 : 0;
    }
    return chance_one;
  };
  const auto done = [](bool follows_treatment) {
    double chance = 0;
    for (int u = 0; u < 2; ++u) {
      const int y = follows_treatment ? 1 : u;
      chance += y == 1 ? 0.5 : 0;
    }
    return chance;
  };
  EXPECT_EQ(observed(true), observed(false));
  EXPECT_NE(done(true), done(false));
  EXPECT_FALSE(
      identify_effect(Admg(2, {{0, 1}}, {{0, 1}}), NodeSet(2, {0}), NodeSet(2, {1})).estimand);
}

}  // namespace
}  // namespace thaw::effect
