#include "graph/path_ball.h"

namespace thaw::graph {

PathBall::PathBall(const PathFinder& graph, const PathQuery& query, Side side)
    : graph_(graph),
      query_(query),
      side_(side),
      begin_(side == Side::kFrom ? query.from : query.to),
      end_(side == Side::kFrom ? query.to : query.from),
      hop_(query.max_hops ? 1 : 0),
      most_hops_(query.max_hops.value_or(UINT32_MAX)),
      newest_(std::size_t{graph.nodes()} * 2, kNone) {
  for (const Sign sign : {Sign::kPlus, Sign::kMinus}) {
    const bool wanted = side == Side::kFrom ? !query.sign || *query.sign == sign  //
                                            : sign == Sign::kPlus;
    if (wanted) {
      settle(state_of(begin_, sign), 0, 0);
    }
  }
}

void PathBall::settle(std::size_t state, PathCost cost, std::uint32_t hops) {
  const auto label = static_cast<std::uint32_t>(labels_.size());
  labels_.push_back({cost, static_cast<std::uint32_t>(state), hops, newest_[state]});
  newest_[state] = label;
  const std::uint32_t node = node_of(state);
  if (const auto ways = arcs(node); node != end_ && hops + hop_ <= most_hops_ && !ways.empty()) {
    turns_.push({cost + ways[0].cost, label, 0});
  }
}

std::optional<std::size_t> PathBall::grow() {
  const Turn turn = turns_.top();
  const Label label = labels_[turn.label];
  const auto ways = arcs(node_of(label.state));
  if (turn.arc + 1 < ways.size()) {
    turns_.replace_top({label.cost + ways[turn.arc + 1].cost, turn.label, turn.arc + 1});
  } else {
    turns_.pop();
  }
  const PathFinder::Arc& arc = ways[turn.arc];
  const std::size_t next = state_of(arc.node, rest_of(label.state) * arc.sign());
  const std::uint32_t hops = label.hops + hop_;
  const bool worse = newest_[next] != kNone && labels_[newest_[next]].hops <= hops;
  if (worse || arc.node == begin_ || (arc.node != end_ && !query_.may_pass(arc.node))) {
    return {};
  }
  if (hops_beyond_ != nullptr && hops + (*hops_beyond_)[next] > most_hops_) {
    return {};
  }
  settle(next, turn.key, hops);
  return next;
}

}  // namespace thaw::graph
