#include "graph/hop_worlds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "graph/hop_baseline.h"

namespace thaw::graph {
namespace {

/// One world: a state (0 absent, 1 raises, 2 lowers) per edge index.
using World = std::vector<int>;

struct Effects {
  int signs = 0;           // bit 1 a chain raises, bit 2 one lowers
  int shortest_signs = 0;  // of the chains of the least length
  std::size_t shortest = SIZE_MAX;
};

/// By walking every chain of the world that visits no node twice.
void walk_chains(const SignedGraph& graph, const World& world, std::uint32_t at,
                 std::uint32_t target, std::size_t hops, std::size_t max_hops, bool minus,
                 std::vector<bool>& seen, Effects& effects) {
  if (at == target) {
    const int sign = minus ? 2 : 1;
    effects.signs |= sign;
    if (hops < effects.shortest) {
      effects.shortest = hops;
      effects.shortest_signs = 0;
    }
    effects.shortest_signs |= hops == effects.shortest ? sign : 0;
    return;
  }
  seen[at] = true;
  for (std::uint32_t i = graph.out_begin(at); i < graph.out_begin(at + 1); ++i) {
    const std::uint32_t to = graph.edges()[i].to;
    if (world[i] != 0 && !seen[to] && hops < max_hops) {
      walk_chains(graph, world, to, target, hops + 1, max_hops, minus != (world[i] == 2), seen,
                  effects);
    }
  }
  seen[at] = false;
}

/// Signs of walks of at most `max_hops` hops that end at their first visit of the target.
int walk_signs(const SignedGraph& graph, const World& world, std::uint32_t at, std::uint32_t target,
               std::size_t max_hops, bool minus) {
  if (at == target) {
    return minus ? 2 : 1;
  }
  int signs = 0;
  for (std::uint32_t i = graph.out_begin(at); max_hops > 0 && i < graph.out_begin(at + 1); ++i) {
    if (world[i] != 0 && graph.edges()[i].to != at) {
      signs |= walk_signs(graph, world, graph.edges()[i].to, target, max_hops - 1,
                          minus != (world[i] == 2));
    }
  }
  return signs;
}

Effects effects_of(const SignedGraph& graph, const World& world, std::uint32_t node,
                   std::uint32_t target, std::size_t max_hops) {
  Effects effects;
  std::vector<bool> seen(graph.nodes(), false);
  walk_chains(graph, world, node, target, 0, max_hops, false, seen, effects);
  return effects;
}

HopCounts counts_of(int signs, int shortest, std::uint64_t worlds) {
  HopCounts counts;
  counts.raises = signs == 1 ? worlds : 0;
  counts.lowers = signs == 2 ? worlds : 0;
  counts.both = signs == 3 ? worlds : 0;
  counts.shortest_raises = shortest == 1 ? worlds : 0;
  counts.shortest_lowers = shortest == 2 ? worlds : 0;
  counts.shortest_tied = shortest == 3 ? worlds : 0;
  return counts;
}

/// The signed graph of `nodes` nodes that `number` names: one digit to base 3 a pair of nodes.
/// Pairs that leave node 0, the target, have no digit.
SignedGraph numbered_graph(std::uint32_t nodes, std::uint64_t number, World& world) {
  std::vector<SignedEdge> edges;
  for (std::uint32_t from = 1; from < nodes; ++from) {
    for (std::uint32_t to = 0; to < nodes; ++to) {
      if (from != to) {
        const auto state = static_cast<int>(number % 3);
        number /= 3;
        if (state != 0) {
          edges.push_back({from, to, state == 1 ? 1.0 : 0.0, state == 2 ? 1.0 : 0.0,
                           std::uint64_t{from} * 10 + to});
          world.push_back(state);
        }
      }
    }
  }
  return SignedGraph::build(nodes, edges).value();
}

TEST(HopWorlds, EqualTheEnumerationOfChainsOnEverySignedGraphOfUpToFourNodes) {
  for (std::uint32_t nodes = 2; nodes <= 4; ++nodes) {
    const auto pairs = (nodes - 1) * (nodes - 1);
    const auto graphs = static_cast<std::uint64_t>(std::llround(std::pow(3, pairs)));
    for (std::uint64_t number = 0; number < graphs && !HasFailure(); ++number) {
      World world;
      const auto graph = numbered_graph(nodes, number, world);
      for (std::uint32_t max_hops = 1; max_hops <= nodes; ++max_hops) {
        const auto found = HopWorlds(graph, 0, {.worlds = 64, .max_hops = max_hops}).influence();
        EXPECT_TRUE(found.by_walks.empty());
        for (std::uint32_t node = 1; node < nodes; ++node) {
          const Effects effects = effects_of(graph, world, node, 0, max_hops);
          EXPECT_EQ(found.nodes[node], counts_of(effects.signs, effects.shortest_signs, 64))
              << "graph " << number << " of " << nodes << " nodes, node " << node << ", "
              << max_hops << " hops";
        }
      }
    }
  }
}

TEST(HopWorlds, ByWalksCountWalksAndAreExactInAllElse) {
  for (std::uint64_t number = 0; number < 19683 && !HasFailure(); number += 7) {
    World world;
    const auto graph = numbered_graph(4, number, world);
    for (std::uint32_t max_hops = 1; max_hops <= 6; ++max_hops) {
      const auto found =
          HopWorlds(graph, 0, {.worlds = 64, .max_hops = max_hops, .list_steps_max = 0})
              .influence();
      for (std::uint32_t node = 1; node < 4; ++node) {
        const Effects effects = effects_of(graph, world, node, 0, max_hops);
        const int walks = walk_signs(graph, world, node, 0, max_hops, false);
        EXPECT_EQ(found.nodes[node], counts_of(walks, effects.shortest_signs, 64));
        if (!std::ranges::binary_search(found.by_walks, node)) {
          EXPECT_EQ(walks, effects.signs) << "a node that is not named must be exact";
        }
        EXPECT_EQ(walks == 0, effects.signs == 0);
        EXPECT_EQ(walks & effects.signs, effects.signs) << "walks only add signs";
      }
    }
  }
}

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

/// Exact shares of `node`, by summing over all 3^edges worlds, as {raises, lowers, both, and the
/// three of the shortest}.
std::vector<double> exact_shares(const SignedGraph& graph, std::uint32_t node,
                                 std::size_t max_hops) {
  std::vector<double> shares(6, 0);
  World world(graph.edges().size(), 0);
  while (true) {
    double probability = 1;
    for (std::size_t i = 0; i < world.size(); ++i) {
      const SignedEdge& e = graph.edges()[i];
      const double p[] = {1 - e.p_plus - e.p_minus, e.p_plus, e.p_minus};
      probability *= p[world[i]];
    }
    if (probability > 0) {
      const Effects effects = effects_of(graph, world, node, 0, max_hops);
      if (effects.signs != 0) {
        shares[static_cast<std::size_t>(effects.signs) - 1] += probability;
        shares[static_cast<std::size_t>(effects.shortest_signs) + 2] += probability;
      }
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

TEST(HopWorlds, EqualTheSumOverAllWorldsOfRandomGraphsOfFiveNodes) {
  Random random(41);
  for (int round = 0; round < 25 && !HasFailure(); ++round) {
    const auto graph = random_graph(random, 5, 8);
    const auto max_hops = static_cast<std::uint32_t>(1 + random.index(5));
    HopOptions options{.worlds = 65536, .max_hops = max_hops};
    options.seed = static_cast<std::uint64_t>(round);
    const auto found = HopWorlds(graph, 0, options).influence();
    const double n = static_cast<double>(found.worlds);
    for (std::uint32_t node = 1; node < 5; ++node) {
      const auto shares = exact_shares(graph, node, max_hops);
      const HopCounts& c = found.nodes[node];
      const std::uint64_t counts[] = {c.raises,          c.lowers,          c.both,
                                      c.shortest_raises, c.shortest_lowers, c.shortest_tied};
      for (std::size_t k = 0; k < 6; ++k) {
        const double error = std::sqrt(std::max(shares[k] * (1 - shares[k]), 1 / n) / n);
        EXPECT_NEAR(static_cast<double>(counts[k]) / n, shares[k], 5 * error);
      }
    }
  }
}

TEST(HopWorlds, AreTheSameForAnyThreadsNumberingAndOrderOfEdges) {
  Random random(3);
  const auto graph = random_graph(random, 30, 90);
  HopOptions options{.worlds = 3000, .max_hops = 5};
  const HopWorlds plan(graph, 4, options);
  const auto first = plan.influence();
  const auto first_shuffled = plan.shuffled(9, 3000);
  options.threads = 2;
  EXPECT_EQ(HopWorlds(graph, 4, options).influence().nodes, first.nodes);

  std::vector<SignedEdge> edges(graph.edges().begin(), graph.edges().end());
  for (auto& edge : edges) {
    edge.from = (edge.from * 7 + 2) % 30;
    edge.to = (edge.to * 7 + 2) % 30;
  }
  std::ranges::reverse(edges);
  const auto graph2 = SignedGraph::build(30, edges);
  const HopWorlds plan2(*graph2, 0, options);
  const auto renumbered = plan2.influence();
  const auto shuffled = plan2.shuffled(9, 3000);
  EXPECT_EQ(renumbered.by_walks.size(), first.by_walks.size());
  for (std::uint32_t node = 0; node < 30; ++node) {
    EXPECT_EQ(renumbered.nodes[(node * 7 + 2) % 30], first.nodes[node]);
    EXPECT_EQ(shuffled.nodes[(node * 7 + 2) % 30], first_shuffled.nodes[node]);
  }
}

TEST(HopWorlds, ReachNoLessWithMoreHopsAndAgreeWithTheSweepWithoutALimit) {
  Random random(6);
  const auto graph = random_graph(random, 14, 40);
  const auto whole = possible_worlds(graph, 0, {});
  std::vector<std::uint64_t> before(14, 0);
  for (std::uint32_t max_hops = 1; max_hops <= 13; ++max_hops) {
    const HopOptions options{.worlds = 65536, .max_hops = max_hops, .list_steps_max = 1U << 22U};
    const auto found = HopWorlds(graph, 0, options).influence();
    for (std::uint32_t node = 1; node < 14; ++node) {
      const HopCounts& c = found.nodes[node];
      const std::uint64_t reached = c.raises + c.lowers + c.both;
      EXPECT_EQ(reached, c.shortest_raises + c.shortest_lowers + c.shortest_tied);
      EXPECT_GE(reached, before[node]);
      before[node] = reached;
      if (max_hops == 13 && whole.by_walks.empty() && found.by_walks.empty()) {
        EXPECT_NEAR(static_cast<double>(c.raises), static_cast<double>(whole.nodes[node].raises),
                    6 * 181);  // both random: the draws differ
        EXPECT_NEAR(static_cast<double>(c.both), static_cast<double>(whole.nodes[node].both),
                    6 * 181);
      }
    }
  }
}

TEST(HopBaseline, GivesAHubItsDegreesWorthAndALoneArrowNone) {
  // 20 nodes raise the target; of the pairs 21..60 none touches it, so swaps bring some there.
  std::vector<SignedEdge> edges;
  for (std::uint32_t i = 1; i <= 20; ++i) {
    edges.push_back({i, 0, .9, 0, i});
  }
  for (std::uint32_t i = 21; i < 60; ++i) {
    edges.push_back({i, i + 40, .9, 0, i});
  }
  const auto graph = SignedGraph::build(101, edges);
  const HopOptions options{.worlds = 512, .max_hops = 3};
  const HopWorlds plan(*graph, 0, options);
  const auto swaps = hop_baseline(*graph, 0, plan, options, 40, 512);
  EXPECT_TRUE(swaps.swaps);
  EXPECT_EQ(swaps.permutations, 40U);
  double mean = 0;
  for (std::uint32_t node = 1; node < 60; ++node) {
    mean += swaps.raises[node] / 59;
  }
  EXPECT_NEAR(mean, 20 / 59.0 * .9, .03);  // each start is as likely as another to get an end
  const auto shuffled = plan.shuffled(1, 512);
  double reached = 0;
  for (const auto& counts : shuffled.nodes) {
    reached += static_cast<double>(counts.raises) / 512;
  }
  EXPECT_NEAR(reached, 20 * .9, .6);  // 20 ends at the target, whoever they belong to
}

}  // namespace
}  // namespace thaw::graph
