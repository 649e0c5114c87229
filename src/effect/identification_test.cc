#include "effect/identification.h"

#include <gtest/gtest.h>

#include "effect/identification_law.h"
#include "graph/path_oracle.h"

namespace thaw::effect {
namespace {

using graph::Admg;
using graph::NodeSet;

/// Asks for the effect of node 0 on the last one, and checks the value on random models.
bool identifiable(const Admg& graph, const NodeSet& x, const NodeSet& y, const NodeSet& z) {
  const Identification found = identify_conditional_effect(graph, x, y, z);
  EXPECT_NE(found.estimand.has_value(), found.hedge.has_value());
  if (!found.estimand) {
    return false;
  }
  Random random(5);
  for (int trial = 0; trial < 3; ++trial) {
    const RandomModel model(graph, random);
    expect_truncated(graph, model, x, y, z, *found.estimand);
  }
  return true;
}

bool effect_of_first_on_last(const Admg& graph) {
  const auto last = static_cast<std::uint32_t>(graph.nodes() - 1);
  return identifiable(graph, NodeSet(graph.nodes(), {0}), NodeSet(graph.nodes(), {last}),
                      NodeSet(graph.nodes()));
}

// The six graphs of causaleffect 1.3.15, and what it says of them.
TEST(Identification, KnowsTheSixReferenceGraphs) {
  EXPECT_TRUE(effect_of_first_on_last(Admg(3, {{0, 1}, {1, 2}}, {{0, 2}})));          // front door
  EXPECT_TRUE(effect_of_first_on_last(Admg(3, {{1, 0}, {1, 2}, {0, 2}}, {})));        // back door
  EXPECT_FALSE(effect_of_first_on_last(Admg(2, {{0, 1}}, {{0, 1}})));                 // bow
  EXPECT_TRUE(effect_of_first_on_last(Admg(3, {{0, 2}}, {{0, 1}, {1, 2}})));          // M
  EXPECT_TRUE(effect_of_first_on_last(Admg(4, {{0, 1}, {1, 2}, {2, 3}}, {{1, 3}})));  // Verma
  const Admg instrument(3, {{2, 0}, {0, 1}}, {{0, 1}});
  EXPECT_FALSE(identifiable(instrument, NodeSet(3, {0}), NodeSet(3, {1}), NodeSet(3)));
}

TEST(Identification, SolvesTheNapkin) {
  // 0 -> 1 -> 2 -> 3, 0 <-> 2, 0 <-> 3 (Pearl and Mackenzie 2018): a ratio, for any value of 1.
  const Admg graph(4, {{0, 1}, {1, 2}, {2, 3}}, {{0, 2}, {0, 3}});
  EXPECT_TRUE(identifiable(graph, NodeSet(4, {2}), NodeSet(4, {3}), NodeSet(4)));
}

TEST(Identification, OfTheBowRefusesWithTheBow) {
  const Identification found =
      identify_effect(Admg(2, {{0, 1}}, {{0, 1}}), NodeSet(2, {0}), NodeSet(2, {1}));
  ASSERT_TRUE(found.hedge);
  EXPECT_EQ(found.hedge->larger, NodeSet(2, {0, 1}));
  EXPECT_EQ(found.hedge->smaller, NodeSet(2, {1}));
}

TEST(Identification, OfATreatmentThatCausesNothingHereIsTheOutcomesOwnDistribution) {
  const Admg graph(3, {{1, 0}, {1, 2}}, {{0, 2}});
  EXPECT_TRUE(effect_of_first_on_last(graph));
  EXPECT_EQ(identify_effect(graph, NodeSet(3, {0}), NodeSet(3, {2})).without_effect,
            NodeSet(3, {0}));
  EXPECT_EQ(identify_effect(Admg(2, {{1, 0}}, {}), NodeSet(2, {0}), NodeSet(2, {1})).without_effect,
            NodeSet(2, {0}));
}

TEST(Identification, EqualsTheTruncatedFactorisationOnRandomDiagrams) {
  Random random(21);
  int found = 0;
  int refused = 0;
  for (int trial = 0; trial < 150; ++trial) {
    const Admg graph = graph::random_admg(random, 5, 0.45, 0.2);
    const NodeSet x(5, random.bernoulli(0.4) ? std::vector<std::uint32_t>{0, 1}
                                             : std::vector<std::uint32_t>{0});
    const NodeSet y(5, random.bernoulli(0.3) ? std::vector<std::uint32_t>{2, 3}
                                             : std::vector<std::uint32_t>{3});
    const NodeSet z(
        5, random.bernoulli(0.4) ? std::vector<std::uint32_t>{4} : std::vector<std::uint32_t>{});
    const Identification answer = identify_conditional_effect(graph, x, y, z);
    if (answer.estimand) {
      ++found;
      const RandomModel model(graph, random);
      expect_truncated(graph, model, x, y, z, *answer.estimand);
    } else {
      ++refused;
      if (z.empty()) {
        expect_hedge(graph, x, y, *answer.hedge);
      }
    }
  }
  EXPECT_GT(found, 50);
  EXPECT_GT(refused, 10);
}

TEST(Identification, NeverRefusesADiagramWithoutHiddenCauses) {
  graph::for_each_dag(4, [](const Admg& graph) {
    ASSERT_TRUE(identify_effect(graph, NodeSet(4, {0, 1}), NodeSet(4, {2})).estimand);
  });
}

}  // namespace
}  // namespace thaw::effect
