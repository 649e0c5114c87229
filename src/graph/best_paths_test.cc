#include "graph/best_paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace thaw::graph {
namespace {

SignedGraph random_graph(Random& random, std::uint32_t nodes, std::size_t edges) {
  std::vector<SignedEdge> list;
  for (std::size_t i = 0; i < edges; ++i) {
    SignedEdge edge;
    edge.from = static_cast<std::uint32_t>(random.index(nodes));
    edge.to = static_cast<std::uint32_t>(random.index(nodes));
    const double any = random.uniform();
    const double share = random.index(3) == 0 ? random.uniform() : double(random.index(2));
    edge.p_plus = any * share;
    edge.p_minus = any - edge.p_plus;
    edge.id = i * 7 + 1;
    list.push_back(edge);
  }
  return SignedGraph::build(nodes, list).value();
}

/// Every chain without a repeated node, by walking them all.
void enumerate(const SignedGraph& graph, const PathQuery& query, SignedPath& path,
               std::vector<bool>& seen, std::uint32_t at, std::vector<SignedPath>& all) {
  if (at == query.to) {
    if (!query.sign || *query.sign == path.sign) {
      all.push_back(path);
    }
    return;
  }
  if (at != query.from && !query.may_pass(at)) {
    return;
  }
  if (query.max_hops && path.hops.size() == *query.max_hops) {
    return;
  }
  seen[at] = true;
  for (std::uint32_t i = graph.out_begin(at); i < graph.out_begin(at + 1); ++i) {
    const SignedEdge& edge = graph.edges()[i];
    for (const Sign sign : {Sign::kPlus, Sign::kMinus}) {
      if (!seen[edge.to] && edge.probability(sign) > 0) {
        SignedPath longer = path;
        longer.hops.push_back({i, sign});
        longer.sign = path.sign * sign;
        longer.probability *= edge.probability(sign);
        enumerate(graph, query, longer, seen, edge.to, all);
      }
    }
  }
  seen[at] = false;
}

std::vector<SignedPath> all_paths(const SignedGraph& graph, const PathQuery& query) {
  std::vector<SignedPath> all;
  SignedPath start;
  start.probability = 1;
  std::vector<bool> seen(graph.nodes(), false);
  enumerate(graph, query, start, seen, query.from, all);
  std::ranges::sort(all,
                    [](const auto& a, const auto& b) { return a.probability > b.probability; });
  return all;
}

void expect_same(const SignedGraph& graph, const PathQuery& query) {
  const auto expected = all_paths(graph, query);
  const auto answer = PathFinder(graph).best(query);
  EXPECT_TRUE(answer.complete);
  ASSERT_EQ(answer.paths.size(), std::min(query.k, expected.size()));
  for (std::size_t i = 0; i < answer.paths.size(); ++i) {
    EXPECT_NEAR(std::log(answer.paths[i].probability), std::log(expected[i].probability), 1e-7);
    const auto same_hops = [&](const auto& p) { return p.hops == answer.paths[i].hops; };
    EXPECT_EQ(std::ranges::count_if(expected, same_hops), 1);
  }
}

TEST(BestPaths, EqualEnumerationOnRandomGraphsOfEveryShape) {
  Random random(11);
  for (int round = 0; round < 400; ++round) {
    const auto nodes = static_cast<std::uint32_t>(2 + random.index(6));
    const auto graph = random_graph(random, nodes, 1 + random.index(18));
    std::vector<std::uint8_t> allowed(nodes);
    for (auto& node : allowed) {
      node = random.index(4) == 0 ? 0 : 1;
    }
    PathQuery query;
    query.from = static_cast<std::uint32_t>(random.index(nodes));
    query.to = (query.from + 1) % nodes;
    query.k = random.index(2) == 0 ? 4 : 1000;  // a few, and all there are
    for (const std::optional<Sign> sign :
         {std::optional<Sign>{}, std::optional(Sign::kPlus), std::optional(Sign::kMinus)}) {
      query.sign = sign;
      for (const std::optional<std::uint32_t> max_hops :
           {std::optional<std::uint32_t>{}, std::optional(1U), std::optional(2U), std::optional(3U),
            std::optional(4U), std::optional(nodes)}) {
        query.max_hops = max_hops;
        query.allowed = {};
        expect_same(graph, query);
        query.allowed = allowed;
        expect_same(graph, query);
      }
      if (HasFailure()) {
        FAIL() << "in round " << round;
      }
    }
  }
}

TEST(BestPaths, EqualEnumerationUnderATightLimitOfHopsOnDenserGraphs) {
  Random random(12);
  for (int round = 0; round < 60 && !HasFailure(); ++round) {
    const auto graph = random_graph(random, 9, 26);
    for (std::uint32_t max_hops = 2; max_hops <= 6; ++max_hops) {
      expect_same(graph, {.from = 0, .to = 1, .k = 15, .max_hops = max_hops});
    }
  }
}

TEST(BestPaths, OfKAreTheFirstOfMore) {
  Random random(13);
  for (int round = 0; round < 30; ++round) {
    const auto graph = random_graph(random, 30, 150);
    const PathFinder finder(graph);
    const auto many = finder.best({.from = 0, .to = 1, .k = 40}).paths;
    for (std::size_t k = 1; k <= many.size(); k += 7) {
      const auto few = finder.best({.from = 0, .to = 1, .k = k}).paths;
      ASSERT_EQ(few.size(), k);
      for (std::size_t i = 0; i < k; ++i) {
        EXPECT_EQ(few[i].hops, many[i].hops);
      }
    }
  }
}

TEST(BestPaths, AreNoWorseWithMoreHopsAllowedOrOneEdgeMore) {
  Random random(14);
  for (int round = 0; round < 60; ++round) {
    const auto graph = random_graph(random, 20, 50);
    const auto best = [](const SignedGraph& g, std::optional<std::uint32_t> max_hops) {
      const auto paths =
          PathFinder(g).best({.from = 0, .to = 1, .k = 1, .max_hops = max_hops}).paths;
      return paths.empty() ? 0.0 : paths[0].probability;
    };
    double before = 0;
    for (std::uint32_t hops = 1; hops <= 19; ++hops) {
      const double now = best(graph, hops);
      EXPECT_GE(now, before);
      before = now;
    }
    EXPECT_EQ(before, best(graph, {}));
    std::vector<SignedEdge> edges(graph.edges().begin(), graph.edges().end());
    edges.push_back({static_cast<std::uint32_t>(random.index(20)),
                     static_cast<std::uint32_t>(random.index(20)), random.uniform(), 0, 9999});
    EXPECT_GE(best(*SignedGraph::build(20, edges), {}), before * (1 - 1e-8));
  }
}

TEST(BestPaths, NeverVisitANodeInBothSigns) {
  // 0 -> 1 -| 2 -> 1 ... the cheap way to lower 3 goes round the loop; the honest one costs more.
  const auto graph = SignedGraph::build(
      4,
      {{0, 1, .9, 0, 1}, {1, 2, .9, 0, 2}, {2, 1, 0, .9, 3}, {1, 3, .9, 0, 4}, {0, 3, 0, .1, 5}});
  const auto answer = PathFinder(*graph).best({.from = 0, .to = 3, .sign = Sign::kMinus});
  ASSERT_EQ(answer.paths.size(), 1U);
  EXPECT_DOUBLE_EQ(answer.paths[0].probability, .1);
}

TEST(BestPaths, ComeInOneOrderWhateverTheNumberingAndOrderOfEdges) {
  Random random(5);
  std::vector<SignedEdge> edges;
  for (std::uint64_t id = 0; id < 60; ++id) {  // equal beliefs: ties everywhere
    edges.push_back({static_cast<std::uint32_t>(random.index(12)),
                     static_cast<std::uint32_t>(random.index(12)), .5, .25, id});
  }
  const auto ids = [](const SignedGraph& graph, std::uint32_t from, std::uint32_t to) {
    std::vector<std::vector<std::uint64_t>> all;
    for (const auto& path : PathFinder(graph).best({.from = from, .to = to, .k = 50}).paths) {
      all.emplace_back();
      for (const Hop& hop : path.hops) {
        all.back().push_back(graph.edges()[hop.edge].id * 2 + (hop.sign == Sign::kMinus ? 1 : 0));
      }
    }
    return all;
  };
  const auto first = ids(*SignedGraph::build(12, edges), 0, 7);
  EXPECT_EQ(first.size(), 50U);
  for (auto& edge : edges) {
    edge.from = (edge.from * 5 + 3) % 12;
    edge.to = (edge.to * 5 + 3) % 12;
  }
  std::ranges::reverse(edges);
  EXPECT_EQ(ids(*SignedGraph::build(12, edges), 3, (7 * 5 + 3) % 12), first);
}

TEST(BestPaths, SayWhenTheSearchWasCutShort) {
  const auto graph = SignedGraph::build(3, {{0, 1, .9, 0, 1}, {1, 2, .9, 0, 2}, {0, 2, .1, 0, 3}});
  const auto answer = PathFinder(*graph).best({.from = 0, .to = 2, .k = 2, .max_searches = 1});
  EXPECT_FALSE(answer.complete);
  EXPECT_EQ(answer.paths.size(), 1U);
}

TEST(BestPaths, AreNoneFromANodeToItselfOrToNoNode) {
  const auto graph = SignedGraph::build(2, {{0, 1, .9, 0, 1}, {1, 0, .9, 0, 2}});
  EXPECT_TRUE(PathFinder(*graph).best({.from = 0, .to = 0}).paths.empty());
  EXPECT_TRUE(PathFinder(*graph).best({.from = 0, .to = 9}).paths.empty());
}

TEST(SignedGraph, RefusesWhatIsNoProbabilityOrNoNode) {
  EXPECT_FALSE(SignedGraph::build(2, {{0, 2, .5, 0, 1}}));
  EXPECT_FALSE(SignedGraph::build(2, {{0, 1, .6, .5, 1}}));
  EXPECT_FALSE(SignedGraph::build(2, {{0, 1, std::nan(""), 0, 1}}));
  EXPECT_FALSE(SignedGraph::build(2, {{0, 1, .5, 0, 1}, {1, 0, .5, 0, 1}}));
  EXPECT_TRUE(SignedGraph::build(2, {{0, 1, .5, .5, 1}, {0, 1, .5, .5, 2}}));
}

}  // namespace
}  // namespace thaw::graph
