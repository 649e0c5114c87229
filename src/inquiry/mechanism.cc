#include "inquiry/mechanism.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "base/text.h"

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

ChainAnswer find_chains(const Mechanism& mechanism, int from, int to, const ChainQuery& query) {
  ChainAnswer answer;
  if (from < 0 || to < 0) {
    return answer;
  }
  std::vector<std::uint8_t> allowed;
  if (!query.via.empty()) {
    for (const auto* node : mechanism.weighed.nodes) {
      allowed.push_back(std::ranges::find(query.via, node->kind) != query.via.end() ? 1 : 0);
    }
  }
  graph::PathQuery paths{.from = static_cast<std::uint32_t>(from),
                         .to = static_cast<std::uint32_t>(to),
                         .k = query.k,
                         .allowed = allowed,
                         .max_hops = query.max_hops};
  if (query.sign) {
    paths.sign = to_graph(*query.sign);
  }
  const auto found = mechanism.paths.best(paths);
  answer.complete = found.complete;
  for (const auto& path : found.paths) {
    Chain chain{from_graph(path.sign), path.probability, {}};
    for (const auto& hop : path.hops) {
      const auto& edge = mechanism.signed_graph.edges()[hop.edge];
      chain.links.push_back({mechanism.claim_of(hop.edge, hop.sign),
                             mechanism.weighed.nodes[edge.from], mechanism.weighed.nodes[edge.to],
                             from_graph(hop.sign), edge.probability(hop.sign)});
    }
    answer.chains.push_back(std::move(chain));
  }
  return answer;
}

std::vector<Chain> best_chains(const Mechanism& mechanism, int from, int to, std::size_t k,
                               std::optional<evidence::Sign> sign) {
  return find_chains(mechanism, from, to, {.k = k, .sign = sign}).chains;
}

Result<Done> check_kinds(const evidence::Knowledge& knowledge,
                         const std::vector<std::string>& kinds) {
  std::set<std::string> known;
  for (const auto& one : knowledge.concepts()) {
    known.insert(one.kind);
  }
  for (const auto& kind : kinds) {
    if (!known.contains(kind)) {
      return invalid_argument(fmt::format("no concept is of the kind '{}'; the kinds are {}", kind,
                                          join({known.begin(), known.end()}, ", ")));
    }
  }
  return Done{};
}

}  // namespace thaw::inquiry
