// The states nearest to one end of a chain, cheapest first: one side of path_bound.
//
// A state is (node, sign that the rest of the chain must still have). Dijkstra that looks at the
// arcs of a node one by one, cheapest first (Spira 1973), so that of a hub only the arcs inside the
// radius are touched. With a limit on hops it keeps every (cost, hops) pair that is not worse in
// both (Hansen 1980).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/best_paths.h"
#include "graph/path_heap.h"

namespace thaw::graph {

using PathCost = std::uint64_t;  // units of 2^-40 nats
inline constexpr PathCost kUnreachable = std::uint64_t{1} << 62U;

inline std::size_t state_of(std::uint32_t node, Sign rest) {
  return std::size_t{node} * 2 + (rest == Sign::kMinus ? 1 : 0);
}
inline std::uint32_t node_of(std::size_t state) {
  return static_cast<std::uint32_t>(state / 2);
}
inline Sign rest_of(std::size_t state) {
  return state % 2 == 0 ? Sign::kPlus : Sign::kMinus;
}

class PathBall {
 public:
  enum class Side { kFrom, kTo };  // around query.from, along the arcs; around query.to, against

  PathBall(const PathFinder& graph, const PathQuery& query, Side side);

  /// Under a limit on hops: leaves out what cannot be joined to the other end within it. `hops` per
  /// state are at most those to the other end; must outlive the growing.
  void keep_within(const std::vector<std::uint8_t>& hops) { hops_beyond_ = &hops; }

  bool exhausted() const { return turns_.empty(); }

  /// Every state nearer than this is settled.
  PathCost radius() const { return turns_.empty() ? kUnreachable : turns_.top().key; }

  /// Looks at one more arc; the state that it settled, if any. Not when exhausted().
  std::optional<std::size_t> grow();

  /// The cost between the end and `state` by a walk of at most `hops_left` hops that passes neither
  /// end nor a node that may not be passed; nothing nearer than radius() may be left out.
  /// kUnreachable when it is not settled. Without a limit on hops any `hops_left` will do.
  PathCost cost(std::size_t state, std::uint32_t hops_left = UINT32_MAX) const {
    PathCost best = kUnreachable;
    for (std::uint32_t i = newest_[state]; i != kNone && labels_[i].hops <= hops_left;
         i = labels_[i].older) {
      best = labels_[i].cost;  // older ones cost less and take more hops
    }
    return best;
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Label {
    PathCost cost;
    std::uint32_t state;
    std::uint32_t hops;  // 0 without a limit
    std::uint32_t older;
  };
  struct Turn {  // the arc of a label that is to be looked at next
    PathCost key;
    std::uint32_t label;
    std::uint32_t arc;
    bool operator<(const Turn& other) const {
      return key != other.key ? key < other.key : label < other.label;
    }
  };

  std::span<const PathFinder::Arc> arcs(std::uint32_t node) const {
    return side_ == Side::kFrom ? graph_.out(node) : graph_.in(node);
  }
  void settle(std::size_t state, PathCost cost, std::uint32_t hops);

  const PathFinder& graph_;
  const PathQuery& query_;
  Side side_;
  std::uint32_t begin_, end_;  // nodes
  std::uint32_t hop_, most_hops_;
  const std::vector<std::uint8_t>* hops_beyond_ = nullptr;
  std::vector<std::uint32_t> newest_;  // per state, into labels_
  std::vector<Label> labels_;
  PathHeap<Turn> turns_;
};

}  // namespace thaw::graph
