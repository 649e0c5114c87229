#include "inquiry/near_outcome.h"

#include <unordered_map>

namespace thaw::inquiry {

Result<NearOutcome> near_outcome(const graph::SignedGraph& whole, std::uint32_t outcome,
                                 std::size_t most) {
  std::vector<graph::SignedEdge> kept;
  std::unordered_map<std::uint64_t, std::uint32_t> place;  // id -> edge of the whole
  const auto keep = [&](std::uint32_t index) {
    kept.push_back(whole.edges()[index]);
    place[whole.edges()[index].id] = index;
  };
  const bool all = whole.edges().size() <= most;
  if (all) {
    for (std::uint32_t index = 0; index < whole.edges().size(); ++index) {
      keep(index);
    }
  } else {
    std::vector<bool> seen(whole.nodes());
    std::vector<std::uint32_t> frontier{outcome};
    seen[outcome] = true;
    for (std::size_t at = 0; at < frontier.size() && kept.size() < most; ++at) {
      for (const std::uint32_t index : whole.in(frontier[at])) {
        if (kept.size() == most) {
          break;
        }
        keep(index);
        const std::uint32_t from = whole.edges()[index].from;
        if (!seen[from]) {
          seen[from] = true;
          frontier.push_back(from);
        }
      }
    }
  }
  NearOutcome out;
  out.arrows_total = whole.edges().size();
  out.whole = all;
  THAW_TRY(out.graph, graph::SignedGraph::build(whole.nodes(), std::move(kept)));
  for (const graph::SignedEdge& edge : out.graph.edges()) {
    out.in_whole.push_back(place.at(edge.id));
  }
  return out;
}

graph::ImportanceTable of_whole(graph::ImportanceTable table, const NearOutcome& near) {
  for (graph::Hop& effect : table.effects) {
    effect.edge = near.in_whole[effect.edge];
  }
  return table;
}

}  // namespace thaw::inquiry
