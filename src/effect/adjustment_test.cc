#include "effect/adjustment.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "effect/adjustment_law.h"

namespace thaw::effect {
namespace {

using graph::Admg;
using graph::NodeSet;

TEST(Adjustment, IsWhatTheDefinitionSaysOnEveryDagOfFourNodes) {
  graph::for_each_dag(4, [](const Admg& graph) {
    expect_definition(graph, NodeSet(4, {0}), NodeSet(4, {1}));
    expect_definition(graph, NodeSet(4, {0, 2}), NodeSet(4, {1}));
    expect_definition(graph, NodeSet(4, {0}), NodeSet(4, {1, 2}));
  });
}

TEST(Adjustment, IsWhatTheDefinitionSaysWithHiddenCommonCauses) {
  Random random(17);
  for (int trial = 0; trial < 200; ++trial) {
    const Admg graph = graph::random_admg(random, 6, 0.35, 0.15);
    expect_definition(graph, NodeSet(6, {0}), NodeSet(6, {1}));
    expect_definition(graph, NodeSet(6, {0, 2}), NodeSet(6, {1, 3}));
  }
}

TEST(Adjustment, FormulaIsTheTruncatedFactorisation) {
  Random random(18);
  int checked = 0;
  for (int trial = 0; trial < 120; ++trial) {
    const Admg graph = graph::random_admg(random, 5, 0.5, 0.12);
    checked += expect_formula(graph, NodeSet(5, {0}), NodeSet(5, {1}), random) ? 1 : 0;
    checked += expect_formula(graph, NodeSet(5, {0, 2}), NodeSet(5, {1}), random) ? 1 : 0;
  }
  EXPECT_GT(checked, 60);
}

TEST(Adjustment, OptimalSetIsValidWheneverAnySetIs) {
  graph::for_each_dag(4, [](const Admg& graph) {
    const auto problem =
        adjustment_problem(graph, NodeSet(4, {0}), NodeSet(4, {1}), NodeSet::all(4));
    const auto best = optimal_adjustment(problem);
    if (problem.causal.contains(1)) {
      ASSERT_EQ(best.has_value(), minimal_adjustment(problem).has_value());
    }
  });
  // Confounder 2, instrument 3, cause of the outcome alone 4: the confounder and the cause.
  const Admg graph(5, {{0, 1}, {2, 0}, {2, 1}, {3, 0}, {4, 1}}, {});
  EXPECT_EQ(*optimal_adjustment(
                adjustment_problem(graph, NodeSet(5, {0}), NodeSet(5, {1}), NodeSet::all(5))),
            NodeSet(5, {2, 4}));
}

}  // namespace
}  // namespace thaw::effect
