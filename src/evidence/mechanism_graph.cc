#include "evidence/mechanism_graph.h"

#include <algorithm>
#include <map>

namespace thaw::evidence {
namespace {

/// A peer's formula can say 1, which no odds can hold.
double odds(double belief) {
  constexpr double kMost = 1 - 1e-9;
  const double p = std::min(belief, kMost);
  return p / (1 - p);
}

bool is_arrow(const WeighedClaim& weighed) {
  const Claim& claim = *weighed.claim;
  return claim.causal && claim.qualifiers.empty() && claim.subject != claim.object &&
         weighed.support + weighed.opposition > 0 && weighed.belief > 0;
}

}  // namespace

int MechanismGraph::find(std::string_view concept_id) const {
  const auto at = node_at.find(std::string(concept_id));
  return at == node_at.end() ? -1 : at->second;
}

MechanismGraph build_mechanism_graph(const Weigher& weigher, const WeighOptions& options) {
  const Knowledge& knowledge = weigher.knowledge();
  MechanismGraph graph;
  graph.claims = weigher.weigh_all(options);
  std::ranges::stable_partition(graph.claims, is_arrow);
  std::map<std::string, int> numbers;
  for (const auto& weighed : graph.claims) {
    if (is_arrow(weighed)) {
      numbers.emplace(weighed.claim->subject, 0);
      numbers.emplace(weighed.claim->object, 0);
    }
  }
  for (auto& [id, number] : numbers) {
    number = static_cast<int>(graph.nodes.size());
    graph.nodes.push_back(knowledge.find_concept(id));
    graph.node_at[id] = number;
  }
  std::map<std::pair<int, int>, MechanismEdge> edges;
  for (std::size_t i = 0; i < graph.claims.size(); ++i) {
    if (!is_arrow(graph.claims[i])) {
      continue;
    }
    const Claim& claim = *graph.claims[i].claim;
    const int from = numbers.at(claim.subject);
    const int to = numbers.at(claim.object);
    auto& edge = edges.try_emplace({from, to}, MechanismEdge{.from = from, .to = to}).first->second;
    (claim.sign == Sign::kRaises ? edge.raises : edge.lowers) = static_cast<int>(i);
  }
  for (auto& [ends, edge] : edges) {
    const auto odds_of = [&](int claim) {
      return claim < 0 ? 0 : odds(graph.claims[static_cast<std::size_t>(claim)].belief);
    };
    const double up = odds_of(edge.raises);
    const double down = odds_of(edge.lowers);
    edge.p_raises = up / (1 + up + down);
    edge.p_lowers = down / (1 + up + down);
    graph.edges.push_back(edge);
  }
  return graph;
}

}  // namespace thaw::evidence
