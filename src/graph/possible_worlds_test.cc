#include "graph/possible_worlds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "graph/permuted.h"

namespace thaw::graph {
namespace {

SignedGraph random_graph(Random& random, std::uint32_t nodes, std::size_t edges) {
  std::vector<SignedEdge> list;
  for (std::size_t i = 0; i < edges; ++i) {
    SignedEdge edge;
    edge.from = static_cast<std::uint32_t>(random.index(nodes));
    edge.to = static_cast<std::uint32_t>(random.index(nodes));
    edge.p_plus = random.uniform() * (random.index(3) == 0 ? 0 : 1);
    edge.p_minus = (1 - edge.p_plus) * random.uniform() * (random.index(3) == 0 ? 0 : 1);
    edge.id = i * 3 + 5;
    list.push_back(edge);
  }
  return SignedGraph::build(nodes, list).value();
}

/// One world: a state (0 absent, 1 raises, 2 lowers) per edge index.
using World = std::vector<int>;

/// By walking every chain of the world: bit 1 raises, bit 2 lowers.
int simple_effect(const SignedGraph& graph, const World& world, std::uint32_t at,
                  std::uint32_t target, bool minus, std::vector<bool>& seen) {
  if (at == target) {
    return minus ? 2 : 1;
  }
  int effect = 0;
  seen[at] = true;
  for (std::uint32_t i = graph.out_begin(at); i < graph.out_begin(at + 1); ++i) {
    const std::uint32_t to = graph.edges()[i].to;
    if (world[i] != 0 && !seen[to]) {
      effect |= simple_effect(graph, world, to, target, minus != (world[i] == 2), seen);
    }
  }
  seen[at] = false;
  return effect;
}

/// The same over walks that end at their first visit of the target, by a search of (node, sign).
int walk_effect(const SignedGraph& graph, const World& world, std::uint32_t from,
                std::uint32_t target) {
  std::vector<bool> seen(graph.nodes() * std::size_t{2}, false);
  std::vector<std::size_t> open{from * std::size_t{2}};
  seen[open[0]] = true;
  while (!open.empty()) {
    const std::size_t state = open.back();
    open.pop_back();
    const auto node = static_cast<std::uint32_t>(state / 2);
    for (std::uint32_t i = graph.out_begin(node); node != target && i < graph.out_begin(node + 1);
         ++i) {
      const std::size_t next =
          graph.edges()[i].to * std::size_t{2} + (state % 2 + (world[i] == 2 ? 1 : 0)) % 2;
      if (world[i] != 0 && graph.edges()[i].to != node && !seen[next]) {
        seen[next] = true;
        open.push_back(next);
      }
    }
  }
  return (seen[target * std::size_t{2}] ? 1 : 0) | (seen[target * std::size_t{2} + 1] ? 2 : 0);
}

struct Shares {
  double raises = 0, lowers = 0, both = 0;
};

/// Exact shares of `node` by summing over all 3^edges worlds; `forced` sets one edge.
Shares exact(const SignedGraph& graph, std::uint32_t node, std::uint32_t target, bool walks,
             int forced_edge = -1, int forced_state = 0) {
  Shares shares;
  World world(graph.edges().size(), 0);
  while (true) {
    double probability = 1;
    for (std::size_t i = 0; i < world.size(); ++i) {
      const SignedEdge& e = graph.edges()[i];
      const double p[] = {1 - e.p_plus - e.p_minus, e.p_plus, e.p_minus};
      probability *=
          static_cast<int>(i) == forced_edge ? (world[i] == forced_state ? 1 : 0) : p[world[i]];
    }
    if (probability > 0) {
      std::vector<bool> seen(graph.nodes(), false);
      const int effect = walks ? walk_effect(graph, world, node, target)
                               : simple_effect(graph, world, node, target, false, seen);
      shares.raises += effect == 1 ? probability : 0;
      shares.lowers += effect == 2 ? probability : 0;
      shares.both += effect == 3 ? probability : 0;
    }
    std::size_t i = 0;
    while (i < world.size() && ++world[i] == 3) {
      world[i++] = 0;
    }
    if (i == world.size()) {
      return shares;
    }
  }
}

void expect_near(std::uint64_t count, std::uint64_t worlds, double share) {
  const double n = static_cast<double>(worlds);
  const double error = std::sqrt(std::max(share * (1 - share), 1 / n) / n);
  EXPECT_NEAR(static_cast<double>(count) / n, share, 5 * error);
}

void expect_exact_shares(bool walks) {
  Random random(walks ? 21 : 20);
  for (int round = 0; round < 40 && !testing::Test::HasFailure(); ++round) {
    const auto nodes = static_cast<std::uint32_t>(2 + random.index(5));
    const auto graph = random_graph(random, nodes, 1 + random.index(7));
    WorldOptions options;
    options.seed = static_cast<std::uint64_t>(round);
    options.loop_steps_max = walks ? 0 : 4096;
    const auto influence = possible_worlds(graph, 0, options);
    for (std::uint32_t node = 0; node < nodes; ++node) {
      const Shares shares = exact(graph, node, 0, walks);
      expect_near(influence.nodes[node].raises, influence.worlds, shares.raises);
      expect_near(influence.nodes[node].lowers, influence.worlds, shares.lowers);
      expect_near(influence.nodes[node].both, influence.worlds, shares.both);
    }
  }
}

TEST(PossibleWorlds, EqualTheSumOverAllWorldsWithLoopsInThem) {
  expect_exact_shares(false);
}

TEST(PossibleWorlds, CountWalksWhereALoopIsTooLarge) {
  expect_exact_shares(true);
}

TEST(PossibleWorlds, DoNotTurnASignByGoingRoundALoop) {
  // 1 raises 0; the loop 1 -> 2 -| 1 must not make 1 lower 0.
  const auto graph = SignedGraph::build(3, {{1, 0, 1, 0, 1}, {1, 2, 1, 0, 2}, {2, 1, 0, 1, 3}});
  const auto simple = possible_worlds(*graph, 0, {});
  EXPECT_EQ(simple.nodes[1], (WorldCounts{65536, 0, 0}));
  EXPECT_EQ(simple.nodes[2], (WorldCounts{0, 65536, 0}));
  EXPECT_TRUE(simple.by_walks.empty());
  WorldOptions walks;
  walks.loop_steps_max = 0;
  const auto walked = possible_worlds(*graph, 0, walks);
  EXPECT_EQ(walked.nodes[1], (WorldCounts{0, 0, 65536}));
  EXPECT_EQ(walked.by_walks, (std::vector<std::uint32_t>{1, 2}));
}

TEST(PossibleWorlds, AreTheSameForAnyThreadsNumberingAndOrderOfEdges) {
  Random random(3);
  const auto graph = random_graph(random, 30, 90);
  WorldOptions options;
  options.worlds = 70016;
  const auto first = possible_worlds(graph, 4, options);
  options.threads = 2;
  EXPECT_EQ(possible_worlds(graph, 4, options).nodes, first.nodes);

  std::vector<SignedEdge> edges(graph.edges().begin(), graph.edges().end());
  for (auto& edge : edges) {
    edge.from = (edge.from * 7 + 2) % 30;
    edge.to = (edge.to * 7 + 2) % 30;
  }
  std::ranges::reverse(edges);
  const auto renumbered = possible_worlds(*SignedGraph::build(30, edges), 0, options);
  for (std::uint32_t node = 0; node < 30; ++node) {
    EXPECT_EQ(renumbered.nodes[(node * 7 + 2) % 30], first.nodes[node]);
  }
}

TEST(PossibleWorlds, OfALargeGraphDrawTheSameBitsAsOfItsPart) {
  // The cut into blocks differs between small and large graphs; the draws must not.
  std::vector<SignedEdge> edges{{1, 0, .3, .3, 1}, {2, 1, .5, .2, 2}};
  const auto small = possible_worlds(*SignedGraph::build(3, edges), 0, {});
  for (std::uint64_t i = 0; i < 5000; ++i) {
    edges.push_back({3, 4, .5, 0, 100 + i});
  }
  const auto large = possible_worlds(*SignedGraph::build(5, edges), 0, {});
  EXPECT_EQ(large.nodes[1], small.nodes[1]);
  EXPECT_EQ(large.nodes[2], small.nodes[2]);
}

TEST(EdgeImportance, IsTheDifferenceBetweenPresentAndAbsent) {
  Random random(31);
  for (int round = 0; round < 25 && !HasFailure(); ++round) {
    const auto nodes = static_cast<std::uint32_t>(3 + random.index(3));
    const auto graph = random_graph(random, nodes, 2 + random.index(5));
    std::vector<std::uint32_t> all;
    for (std::uint32_t node = 1; node < nodes; ++node) {
      all.push_back(node);
    }
    WorldOptions options;
    options.seed = 100 + static_cast<std::uint64_t>(round);
    const auto table = edge_importance(graph, 0, all, options);
    options.threads = 2;
    EXPECT_EQ(edge_importance(graph, 0, all, options).lowers, table.lowers);
    for (std::size_t e = 0; e < table.effects.size(); ++e) {
      const int edge = static_cast<int>(table.effects[e].edge);
      const int claimed = table.effects[e].sign == Sign::kPlus ? 1 : 2;
      for (std::size_t n = 0; n < all.size(); ++n) {
        const Shares with = exact(graph, all[n], 0, false, edge, claimed);
        const Shares without = exact(graph, all[n], 0, false, edge, 0);
        EXPECT_NEAR(table.raises[e * all.size() + n], with.raises - without.raises, .012);
        EXPECT_NEAR(table.lowers[e * all.size() + n], with.lowers - without.lowers, .012);
      }
    }
  }
}

TEST(Permuted, KeepsEveryDegreeOfEverySign) {
  Random random(8);
  const auto graph = random_graph(random, 12, 40);
  const auto swapped = permuted(graph, 5);
  const auto degrees = [](const SignedGraph& g) {
    std::vector<int> counts(g.nodes() * std::size_t{4}, 0);
    for (const auto& edge : g.edges()) {
      const std::size_t sign = edge.claimed() == Sign::kPlus ? 0 : 1;
      ++counts[edge.from * std::size_t{4} + sign];
      ++counts[edge.to * std::size_t{4} + 2 + sign];
    }
    return counts;
  };
  EXPECT_EQ(degrees(swapped), degrees(graph));
  std::size_t moved = 0;
  for (const auto& edge : swapped.edges()) {
    moved += std::ranges::none_of(
        graph.edges(), [&](const SignedEdge& e) { return e.id == edge.id && e.to == edge.to; });
  }
  EXPECT_GT(moved, 10U);
}

TEST(Permuted, BaselineGivesAHubMoreThanALeaf) {
  // Node 1 has twelve ways out, node 2 one; none leads to the target 0 in the true graph.
  std::vector<SignedEdge> edges{{2, 3, .9, 0, 0}};
  std::uint64_t id = 1;
  for (std::uint32_t i = 0; i < 12; ++i) {
    edges.push_back({1, 3 + i, .9, 0, id++});
  }
  for (std::uint32_t i = 0; i < 30; ++i) {
    edges.push_back({20 + i, i < 4 ? 0 : 60 + i, .9, 0, id++});
  }
  const auto graph = SignedGraph::build(100, edges).value();
  WorldOptions options;
  options.worlds = 1024;
  const auto baseline = permuted_baseline(graph, 0, 200, options);
  EXPECT_NEAR(baseline.raises[2], .9 * 4 / 43, .06);  // one of 43 ends, four of them the target
  EXPECT_GT(baseline.raises[1], 3 * baseline.raises[2]);
  EXPECT_EQ(possible_worlds(graph, 0, options).nodes[1], WorldCounts{});
}

TEST(ShareError, IsNeverZero) {
  EXPECT_GT(share_error(0, 65536), 0);
  EXPECT_DOUBLE_EQ(share_error(32768, 65536), .5 / 256);
}

}  // namespace
}  // namespace thaw::graph
