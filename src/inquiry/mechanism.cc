#include "inquiry/mechanism.h"

#include <string_view>

namespace thaw::inquiry {
namespace {

/// FNV-1a, 64 bits, over both ids with a byte between that no id holds.
std::uint64_t edge_id(std::string_view from, std::string_view to) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  const auto add = [&](std::string_view bytes) {
    for (const char c : bytes) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
  };
  add(from);
  add("\x1f");
  add(to);
  return hash;
}

}  // namespace

Result<Mechanism> Mechanism::build(const evidence::Weigher& weigher,
                                   const evidence::WeighOptions& options) {
  auto weighed = evidence::build_mechanism_graph(weigher, options);
  std::vector<graph::SignedEdge> edges;
  for (const auto& edge : weighed.edges) {
    const auto from = static_cast<std::uint32_t>(edge.from);
    const auto to = static_cast<std::uint32_t>(edge.to);
    edges.push_back({from, to, edge.p_raises, edge.p_lowers,
                     edge_id(weighed.nodes[from]->id, weighed.nodes[to]->id)});
  }
  auto built =
      graph::SignedGraph::build(static_cast<std::uint32_t>(weighed.nodes.size()), std::move(edges));
  if (!built) {
    return conflict("the mechanism graph cannot be built: " + built.error().message);
  }
  graph::PathFinder paths(*built);
  return Mechanism{std::move(weighed), std::move(built).value(), std::move(paths)};
}

const evidence::WeighedClaim* Mechanism::claim_of(std::uint32_t edge, graph::Sign sign) const {
  const auto& both = weighed.edges[edge];
  const int index = sign == graph::Sign::kPlus ? both.raises : both.lowers;
  return index < 0 ? nullptr : &weighed.claims[static_cast<std::size_t>(index)];
}

std::vector<Chain> best_chains(const Mechanism& mechanism, int from, int to, std::size_t k,
                               std::optional<evidence::Sign> sign) {
  std::vector<Chain> chains;
  if (from < 0 || to < 0) {
    return chains;
  }
  graph::PathQuery query{
      .from = static_cast<std::uint32_t>(from), .to = static_cast<std::uint32_t>(to), .k = k};
  if (sign) {
    query.sign = to_graph(*sign);
  }
  for (const auto& path : mechanism.paths.best(query).paths) {
    Chain chain{from_graph(path.sign), path.probability, {}};
    for (const auto& hop : path.hops) {
      const auto& edge = mechanism.signed_graph.edges()[hop.edge];
      chain.links.push_back({mechanism.claim_of(hop.edge, hop.sign),
                             mechanism.weighed.nodes[edge.from], mechanism.weighed.nodes[edge.to],
                             from_graph(hop.sign), edge.probability(hop.sign)});
    }
    chains.push_back(std::move(chain));
  }
  return chains;
}

}  // namespace thaw::inquiry
