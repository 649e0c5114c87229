#include "inquiry/outcome_parts.h"

#include <algorithm>

namespace thaw::inquiry {
namespace {

double weight_of(const Link& link) {
  return link.claim->support + link.claim->opposition;
}

}  // namespace

bool is_definition(const evidence::WeighedClaim& claim) {
  bool any = false;
  for (const auto& group : claim.groups) {
    if (group.direction != 0 && group.kind != "definition") {
      return false;
    }
    any = any || group.direction != 0;
  }
  return any;
}

std::vector<OutcomePart> parts_of(const Mechanism& mechanism, std::uint32_t target,
                                  evidence::Sign wanted) {
  std::vector<OutcomePart> parts{{target, wanted}};
  const auto& graph = mechanism.signed_graph;
  for (const std::uint32_t edge : graph.in(target)) {
    const auto& arrow = graph.edges()[edge];
    const graph::Sign sign = arrow.claimed();
    const auto* claim = mechanism.claim_of(edge, sign);
    if (claim != nullptr && is_definition(*claim)) {
      parts.push_back(
          {arrow.from, sign == graph::Sign::kPlus ? wanted : evidence::opposite(wanted)});
    }
  }
  std::sort(parts.begin() + 1, parts.end(),
            [](const OutcomePart& a, const OutcomePart& b) { return a.node < b.node; });
  return parts;
}

std::vector<Link> direct_claims(const Mechanism& mechanism, std::uint32_t from,
                                const std::vector<OutcomePart>& parts) {
  const auto& graph = mechanism.signed_graph;
  std::vector<Link> links;
  std::size_t of_outcome = 0;
  for (const OutcomePart& part : parts) {
    for (std::uint32_t i = graph.out_begin(from); i < graph.out_begin(from + 1); ++i) {
      if (graph.edges()[i].to != part.node) {
        continue;
      }
      evidence::Sign sign = part.wanted;
      if (mechanism.claim_of(i, to_graph(sign)) == nullptr) {
        sign = evidence::opposite(sign);
      }
      const auto* claim = mechanism.claim_of(i, to_graph(sign));
      if (is_definition(*claim)) {
        continue;
      }
      of_outcome += part.node == parts.front().node ? 1 : 0;
      links.push_back({claim, mechanism.weighed.nodes[from], mechanism.weighed.nodes[part.node],
                       sign, graph.edges()[i].probability(to_graph(sign))});
    }
  }
  std::stable_sort(links.begin() + static_cast<std::ptrdiff_t>(of_outcome), links.end(),
                   [](const Link& a, const Link& b) { return weight_of(a) > weight_of(b); });
  return links;
}

}  // namespace thaw::inquiry
