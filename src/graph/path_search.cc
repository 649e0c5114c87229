#include "graph/path_search.h"

namespace thaw::graph {
namespace {

using Arc = PathFinder::Arc;
constexpr std::size_t kNoState = SIZE_MAX;

std::size_t state_of(std::uint32_t node, Sign rest) {
  return std::size_t{node} * 2 + (rest == Sign::kMinus ? 1 : 0);
}

std::uint32_t node_of(std::size_t state) {
  return static_cast<std::uint32_t>(state / 2);
}

Sign rest_of(std::size_t state) {
  return state % 2 == 0 ? Sign::kPlus : Sign::kMinus;
}

/// Hops until a node comes again after the first `fixed` ones, or 0.
std::size_t hops_to_repeat(const std::vector<Arc>& path, std::size_t fixed) {
  for (std::size_t j = fixed; j < path.size(); ++j) {
    for (std::size_t i = fixed; i < j; ++i) {
      if (path[i].node == path[j].node) {
        return j + 1;
      }
    }
  }
  return 0;
}

}  // namespace

bool PathBound::may_pass(const PathQuery& query, std::uint32_t node, std::size_t state) const {
  if (node == query.to) {
    return state == state_of(query.to, Sign::kPlus);
  }
  return node != query.from && (query.allowed.empty() || query.allowed[node] != 0);
}

PathBound::PathBound(const PathFinder& graph, const PathQuery& query)
    : distance_(std::size_t{graph.nodes()} * 2, kUnreachable) {
  PathSearch::Heap heap;
  const std::size_t goal = state_of(query.to, Sign::kPlus);
  distance_[goal] = 0;
  heap.push({0, goal});
  PathCost limit = kUnreachable;
  int roots_left = query.sign ? 1 : 2;
  while (!heap.empty()) {
    const auto [cost, state] = heap.top();
    if (cost > limit) {
      radius_ = cost;  // what is not settled is at least this far
      return;
    }
    heap.pop();
    const std::uint32_t node = node_of(state);
    if (cost > distance_[state]) {
      continue;
    }
    if (node == query.from && (!query.sign || *query.sign == rest_of(state)) && --roots_left == 0) {
      limit = cost + cost / 4;
    }
    if (!may_pass(query, node, state)) {
      continue;
    }
    for (const Arc& arc : graph.in(node)) {
      const std::size_t before = state_of(arc.node, rest_of(state) * arc.sign);
      if (cost + arc.cost < distance_[before]) {
        distance_[before] = cost + arc.cost;
        heap.push({cost + arc.cost, before});
      }
    }
  }
}

PathSearch::PathSearch(const PathFinder& graph, const PathQuery& query)
    : graph_(graph),
      query_(query),
      bound_(graph, query),
      cost_(std::size_t{graph.nodes()} * 2),
      stamp_(std::size_t{graph.nodes()} * 2, 0),
      parent_(std::size_t{graph.nodes()} * 2),
      in_prefix_(graph.nodes(), 0) {}

PathPart PathSearch::open(Sign sign, std::vector<Arc> prefix, std::vector<Hop> forbidden) {
  PathPart part;
  part.bound = kUnreachable;
  part.sign = sign;
  part.fixed = prefix.size();
  part.path = std::move(prefix);
  part.forbidden = std::move(forbidden);
  mark_prefix(part);
  const Place spur = spur_of(part);
  for (const Arc& arc : graph_.out(spur.node)) {
    if (may_take(part, arc)) {
      const PathCost way_on = arc.cost + bound_(state_of(arc.node, spur.rest * arc.sign));
      part.bound = std::min(part.bound, spur.spent + way_on);
    }
  }
  return part;
}

bool PathSearch::solve(PathPart& part) {
  mark_prefix(part);
  ++round_;
  Heap heap;
  relax(part, heap, spur_of(part));
  const std::size_t goal = state_of(query_.to, Sign::kPlus);
  while (!heap.empty()) {
    const auto [estimate, state] = heap.top();
    heap.pop();
    if (estimate > cost_[state] + bound_(state)) {
      continue;
    }
    if (state == goal) {
      finish(part, goal);
      return true;
    }
    if (node_of(state) != query_.to) {
      relax(part, heap, {node_of(state), rest_of(state), cost_[state], false});
    }
  }
  return false;
}

PathSearch::Place PathSearch::spur_of(const PathPart& part) const {
  Place place{query_.from, part.sign, 0, true};
  for (std::size_t i = 0; i < part.fixed; ++i) {
    const Arc& arc = part.path[i];
    place = {arc.node, place.rest * arc.sign, place.spent + arc.cost, true};
  }
  return place;
}

void PathSearch::mark_prefix(const PathPart& part) {
  ++prefix_round_;
  in_prefix_[query_.from] = prefix_round_;
  for (std::size_t i = 0; i < part.fixed; ++i) {
    in_prefix_[part.path[i].node] = prefix_round_;
  }
}

bool PathSearch::open_node(std::uint32_t node) const {
  return in_prefix_[node] != prefix_round_ &&
         (node == query_.to || query_.allowed.empty() || query_.allowed[node] != 0);
}

bool PathSearch::may_take(const PathPart& part, const Arc& arc) const {
  return open_node(arc.node) &&
         std::ranges::find(part.forbidden, Hop{arc.edge, arc.sign}) == part.forbidden.end();
}

void PathSearch::relax(const PathPart& part, Heap& heap, const Place& place) {
  const std::size_t from = place.is_spur ? kNoState : state_of(place.node, place.rest);
  for (const Arc& arc : graph_.out(place.node)) {
    if (place.is_spur ? !may_take(part, arc) : !open_node(arc.node)) {
      continue;
    }
    const std::size_t state = state_of(arc.node, place.rest * arc.sign);
    const PathCost cost = place.spent + arc.cost;
    const PathCost rest = bound_(state);
    if (rest >= kUnreachable || (stamp_[state] == round_ && cost >= cost_[state])) {
      continue;
    }
    stamp_[state] = round_;
    cost_[state] = cost;
    parent_[state] = {arc, from};
    heap.push({cost + rest, state});
  }
}

void PathSearch::finish(PathPart& part, std::size_t goal) const {
  part.path.resize(part.fixed);
  for (std::size_t state = goal; state != kNoState; state = parent_[state].from) {
    part.path.push_back(parent_[state].arc);
  }
  std::reverse(part.path.begin() + static_cast<std::ptrdiff_t>(part.fixed), part.path.end());
  part.bound = cost_[goal];
  part.solved = true;
  part.first_repeat = hops_to_repeat(part.path, part.fixed);
}

}  // namespace thaw::graph
