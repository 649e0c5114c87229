// Which nodes a graph says are independent given others: m-separation, after cuts if wanted.
//
// Reachability over (node, how it was entered), the "Bayes ball": Shachter 1998, UAI; for graphs
// with
// <-> Richardson 2003, Scand J Stat 30:145; with --- Richardson and Spirtes 2002, Ann Stat 30:962.
// Check: agrees with the definition by enumeration of every path, on all ADMGs of 3 nodes and
// random ones of 5 (separation_test.cc).
#pragma once

#include "graph/admg.h"
#include "graph/mixed_graph.h"

namespace thaw::graph {

/// Edges to leave out of a graph, without copying it.
struct Cuts {
  /// Directed edges from a node of `from` to a node of `into` are cut; both empty: none.
  NodeSet from, into;
  /// Every edge with an arrowhead at one of these is cut, as if they were set from outside.
  NodeSet set;

  bool cut(std::uint32_t parent, std::uint32_t child) const {
    return set.contains(child) || (from.contains(parent) && into.contains(child));
  }

  static Cuts none(std::size_t nodes) { return {NodeSet(nodes), NodeSet(nodes), NodeSet(nodes)}; }
  /// Every edge out of `nodes` is cut.
  static Cuts out_of(const NodeSet& nodes, std::size_t n) {
    return {nodes, NodeSet::all(n), NodeSet(n)};
  }
};

/// `of` and everything that causes it in `graph` after `cuts`. Cost: O(n + m).
NodeSet ancestors(const Admg& graph, const NodeSet& of, const Cuts& cuts);

/// The nodes at the end of a walk from `from` that is open given `given` (members of `given` where
/// such a walk ends count), with `from` itself. Cost: O(n + m).
NodeSet reachable(const Admg& graph, const NodeSet& from, const NodeSet& given, const Cuts& cuts);

/// Whether `a` and `b` are m-separated by `given` in `graph` after `cuts`. The three sets are
/// disjoint. Cost: O(n + m).
bool separated(const Admg& graph, const NodeSet& a, const NodeSet& b, const NodeSet& given,
               const Cuts& cuts);
bool separated(const Admg& graph, const NodeSet& a, const NodeSet& b, const NodeSet& given);

/// The same in a graph of marks: a DAG, a MAG (with --- too), or a part of one. In a CPDAG or PAG
/// only walks of definite status count, which is what all members of the class agree on: a middle
/// node is a collider, or has a tail at it, or is joined by two circles (or lines) to nodes that
/// are not joined with each other. Cost: O(n m).
bool separated(const MixedGraph& graph, const NodeSet& a, const NodeSet& b, const NodeSet& given);

}  // namespace thaw::graph
