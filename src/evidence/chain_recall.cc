#include "evidence/chain_recall.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "base/parallel.h"
#include "evidence/sequence_measures.h"
#include "graph/best_paths.h"

namespace thaw::evidence {
namespace {

constexpr std::size_t kTen = 10;
constexpr std::size_t kTemplates = 60;

using NodeSet = std::vector<std::uint32_t>;

/// What a method says of one chain, best first.
struct TenBest {
  std::vector<NodeSet> sets;  // of inner nodes, each sorted
  NodeSet nodes;
};

NodeSet sorted(NodeSet set) {
  std::ranges::sort(set);
  return set;
}

TenBest by_degree(const ChainAnalogy& analogy, const CuratedChain& chain, std::size_t nodes) {
  std::vector<std::size_t> times(nodes, 0);
  for (const ChainCase& one : analogy.cases()) {
    for (const std::uint32_t node : one.inner) {
      times[node] += one.pair != chain.pair ? 1 : 0;
    }
  }
  NodeSet order(nodes);
  for (std::uint32_t node = 0; node < nodes; ++node) {
    order[node] = node;
  }
  std::ranges::stable_sort(order, std::greater<>{}, [&](std::uint32_t n) { return times[n]; });
  order.resize(std::min(kTen, order.size()));
  TenBest out{{}, order};
  for (std::size_t size = 1; size <= order.size(); ++size) {
    out.sets.push_back(sorted({order.begin(), order.begin() + static_cast<long>(size)}));
  }
  return out;
}

/// The ten best paths where entering a node costs `cost` nats, as sets of inner nodes.
template <class Cost>
std::vector<NodeSet> ten_paths(const std::vector<std::vector<std::uint32_t>>& rows,
                               const CuratedChain& chain, const Cost& cost) {
  std::vector<graph::SignedEdge> edges;
  for (std::uint32_t from = 0; from < rows.size(); ++from) {
    for (const std::uint32_t to : rows[from]) {
      const double nats = 1e-3 + (to == chain.disease ? 0 : cost(to));
      edges.push_back({from, to, std::exp(-nats), 0, edges.size()});
    }
  }
  const auto graph =
      graph::SignedGraph::build(static_cast<std::uint32_t>(rows.size()), std::move(edges));
  std::vector<NodeSet> out;
  const auto answer = graph::PathFinder(*graph).best(
      {.from = chain.drug, .to = chain.disease, .k = kTen, .max_searches = 2000});
  for (const auto& path : answer.paths) {
    NodeSet set;
    for (std::size_t i = 0; i + 1 < path.hops.size(); ++i) {
      set.push_back(graph->edges()[path.hops[i].edge].to);
    }
    out.push_back(sorted(std::move(set)));
  }
  return out;
}

TenBest by_paths(const CuratedChains& chains, const CuratedChain& chain, bool hub) {
  const auto rows = graph_without(chains, chain.pair, chains.nodes.size());
  std::vector<double> degree(rows.size(), 0);
  for (std::size_t from = 0; from < rows.size(); ++from) {
    for (const std::uint32_t to : rows[from]) {
      ++degree[from];
      ++degree[to];
    }
  }
  TenBest out;
  out.sets = ten_paths(
      rows, chain, [&](std::uint32_t node) { return hub ? 1 + std::log(1 + degree[node]) : 1.0; });
  for (const NodeSet& set : out.sets) {
    for (const std::uint32_t node : set) {
      if (out.nodes.size() < kTen && std::ranges::find(out.nodes, node) == out.nodes.end()) {
        out.nodes.push_back(node);
      }
    }
  }
  return out;
}

/// Sets of like cases, the set of largest expected F1, and paths over likely nodes; of all of them
/// the ten with the largest expected F1.
TenBest by_analogy(const CuratedChains& chains, const ChainAnalogy& analogy,
                   const CuratedChain& chain) {
  constexpr double kUnlikely = 1e-4;
  const AnalogyQuery query{chain.pair, chain.drug, chain.disease, chain.drug_name};
  const auto like = analogy.like(query);
  const auto posterior = analogy.posterior(query, like);
  std::vector<double> share(chains.nodes.size(), kUnlikely);
  TenBest out;
  for (const auto& [node, p] : posterior) {
    share[node] = std::max(p, kUnlikely);
    if (out.nodes.size() < kTen) {
      out.nodes.push_back(node);
    }
  }
  std::set<NodeSet> candidates;
  candidates.insert(sorted(analogy.best_set(
      query, like, [](std::uint32_t) { return 1.0; }, 0)));
  for (std::size_t i = 0; i < std::min(kTemplates, like.size()); ++i) {
    NodeSet set = analogy.cases()[like[i].index].inner;
    std::erase_if(set, [&](std::uint32_t n) { return n == chain.drug || n == chain.disease; });
    candidates.insert(std::move(set));
  }
  const auto rows = graph_without(chains, chain.pair, chains.nodes.size());
  for (NodeSet& set :
       ten_paths(rows, chain, [&](std::uint32_t node) { return -std::log(share[node]); })) {
    candidates.insert(std::move(set));
  }
  candidates.erase(NodeSet{});
  std::vector<std::pair<double, NodeSet>> ranked;
  for (const NodeSet& set : candidates) {
    ranked.emplace_back(analogy.expected_f1(query, like, set), set);
  }
  std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t i = 0; i < std::min(kTen, ranked.size()); ++i) {
    out.sets.push_back(std::move(ranked[i].second));
  }
  return out;
}

/// exact@10, node recall, F1 of the first set.
std::array<double, 3> score(const TenBest& answer, const CuratedChain& chain) {
  double found = 0;
  for (const std::uint32_t node : chain.inner) {
    found += std::ranges::find(answer.nodes, node) != answer.nodes.end() ? 1 : 0;
  }
  return {std::ranges::find(answer.sets, chain.inner) != answer.sets.end() ? 1.0 : 0.0,
          found / static_cast<double>(chain.inner.size()),
          answer.sets.empty() ? 0 : set_f1(answer.sets.front(), chain.inner)};
}

/// FNV-1a: an order of pairs that hangs on nothing but their names.
std::uint64_t hash_of(const std::string& text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  }
  return hash;
}

std::vector<const CuratedChain*> asked_of(const CuratedChains& chains, std::size_t most) {
  std::vector<const CuratedChain*> asked;
  for (const CuratedChain& chain : chains.chains) {
    if (!chain.inner.empty() && chain.drug != chain.disease) {
      asked.push_back(&chain);
    }
  }
  std::ranges::sort(asked, {}, [](const CuratedChain* chain) {
    return std::pair(hash_of(chain->pair), chain->id);
  });
  if (most > 0 && asked.size() > most) {
    asked.resize(most);
  }
  return asked;
}

}  // namespace

std::string_view to_string(Recall method) {
  constexpr std::array<std::string_view, 5> kNames = {"degree", "dijkstra", "hub", "permuted",
                                                      "analogy"};
  return kNames[static_cast<std::size_t>(method)];
}

RecallReport run_chain_recall(const CuratedChains& chains, std::size_t most, std::uint64_t seed,
                              unsigned threads) {
  const ChainAnalogy analogy(chains);
  const ChainAnalogy permuted = analogy.permuted(seed);
  const auto asked = asked_of(chains, most);
  std::vector<std::array<std::array<double, 3>, kRecalls.size()>> scores(asked.size());
  for_each_piece(asked.size(), threads, [&](std::size_t i) {
    const CuratedChain& chain = *asked[i];
    const std::array<TenBest, kRecalls.size()> answers = {
        by_degree(analogy, chain, chains.nodes.size()), by_paths(chains, chain, false),
        by_paths(chains, chain, true), by_analogy(chains, permuted, chain),
        by_analogy(chains, analogy, chain)};
    for (std::size_t m = 0; m < answers.size(); ++m) {
      scores[i][m] = score(answers[m], chain);
    }
  });
  RecallReport report;
  report.chains = asked.size();
  std::vector<std::string> pairs;
  for (const CuratedChain* chain : asked) {
    pairs.push_back(chain->pair);
  }
  report.pairs = std::set<std::string>(pairs.begin(), pairs.end()).size();
  for (std::size_t m = 0; m < kRecalls.size(); ++m) {
    RecallScores& out = report.scores[m];
    const std::array<MeanInterval*, 3> means = {&out.exact_at_10, &out.node_recall, &out.inner_f1};
    for (std::size_t which = 0; which < means.size(); ++which) {
      std::vector<double> values;
      for (const auto& one : scores) {
        values.push_back(one[m][which]);
      }
      *means[which] = bootstrap_mean(values, pairs, seed);
    }
  }
  return report;
}

}  // namespace thaw::evidence
