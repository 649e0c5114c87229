#include "graph/permuted.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/random.h"

namespace thaw::graph {
namespace {

constexpr std::uint64_t kTriesPerEdge = 10;
constexpr std::uint64_t kPermutationStream = 0x7065726D;  // apart from other users of the seed

std::uint64_t pair_key(std::uint32_t from, std::uint32_t to) {
  return std::uint64_t{from} << 32U | to;
}

}  // namespace

SignedGraph permuted(const SignedGraph& graph, std::uint64_t seed) {
  std::vector<SignedEdge> edges(graph.edges().begin(), graph.edges().end());
  std::ranges::sort(edges, {}, &SignedEdge::id);  // so that numbering does not matter
  std::unordered_multiset<std::uint64_t> pairs;
  std::array<std::vector<std::size_t>, 2> of_sign;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    pairs.insert(pair_key(edges[i].from, edges[i].to));
    of_sign[edges[i].claimed() == Sign::kPlus ? 0 : 1].push_back(i);
  }
  Random random(seed, kPermutationStream);
  for (const auto& indices : of_sign) {
    for (std::uint64_t t = 0; indices.size() > 1 && t < kTriesPerEdge * indices.size(); ++t) {
      SignedEdge& a = edges[indices[random.index(indices.size())]];
      SignedEdge& b = edges[indices[random.index(indices.size())]];
      const bool loop = a.from == b.to || b.from == a.to;
      if (loop || pairs.contains(pair_key(a.from, b.to)) ||
          pairs.contains(pair_key(b.from, a.to))) {
        continue;
      }
      pairs.erase(pairs.find(pair_key(a.from, a.to)));
      pairs.erase(pairs.find(pair_key(b.from, b.to)));
      std::swap(a.to, b.to);
      pairs.insert(pair_key(a.from, a.to));
      pairs.insert(pair_key(b.from, b.to));
    }
  }
  return SignedGraph::build(graph.nodes(), std::move(edges)).value();
}

Baseline permuted_baseline(const SignedGraph& graph, std::uint32_t target,
                           std::uint32_t permutations, const WorldOptions& options) {
  Baseline mean{std::vector<double>(graph.nodes(), 0), std::vector<double>(graph.nodes(), 0)};
  for (std::uint32_t i = 0; i < permutations; ++i) {
    WorldOptions own = options;
    own.seed = Random(options.seed, kPermutationStream + 1 + i).bits();
    const Influence influence = possible_worlds(permuted(graph, own.seed), target, own);
    const double total = static_cast<double>(influence.worlds) * permutations;
    for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
      mean.raises[node] += static_cast<double>(influence.nodes[node].raises) / total;
      mean.lowers[node] += static_cast<double>(influence.nodes[node].lowers) / total;
    }
  }
  return mean;
}

}  // namespace thaw::graph
