#include "effect/identification.h"

#include <gtest/gtest.h>

#include "effect/estimand_form.h"
#include "effect/front_door.h"
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
      expect_truncated(graph, model, x, y, z, simplified(*answer.estimand, graph));
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

TEST(Identification, WritesTheShortForm) {
  const std::vector<std::string> names = {"a", "b", "c", "d"};
  // Verma's graph: no more than the association is needed.
  const Admg verma(4, {{0, 1}, {1, 2}, {2, 3}}, {{1, 3}});
  const auto long_form = identify_effect(verma, NodeSet(4, {0}), NodeSet(4, {3}));
  EXPECT_EQ(plain_text(simplified(*long_form.estimand, verma), names), "P(d | a)");
  const Admg front(3, {{0, 1}, {1, 2}}, {{0, 2}});
  const auto through = identify_effect(front, NodeSet(3, {0}), NodeSet(3, {2}));
  const Estimand shorter = simplified(*through.estimand, front);
  EXPECT_EQ(plain_text(shorter, names), "Σ_{b} [ P(b | a) Σ_{a'} [ P(a') P(c | a', b) ] ]");
  EXPECT_EQ(latex(shorter, names),
            "\\sum_{b} P(b \\mid a) \\left(\\sum_{a'} P(a') P(c \\mid a',b)\\right)");
}

TEST(Identification, FrontDoorsAreThoseOfTheDefinitionAndTheirFormulaHolds) {
  Random random(41);
  int checked = 0;
  for (int trial = 0; trial < 400; ++trial) {
    const Admg graph = graph::random_admg(random, 5, 0.4, 0.2);
    const NodeSet x(5, {0});
    const NodeSet y(5, {1});
    bool any = false;
    for (std::size_t code = 0; code < 8; ++code) {
      const NodeSet set = graph::subset(5, {2, 3, 4}, code);
      if (valid_front_door(graph, x, y, set) && !set.empty()) {
        any = true;
        const RandomModel model(graph, random);
        expect_truncated(graph, model, x, y, NodeSet(5), front_door_estimand(x, y, set));
        ++checked;
      }
    }
    if (descendants(graph, x).contains(1)) {
      ASSERT_EQ(largest_front_door(graph, x, y, NodeSet::all(5)).has_value(), any);
      ASSERT_EQ(!small_front_doors(graph, x, y, NodeSet::all(5), 100).sets.empty(), any);
    }
  }
  EXPECT_GT(checked, 40);
}

}  // namespace
}  // namespace thaw::effect
