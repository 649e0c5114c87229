#include "evidence/mechanism_graph.h"

#include <algorithm>
#include <map>

namespace thaw::evidence {
namespace {

double odds(double belief) {
  return belief / (1 - belief);
}

bool is_arrow(const Claim& claim) {
  return claim.causal && claim.qualifiers.empty() && claim.subject != claim.object;
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
  std::ranges::stable_partition(
      graph.claims, [](const WeighedClaim& weighed) { return is_arrow(*weighed.claim); });
  std::map<std::string, int> numbers;
  for (const auto& weighed : graph.claims) {
    if (is_arrow(*weighed.claim)) {
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
    const Claim& claim = *graph.claims[i].claim;
    if (!is_arrow(claim)) {
      continue;
    }
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
