#include "graph/path_search.h"

#include <algorithm>

namespace thaw::graph {
namespace {

using Arc = PathFinder::Arc;

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

PathSearch::PathSearch(const PathFinder& graph, const PathQuery& query)
    : graph_(graph),
      query_(query),
      hop_(query.max_hops ? 1 : 0),
      most_hops_(query.max_hops.value_or(UINT32_MAX)),
      bound_(graph, query),
      seen_(std::size_t{graph.nodes()} * 2),
      in_prefix_(graph.nodes(), 0) {}

PathPart PathSearch::open(Sign sign, std::vector<Arc> prefix,
                          std::vector<std::uint32_t> forbidden) {
  PathPart part;
  part.bound = kUnreachable;
  part.sign = sign;
  part.fixed = prefix.size();
  part.path = std::move(prefix);
  part.forbidden = std::move(forbidden);
  mark_prefix(part);
  const Place spur = spur_of(part);
  if (spur.hops + hop_ > most_hops_) {
    return part;
  }
  for (const Arc& arc : graph_.out(spur.node)) {
    if (spur.spent + arc.cost >= part.bound) {
      break;  // the rest cost more
    }
    if (may_take(part, arc)) {
      const std::size_t state = state_of(arc.node, spur.rest * arc.sign());
      const PathCost way_on = arc.cost + bound_(state, most_hops_ - spur.hops - hop_);
      part.bound = std::min(part.bound, spur.spent + way_on);
    }
  }
  return part;
}

bool PathSearch::solve(PathPart& part, PathCost ceiling) {
  mark_prefix(part);
  ++round_;
  heap_.clear();
  labels_.clear();
  relax(part, spur_of(part), ceiling);
  const std::size_t goal = state_of(query_.to, Sign::kPlus);
  while (!heap_.empty()) {
    const std::uint32_t at = heap_.top().label;
    heap_.pop();
    const Label label = labels_[at];
    if (label.state == goal) {
      finish(part, at);
      return true;
    }
    Seen& seen = seen_[label.state];
    if (seen.done_round == round_ && seen.done_hops <= label.hops && seen.done_cost <= label.cost) {
      continue;  // a way no worse in either went on from here
    }
    seen.done_round = round_;
    seen.done_cost = label.cost;
    seen.done_hops = label.hops;
    if (node_of(label.state) != query_.to) {
      relax(part, {node_of(label.state), rest_of(label.state), label.cost, label.hops, at},
            ceiling);
    }
  }
  return false;
}

PathSearch::Place PathSearch::spur_of(const PathPart& part) const {
  Place place{query_.from, part.sign, 0, 0, kNone};
  for (std::size_t i = 0; i < part.fixed; ++i) {
    const Arc& arc = part.path[i];
    place = {arc.node, place.rest * arc.sign(), place.spent + arc.cost, place.hops + hop_, kNone};
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
  return in_prefix_[node] != prefix_round_ && (node == query_.to || query_.may_pass(node));
}

bool PathSearch::may_take(const PathPart& part, const Arc& arc) const {
  return open_node(arc.node) &&
         std::ranges::find(part.forbidden, arc.effect) == part.forbidden.end();
}

void PathSearch::relax(const PathPart& part, const Place& place, PathCost ceiling) {
  const bool is_spur = place.label == kNone;
  const std::uint32_t hops = place.hops + hop_;
  if (hops > most_hops_) {
    return;
  }
  for (const Arc& arc : graph_.out(place.node)) {
    const PathCost cost = place.spent + arc.cost;
    if (cost > ceiling) {
      return;  // the rest cost more
    }
    if (is_spur ? !may_take(part, arc) : !open_node(arc.node)) {
      continue;
    }
    const std::size_t state = state_of(arc.node, place.rest * arc.sign());
    Seen& seen = seen_[state];
    if (seen.round == round_ && cost >= seen.cost && hops >= seen.hops) {
      continue;
    }
    const PathCost rest = bound_(state, most_hops_ - hops);
    if (rest >= kUnreachable || cost + rest > ceiling) {
      continue;
    }
    if (seen.round != round_ || cost < seen.cost) {
      seen.cost = cost;
      seen.hops = hops;
      seen.round = round_;
    }
    heap_.push({cost + rest, static_cast<std::uint32_t>(labels_.size())});
    labels_.push_back({arc, cost, static_cast<std::uint32_t>(state), hops, place.label});
  }
}

void PathSearch::finish(PathPart& part, std::uint32_t goal) const {
  part.path.resize(part.fixed);
  for (std::uint32_t at = goal; at != kNone; at = labels_[at].parent) {
    part.path.push_back(labels_[at].arc);
  }
  std::reverse(part.path.begin() + static_cast<std::ptrdiff_t>(part.fixed), part.path.end());
  part.bound = labels_[goal].cost;
  part.solved = true;
  part.first_repeat = hops_to_repeat(part.path, part.fixed);
}

}  // namespace thaw::graph
