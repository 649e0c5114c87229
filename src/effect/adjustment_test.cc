#include "effect/adjustment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "effect/adjustment_law.h"
#include "effect/instruments.h"
#include "graph/every_graph.h"
#include "graph/every_mag.h"
#include "graph/meek.h"

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

/// A set is valid in the class exactly when it is valid in every member.
void expect_valid_in_all(const graph::MixedGraph& cls,
                         const std::vector<graph::MixedGraph>& members, const NodeSet& x,
                         const NodeSet& y, bool hidden_causes) {
  const std::size_t n = cls.nodes();
  const auto problem = adjustment_problem(cls, x, y, NodeSet::all(n), hidden_causes);
  ASSERT_TRUE(problem);
  bool any = false;
  for (std::size_t code = 0; code < (std::size_t{1} << n); ++code) {
    const NodeSet set = graph::subset(n, {0, 1, 2, 3}, code);
    bool valid = !set.intersects(x | y);
    for (const graph::MixedGraph& member : members) {
      if (!valid) {
        break;
      }
      valid = hidden_causes
                  ? valid_adjustment(*adjustment_problem(member, x, y, NodeSet::all(n), true), set)
                  : valid_by_definition(graph::arrows_as_admg(member), x, y, set);
    }
    ASSERT_EQ(valid_adjustment(*problem, set), valid);
    any = any || valid;
  }
  ASSERT_EQ(minimal_adjustment(*problem).has_value(), any);
  ASSERT_EQ(!minimal_adjustments(*problem, 100).sets.empty(), any);
  if (any) {
    ASSERT_TRUE(valid_adjustment(*problem, canonical_adjustment(*problem)));
  }
}

TEST(Adjustment, InACpdagIsWhatIsValidInEveryMember) {
  std::map<std::vector<std::size_t>, std::vector<graph::MixedGraph>> classes;
  for (const graph::MixedGraph& dag : graph::every_dag(4)) {
    classes[graph::skeleton_and_colliders(dag)].push_back(dag);
  }
  for (const auto& [key, members] : classes) {
    const graph::MixedGraph cpdag = graph::cpdag_of(members.front());
    expect_valid_in_all(cpdag, members, NodeSet(4, {0}), NodeSet(4, {1}), false);
    expect_valid_in_all(cpdag, members, NodeSet(4, {0, 2}), NodeSet(4, {1}), false);
    expect_valid_in_all(cpdag, members, NodeSet(4, {0}), NodeSet(4, {1, 2}), false);
  }
}

TEST(Adjustment, InAPagIsWhatIsValidInEveryMember) {
  for (const auto& members : graph::every_mag_class(4)) {
    const graph::MixedGraph pag = graph::common_marks(members);
    for (std::uint32_t x = 0; x < 4; ++x) {
      for (std::uint32_t y = 0; y < 4; ++y) {
        if (x != y) {
          expect_valid_in_all(pag, members, NodeSet(4, {x}), NodeSet(4, {y}), true);
        }
      }
    }
    expect_valid_in_all(pag, members, NodeSet(4, {0, 2}), NodeSet(4, {1}), true);
  }
}

/// The MAG over the nodes 0 .. k-1 that are not latent: joined when nothing separates them, an
/// arrowhead at what is no cause of the other.
graph::MixedGraph mag_over(const Admg& full, const NodeSet& latent) {
  const std::size_t n = full.nodes();
  const std::size_t k = n - latent.size();
  graph::MixedGraph mag(k);
  for (std::uint32_t a = 0; a < k; ++a) {
    for (std::uint32_t b = a + 1; b < k; ++b) {
      const NodeSet before = ancestors(full, NodeSet(n, {a, b}));
      NodeSet given = before - latent;
      given.erase(a);
      given.erase(b);
      if (!graph::separated_by_paths(full, NodeSet(n, {a}), NodeSet(n, {b}), given)) {
        const bool a_causes = ancestors(full, NodeSet(n, {b})).contains(a);
        const bool b_causes = ancestors(full, NodeSet(n, {a})).contains(b);
        mag.set_edge(a, b, a_causes ? graph::Mark::kTail : graph::Mark::kArrow,
                     b_causes ? graph::Mark::kTail : graph::Mark::kArrow);
      }
    }
  }
  return mag;
}

/// What a MAG calls valid is valid in the diagram with hidden causes that it stands for.
TEST(Adjustment, InAMagHoldsForDiagramsWithHiddenCausesBehindIt) {
  Random random(23);
  int held = 0;
  for (int trial = 0; trial < 300; ++trial) {
    const Admg full = graph::random_admg(random, 6, 0.45, 0);
    const NodeSet latent(6, {4, 5});
    const graph::MixedGraph mag = mag_over(full, latent);
    const NodeSet x(4, {0});
    const NodeSet y(4, {1});
    const auto problem = adjustment_problem(mag, x, y, NodeSet::all(4), true);
    ASSERT_TRUE(problem);
    for (std::size_t code = 0; code < 4; ++code) {
      const NodeSet set = graph::subset(4, {2, 3}, code);
      if (valid_adjustment(*problem, set)) {
        ++held;
        ASSERT_TRUE(
            valid_by_definition(full, NodeSet(6, {0}), NodeSet(6, {1}), NodeSet(6, set.members())));
      }
    }
  }
  EXPECT_GT(held, 20);
}

TEST(Instruments, MustMoveTheTreatmentAndTouchTheOutcomeThroughItAlone) {
  // 0 -> 1 with a hidden cause of both; 2 -> 0 moves it, 3 stands alone, 4 -> 0 and 4 -> 1.
  const Admg graph(5, {{0, 1}, {2, 0}, {4, 0}, {4, 1}}, {{0, 1}});
  const auto problem = adjustment_problem(graph, NodeSet(5, {0}), NodeSet(5, {1}), NodeSet::all(5));
  EXPECT_TRUE(valid_instrument(problem, {2, NodeSet(5)}));
  EXPECT_FALSE(valid_instrument(problem, {3, NodeSet(5)}));
  EXPECT_FALSE(valid_instrument(problem, {4, NodeSet(5)}));
  const auto found = instruments(problem);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().node, 2U);
}

TEST(Instruments, AreFoundWheneverTheDefinitionHasOne) {
  Random random(29);
  int any_found = 0;
  for (int trial = 0; trial < 600; ++trial) {
    const Admg graph = graph::random_admg(random, 6, 0.35, 0.2);
    const auto problem =
        adjustment_problem(graph, NodeSet(6, {0}), NodeSet(6, {1}), NodeSet::all(6));
    const auto found = instruments(problem);
    for (const Instrument& one : found) {
      ASSERT_TRUE(valid_instrument(problem, one));
    }
    bool any = false;
    for (std::uint32_t v = 2; v < 6 && !problem.causal.empty(); ++v) {
      for (std::size_t code = 0; code < 16; ++code) {
        any = any || valid_instrument(problem, {v, graph::subset(6, {2, 3, 4, 5}, code)});
      }
    }
    ASSERT_EQ(!found.empty(), any);
    any_found += any ? 1 : 0;
  }
  EXPECT_GT(any_found, 50);
}

}  // namespace
}  // namespace thaw::effect
