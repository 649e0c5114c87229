// Searching one part of all chains for its cheapest member: the inside of best_paths.
//
// Method: A* (Hart, Nilsson and Raphael 1968) over (node, sign still needed), with the bounds of
// path_bound.h; with a limit on hops over (cost, hops) pairs that are not worse in both.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/best_paths.h"
#include "graph/path_bound.h"
#include "graph/path_heap.h"

namespace thaw::graph {

/// All chains that begin with a prefix and do not go on with a forbidden hop.
struct PathPart {
  PathCost bound = 0;  // of every chain in it; the cost of `path` once solved
  bool solved = false;
  Sign sign = Sign::kPlus;            // of the whole chain
  std::size_t fixed = 0;              // hops of `path` that are the prefix
  std::vector<PathFinder::Arc> path;  // the prefix, or once solved the cheapest chain of the part
  std::vector<std::uint32_t> forbidden;  // effects, see PathFinder::Arc
  std::size_t first_repeat = 0;  // once solved: hops until a node comes again; 0 when none does
};

/// Working memory for one query.
class PathSearch {
 public:
  PathSearch(const PathFinder& graph, const PathQuery& query);

  /// The part that `prefix` and `forbidden` name, bounded by its cheapest way on.
  PathPart open(Sign sign, std::vector<PathFinder::Arc> prefix,
                std::vector<std::uint32_t> forbidden);

  /// Finds the part's cheapest chain of at most `ceiling`; it may repeat a node after the prefix.
  /// False when there is none.
  bool solve(PathPart& part, PathCost ceiling);

  /// `cost`: that of the cheapest of all parts, solved.
  void know_best_walk(PathCost cost) {
    if (!knows_best_walk_) {
      bound_.know_best_walk(cost);
      knows_best_walk_ = true;
    }
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Label {  // a way that the search has seen
    PathFinder::Arc arc;
    PathCost cost;
    std::uint32_t state;
    std::uint32_t hops;    // 0 without a limit
    std::uint32_t parent;  // into labels_; kNone: the spur
  };
  struct Entry {
    PathCost estimate;
    std::uint32_t label;
    bool operator<(const Entry& other) const {
      return estimate != other.estimate ? estimate < other.estimate : label < other.label;
    }
  };
  struct Seen {              // per state, valid where the round is this one
    PathCost cost = 0;       // of the cheapest way seen, and its hops
    PathCost done_cost = 0;  // of the last way gone on from, and its hops
    std::uint32_t round = 0;
    std::uint32_t hops = 0;
    std::uint32_t done_round = 0;
    std::uint32_t done_hops = 0;
  };
  struct Place {  // where a chain stands
    std::uint32_t node;
    Sign rest;
    PathCost spent;
    std::uint32_t hops;
    std::uint32_t label;
  };

  Place spur_of(const PathPart& part) const;
  void mark_prefix(const PathPart& part);
  bool open_node(std::uint32_t node) const;
  bool may_take(const PathPart& part, const PathFinder::Arc& arc) const;
  void relax(const PathPart& part, const Place& place, PathCost ceiling);
  void finish(PathPart& part, std::uint32_t goal) const;

  const PathFinder& graph_;
  const PathQuery& query_;
  std::uint32_t hop_;  // what a hop counts: 0 without a limit
  std::uint32_t most_hops_;
  PathBound bound_;
  std::vector<Seen> seen_;                // per state
  std::vector<std::uint32_t> in_prefix_;  // per node
  std::vector<Label> labels_;
  PathHeap<Entry> heap_;
  bool knows_best_walk_ = false;
  std::uint32_t round_ = 0;
  std::uint32_t prefix_round_ = 0;
};

}  // namespace thaw::graph
