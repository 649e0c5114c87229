#include "graph/path_bound.h"

#include <vector>

namespace thaw::graph {
namespace {

/// Hops from the beginning to each state, at most; breadth first to the middle of the chain.
std::vector<std::uint8_t> hops_from(const PathFinder& graph, const PathQuery& query) {
  constexpr std::uint32_t kDepthMax = 200;
  const std::size_t states = std::size_t{graph.nodes()} * 2;
  const std::uint32_t depth_max = std::min(*query.max_hops / 2, kDepthMax);
  std::vector<std::uint8_t> hops(states, UINT8_MAX);
  std::vector<std::size_t> layer;
  for (const Sign sign : {Sign::kPlus, Sign::kMinus}) {
    if (!query.sign || *query.sign == sign) {
      layer.push_back(state_of(query.from, sign));
      hops[layer.back()] = 0;
    }
  }
  std::uint8_t depth = 0;
  while (depth < depth_max && !layer.empty() && layer.size() < states / 16) {
    ++depth;
    std::vector<std::size_t> next;
    for (const std::size_t state : layer) {
      for (const auto& arc : graph.out(node_of(state))) {
        const std::size_t reached = state_of(arc.node, rest_of(state) * arc.sign());
        if (hops[reached] == UINT8_MAX && (arc.node == query.to || query.may_pass(arc.node))) {
          hops[reached] = depth;
          next.push_back(reached);
        }
      }
    }
    layer = std::move(next);
  }
  for (auto& reached : hops) {  // not seen: farther than the last layer
    reached = std::min<std::uint8_t>(reached, depth + 1);
  }
  return hops;
}

}  // namespace

PathBound::PathBound(const PathFinder& graph, const PathQuery& query)
    : limited_(query.max_hops.has_value()),
      near_to_(graph, query, PathBall::Side::kTo),
      near_from_(graph, query, PathBall::Side::kFrom) {
  if (limited_) {
    grow_until_reached(graph, query);
  } else {
    grow_until_met();
  }
}

void PathBound::grow_until_reached(const PathFinder& graph, const PathQuery& query) {
  const auto hops = hops_from(graph, query);
  near_to_.keep_within(hops);
  PathCost limit = near_from_.exhausted() ? 0 : kUnreachable;
  while (!near_to_.exhausted() && near_to_.radius() <= limit) {
    const auto state = near_to_.grow();
    if (state && node_of(*state) == query.from && (!query.sign || *query.sign == rest_of(*state))) {
      limit = std::min(limit, near_to_.cost(*state) / 8 * 9);
    }
  }
  radius_ = near_to_.radius();
}

void PathBound::grow_until_met() {
  PathCost met = kUnreachable;
  for (std::size_t turn = 0; !near_to_.exhausted() && !near_from_.exhausted(); ++turn) {
    if (near_to_.radius() + near_from_.radius() > met) {
      break;
    }
    auto& side = turn % 2 == 0 ? near_from_ : near_to_;
    const auto& other = turn % 2 == 0 ? near_to_ : near_from_;
    if (const auto state = side.grow()) {
      const PathCost beyond = other.cost(*state);
      if (beyond < kUnreachable) {  // room for the chains that are dearer than the best
        met = std::min(met, (side.cost(*state) + beyond) / 4 * 5);
      }
    }
  }
  radius_ = met == kUnreachable ? kUnreachable : near_to_.radius();  // never met: no way at all
}

}  // namespace thaw::graph
