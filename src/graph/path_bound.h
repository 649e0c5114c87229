// How far it is at least from anywhere to the end of a chain: the lower bound of path_search.
//
// Two balls (path_ball.h) grow around both ends until they meet; that looks at far fewer states
// than one ball as wide as the chain is long. Inside the ball around the end the bound is exact;
// outside it is that ball's radius or, once the cost of the best walk is known, what the triangle
// inequality leaves of it (Ikeda et al. 1994). Any radius gives a valid bound: how far they grow
// is a matter of speed alone. Under a limit on hops only the ball around the end grows, until it
// holds the beginning.
#pragma once

#include <algorithm>
#include <cstdint>

#include "graph/path_ball.h"

namespace thaw::graph {

class PathBound {
 public:
  PathBound(const PathFinder& graph, const PathQuery& query);

  /// At most the cost from `state` to the goal in at most `hops_left` hops by walks that do not
  /// pass through `from`. kUnreachable where it is known that there is none.
  PathCost operator()(std::size_t state, std::uint32_t hops_left) const {
    const PathCost inside = near_to_.cost(state, hops_left);
    const PathCost least = inside < kUnreachable ? inside : radius_;
    if (best_walk_ == 0 || inside < kUnreachable) {
      return least;
    }
    const PathCost spent = near_from_.cost(state);
    return spent < best_walk_ ? std::max(least, best_walk_ - spent) : least;
  }

  /// `cost`: that of the cheapest walk of a wanted sign. Sharpens what follows.
  void know_best_walk(PathCost cost) { best_walk_ = limited_ ? 0 : cost; }

 private:
  void grow_until_reached(const PathFinder& graph, const PathQuery& query);
  void grow_until_met();

  bool limited_;  // a limit on hops: a cheap way to a state may be too long to use
  PathBall near_to_, near_from_;
  PathCost radius_ = kUnreachable;
  PathCost best_walk_ = 0;  // 0: not known
};

}  // namespace thaw::graph
