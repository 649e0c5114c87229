// Searching one part of all chains for its cheapest member: the inside of best_paths.
//
// A state is (node, sign that the rest of the chain must still have); the goal is (to, plus).
// Bounds come from one reverse Dijkstra (Hart, Nilsson and Raphael 1968 for the A* over them).
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

#include "graph/best_paths.h"

namespace thaw::graph {

using PathCost = std::uint64_t;  // units of 2^-40 nats
inline constexpr PathCost kUnreachable = std::uint64_t{1} << 62U;

/// Lower bound of the cost from any state to the goal, by chains that do not pass through `from`.
/// Exact for states within the radius searched: 1.25 times the distance of `from`.
class PathBound {
 public:
  PathBound(const PathFinder& graph, const PathQuery& query);
  PathCost operator()(std::size_t state) const { return std::min(distance_[state], radius_); }

 private:
  bool may_pass(const PathQuery& query, std::uint32_t node, std::size_t state) const;

  std::vector<PathCost> distance_;
  PathCost radius_ = kUnreachable;
};

/// All chains that begin with a prefix and do not go on with a forbidden hop.
struct PathPart {
  PathCost bound = 0;  // of every chain in it; the cost of `path` once solved
  bool solved = false;
  Sign sign = Sign::kPlus;            // of the whole chain
  std::size_t fixed = 0;              // hops of `path` that are the prefix
  std::vector<PathFinder::Arc> path;  // the prefix, or once solved the cheapest chain of the part
  std::vector<Hop> forbidden;
  std::size_t first_repeat = 0;  // once solved: hops until a node comes again; 0 when none does
};

/// Working memory for one query.
class PathSearch {
 public:
  PathSearch(const PathFinder& graph, const PathQuery& query);

  /// The part that `prefix` and `forbidden` name, bounded by its cheapest way on.
  PathPart open(Sign sign, std::vector<PathFinder::Arc> prefix, std::vector<Hop> forbidden);

  /// Finds the part's cheapest chain; it may repeat a node after the prefix. False when none.
  bool solve(PathPart& part);

 private:
  struct Entry {
    PathCost cost;
    std::size_t state;
    bool operator>(const Entry& other) const {
      return cost != other.cost ? cost > other.cost : state > other.state;
    }
  };
  friend class PathBound;
  using Heap = std::priority_queue<Entry, std::vector<Entry>, std::greater<>>;
  struct Parent {
    PathFinder::Arc arc;
    std::size_t from;
  };
  struct Place {  // where a chain stands
    std::uint32_t node;
    Sign rest;
    PathCost spent;
    bool is_spur;
  };

  Place spur_of(const PathPart& part) const;
  void mark_prefix(const PathPart& part);
  bool open_node(std::uint32_t node) const;
  bool may_take(const PathPart& part, const PathFinder::Arc& arc) const;
  void relax(const PathPart& part, Heap& heap, const Place& place);
  void finish(PathPart& part, std::size_t goal) const;

  const PathFinder& graph_;
  const PathQuery& query_;
  PathBound bound_;
  std::vector<PathCost> cost_;  // per state, valid where stamp_ is of this round
  std::vector<std::uint32_t> stamp_;
  std::vector<Parent> parent_;
  std::vector<std::uint32_t> in_prefix_;  // per node
  std::uint32_t round_ = 0;
  std::uint32_t prefix_round_ = 0;
};

}  // namespace thaw::graph
