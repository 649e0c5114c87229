#include "graph/rival_chains.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/random.h"
#include "graph/best_paths.h"

namespace thaw::graph {
namespace {

/// A random graph without pairs given twice.
SignedGraph random_graph(Random& random, std::uint32_t nodes, double density) {
  std::vector<SignedEdge> edges;
  for (std::uint32_t from = 0; from < nodes; ++from) {
    for (std::uint32_t to = 0; to < nodes; ++to) {
      if (from != to && random.bernoulli(density)) {
        const double plus = random.uniform();
        edges.push_back({from, to, plus, (1 - plus) * random.uniform(), edges.size() + 7});
      }
    }
  }
  return SignedGraph::build(nodes, std::move(edges)).value();
}

/// Shares, and joint credit with one hop present, by walking every world of the graph.
struct Enumerated {
  std::vector<double> share, only, joint;  // share and joint: chains, then none
};

Enumerated enumerate(const SignedGraph& graph, const std::vector<std::vector<Hop>>& chains,
                     const Hop& asked) {
  const std::size_t n = graph.edges().size();
  Enumerated out{std::vector<double>(chains.size() + 1), std::vector<double>(chains.size()),
                 std::vector<double>(chains.size() + 1)};
  std::vector<int> state(n, 0);  // 0 absent, 1 plus, 2 minus
  const auto worlds = static_cast<std::size_t>(std::pow(3, n));
  for (std::size_t world = 0; world < worlds; ++world) {
    double p = 1;
    for (std::size_t e = 0, rest = world; e < n; ++e, rest /= 3) {
      state[e] = static_cast<int>(rest % 3);
      const auto& edge = graph.edges()[e];
      p *= state[e] == 1   ? edge.p_plus
           : state[e] == 2 ? edge.p_minus
                           : 1 - edge.p_plus - edge.p_minus;
    }
    const auto exists = [&state](const Hop& hop) {
      return state[hop.edge] == (hop.sign == Sign::kPlus ? 1 : 2);
    };
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < chains.size(); ++i) {
      bool all = true;
      for (const Hop& hop : chains[i]) {
        all = all && exists(hop);
      }
      if (all) {
        open.push_back(i);
      }
    }
    const auto give = [&](std::size_t who, double part) {
      out.share[who] += p * part;
      out.joint[who] += exists(asked) ? p * part : 0;
    };
    if (open.empty()) {
      give(chains.size(), 1);
    }
    for (const std::size_t i : open) {
      give(i, 1.0 / static_cast<double>(open.size()));
    }
    if (open.size() == 1) {
      out.only[open[0]] += p;
    }
  }
  return out;
}

double information(const std::vector<double>& all, const std::vector<double>& joint) {
  const double present = std::accumulate(joint.begin(), joint.end(), 0.0);
  double bits = 0;
  const auto add = [&bits](double both, double one, double other) {
    bits += both > 1e-300 ? both * std::log2(both / (one * other)) : 0;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    add(joint[i], all[i], present);
    add(all[i] - joint[i], all[i], 1 - present);
  }
  return bits;
}

TEST(RivalChains, equal_the_sum_over_every_world_of_small_graphs) {
  Random random(11);
  std::size_t compared = 0;
  for (int round = 0; round < 60; ++round) {
    const auto graph = random_graph(random, 4, 0.6);
    if (graph.edges().size() > 9) {
      continue;
    }
    std::vector<std::vector<Hop>> chains;
    for (const auto& path : PathFinder(graph).best({.from = 0, .to = 3, .k = 5}).paths) {
      chains.push_back(path.hops);
    }
    if (chains.empty()) {
      continue;
    }
    const auto shares = rival_shares(graph, chains).value();
    for (const HopInformation& hop : shares.hops) {
      const auto truth = enumerate(graph, chains, hop.hop);
      for (std::size_t i = 0; i < chains.size(); ++i) {
        EXPECT_NEAR(shares.share[i], truth.share[i], 1e-12);
        EXPECT_NEAR(shares.only[i], truth.only[i], 1e-12);
        EXPECT_NEAR(hop.if_present[i] * hop.present, truth.joint[i], 1e-12);
      }
      EXPECT_NEAR(shares.none, truth.share.back(), 1e-12);
      EXPECT_NEAR(hop.bits, information(truth.share, truth.joint), 1e-9);
      ++compared;
    }
  }
  EXPECT_GT(compared, 100U);
}

TEST(RivalChains, shares_and_none_sum_to_one_and_lie_between_only_and_open) {
  Random random(3);
  for (int round = 0; round < 30; ++round) {
    const auto graph = random_graph(random, 8, 0.5);
    std::vector<std::vector<Hop>> chains;
    for (const auto& path : PathFinder(graph).best({.from = 0, .to = 7, .k = 12}).paths) {
      chains.push_back(path.hops);
    }
    if (chains.empty()) {
      continue;
    }
    const auto shares = rival_shares(graph, chains).value();
    double sum = shares.none;
    for (std::size_t i = 0; i < chains.size(); ++i) {
      sum += shares.share[i];
      EXPECT_GE(shares.share[i], shares.only[i] - 1e-12);
      EXPECT_LE(shares.share[i], shares.open[i] + 1e-12);
    }
    EXPECT_NEAR(sum, 1, 1e-9);
  }
}

TEST(RivalChains, two_chains_without_a_common_arrow_divide_as_by_hand) {
  const auto graph = SignedGraph::build(3, {{0, 2, 0.8, 0, 1}, {1, 2, 0.5, 0, 2}}).value();
  const std::vector<std::vector<Hop>> chains = {{{0, Sign::kPlus}}, {{1, Sign::kPlus}}};
  const auto shares = rival_shares(graph, chains).value();
  EXPECT_NEAR(shares.share[0], 0.4 + 0.2, 1e-15);
  EXPECT_NEAR(shares.share[1], 0.1 + 0.2, 1e-15);
  EXPECT_NEAR(shares.none, 0.1, 1e-15);
}

TEST(RivalChains, an_arrow_that_all_share_tells_only_of_none) {
  const auto graph =
      SignedGraph::build(4,
                         {{0, 1, 0.5, 0, 1}, {0, 2, 0.5, 0, 2}, {1, 3, 1, 0, 3}, {2, 3, 1, 0, 4}})
          .value();
  const std::vector<std::vector<Hop>> chains = {{{0, Sign::kPlus}, {2, Sign::kPlus}},
                                                {{1, Sign::kPlus}, {3, Sign::kPlus}}};
  const auto shares = rival_shares(graph, chains).value();
  EXPECT_GT(shares.hops.front().bits, 0.1);
  EXPECT_EQ(shares.hops.back().bits, 0);  // certain arrows tell nothing
}

TEST(RivalChains, refuses_none_too_many_and_edges_that_are_not_there) {
  const auto graph = SignedGraph::build(2, {{0, 1, 0.5, 0, 1}}).value();
  EXPECT_FALSE(rival_shares(graph, {}));
  EXPECT_FALSE(rival_shares(graph, std::vector<std::vector<Hop>>(13, {{0, Sign::kPlus}})));
  EXPECT_FALSE(rival_shares(graph, std::vector<std::vector<Hop>>{{{5, Sign::kPlus}}}));
}

}  // namespace
}  // namespace thaw::graph
