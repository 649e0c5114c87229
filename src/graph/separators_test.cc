#include "graph/separators.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "graph/path_oracle.h"

namespace thaw::graph {
namespace {

/// Separators of the query by trying every subset: those from which no node can be left out.
std::vector<NodeSet> by_enumeration(const Admg& graph, const SeparatorQuery& query) {
  const std::size_t n = graph.nodes();
  const std::vector<std::uint32_t> usable =
      (query.allowed - query.a - query.b - query.include).members();
  std::vector<NodeSet> valid;
  for (std::size_t code = 0; code < (std::size_t{1} << usable.size()); ++code) {
    const NodeSet set = subset(n, usable, code) | query.include;
    if (separated(graph, query.a, query.b, set, query.cuts)) {
      valid.push_back(set);
    }
  }
  std::vector<NodeSet> minimal;
  for (const NodeSet& set : valid) {
    if (std::none_of(valid.begin(), valid.end(),
                     [&](const NodeSet& other) { return other != set && other.subset_of(set); })) {
      minimal.push_back(set);
    }
  }
  std::sort(minimal.begin(), minimal.end());
  return minimal;
}

void agrees_with_enumeration(const Admg& graph, const SeparatorQuery& query) {
  std::vector<NodeSet> expected = by_enumeration(graph, query);
  SeparatorList list = minimal_separators(graph, query, 1000);
  EXPECT_TRUE(list.complete);
  std::sort(list.sets.begin(), list.sets.end());
  ASSERT_EQ(list.sets, expected);
  const auto one = minimal_separator(graph, query);
  ASSERT_EQ(one.has_value(), !expected.empty());
  if (one) {
    ASSERT_TRUE(std::binary_search(expected.begin(), expected.end(), *one));
  }
}

TEST(Separators, AreAllTheMinimalOnesOfEveryDagOfFourNodes) {
  for_each_dag(4, [](const Admg& graph) {
    for (std::uint32_t a = 0; a < 4; ++a) {
      for (std::uint32_t b = 0; b < 4; ++b) {
        if (a != b) {
          agrees_with_enumeration(graph, {NodeSet(4, {a}), NodeSet(4, {b}), NodeSet(4),
                                          NodeSet::all(4), Cuts::none(4)});
        }
      }
    }
  });
}

TEST(Separators, ObeyWhatIsForcedInLeftOutAndCut) {
  Random random(11);
  for (int trial = 0; trial < 1500; ++trial) {
    const Admg graph = random_admg(random, 7, 0.3, 0.15);
    SeparatorQuery query{NodeSet(7), NodeSet(7), NodeSet(7), NodeSet(7), Cuts::none(7)};
    for (std::uint32_t v = 0; v < 7; ++v) {
      const std::uint64_t part = v == 0 ? 0 : v == 1 ? 1 : random.index(8);
      if (part == 0)
        query.a.insert(v);
      if (part == 1)
        query.b.insert(v);
      if (part == 2)
        query.include.insert(v);
      if (part > 3)
        query.allowed.insert(v);
    }
    if (random.bernoulli(0.5)) {
      query.cuts = {query.a, subset(7, {0, 1, 2, 3, 4, 5, 6}, random.index(128)), NodeSet(7)};
    }
    agrees_with_enumeration(graph, query);
  }
}

TEST(Separators, StopAtTheCapAndSaySo) {
  // Twelve parallel chains of two between a and b: 2^12 minimal sets.
  std::vector<NodePair> arrows;
  for (std::uint32_t i = 0; i < 12; ++i) {
    arrows.emplace_back(0, 2 + 2 * i);
    arrows.emplace_back(2 + 2 * i, 3 + 2 * i);
    arrows.emplace_back(3 + 2 * i, 1);
  }
  const Admg graph(26, arrows, {});
  const SeparatorQuery query{NodeSet(26, {0}), NodeSet(26, {1}), NodeSet(26), NodeSet::all(26),
                             Cuts::none(26)};
  const SeparatorList some = minimal_separators(graph, query, 100);
  EXPECT_EQ(some.sets.size(), 100U);
  EXPECT_FALSE(some.complete);
  const SeparatorList all = minimal_separators(graph, query, 4096);
  EXPECT_EQ(all.sets.size(), 4096U);
  EXPECT_TRUE(all.complete);
}

}  // namespace
}  // namespace thaw::graph
