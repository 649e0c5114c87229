// Mediators through which all of an effect goes and that nothing hidden confounds: the front door.
//
// Pearl 1995, Biometrika 82:669. One set by taking away from the largest candidate what breaks it:
// Jeong, Tian and Bareinboim 2022, NeurIPS. Check: against the definition over all subsets.
#pragma once

#include <optional>

#include "effect/estimand.h"
#include "graph/admg.h"
#include "graph/separators.h"

namespace thaw::effect {

/// Whether `set` meets every directed path from `x` to `y`, has no open back-door path from `x`,
/// and all its back-door paths to `y` are blocked by `x`. O(n + m).
bool valid_front_door(const graph::Admg& graph, const graph::NodeSet& x, const graph::NodeSet& y,
                      const graph::NodeSet& set);

/// The largest such set of `measured` nodes; nothing when there is none, or nothing to explain
/// since `x` does not cause `y`. O(n (n + m)).
std::optional<graph::NodeSet> largest_front_door(const graph::Admg& graph, const graph::NodeSet& x,
                                                 const graph::NodeSet& y,
                                                 const graph::NodeSet& measured);

/// The valid sets of at most three nodes that hold no smaller valid one, `most` at the most and
/// 20,000 tried (`complete` says whether all were). Fewest nodes first.
graph::SeparatorList small_front_doors(const graph::Admg& graph, const graph::NodeSet& x,
                                       const graph::NodeSet& y, const graph::NodeSet& measured,
                                       std::size_t most);

/// sum over set of P(set | x) sum over x' of P(y | x', set) P(x').
Estimand front_door_estimand(const graph::NodeSet& x, const graph::NodeSet& y,
                             const graph::NodeSet& set);

}  // namespace thaw::effect
