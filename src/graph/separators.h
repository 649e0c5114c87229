// Sets that m-separate two groups of nodes: one minimal set, all minimal sets, with parts forced in
// and parts left out.
//
// One: van der Zander and Liskiewicz 2020, UAI (two reachability passes over the ancestors). All:
// each minimal separator is known by the part of the moral graph that it leaves with `a`; that part
// is grown or walled off one node at a time, so every branch ends in a new set (Takata 2010,
// Discrete Appl Math 158:1660; van der Zander, Liskiewicz and Textor 2019, Artif Intell 270:1).
// Check: against enumeration of all subsets on every DAG of 4 nodes and random graphs of 6
// (separators_test.cc).
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "graph/admg.h"
#include "graph/separation.h"

namespace thaw::graph {

/// Separators Z of `a` and `b` with `include` <= Z <= `allowed` | `include`, in `graph` after
/// `cuts`. `a`, `b` and `include` are disjoint; members of `a` and `b` in `allowed` are not used.
struct SeparatorQuery {
  NodeSet a, b;
  NodeSet include;
  NodeSet allowed;
  Cuts cuts;
};

/// A separator from which no node but those of `include` can be left out, the one nearest to `a`;
/// nothing when there is none. Cost: O(n + m).
std::optional<NodeSet> minimal_separator(const Admg& graph, const SeparatorQuery& query);

struct SeparatorList {
  std::vector<NodeSet> sets;  // fewest members first, then by members
  bool complete = true;       // false: there are more than `most`
};

/// The minimal separators, `most` at the most: there may be exponentially many. Cost: O(n^3 / 64)
/// once, then O(n (n + m)) a set at worst.
SeparatorList minimal_separators(const Admg& graph, const SeparatorQuery& query, std::size_t most);

}  // namespace thaw::graph
