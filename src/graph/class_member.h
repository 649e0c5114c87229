// One member of the class that a CPDAG or PAG stands for, and which arrows hide no common cause.
//
// Member of a PAG: circles at the tails of o-> become tails, the part joined by o-o is directed
// without a new unshielded collider (Zhang 2008, JMLR 9:1437, lemma 3.3.4). Visible arrows: Zhang
// 2008; Perkovic et al. 2018, JMLR 18(220). Check: the member of each PAG of 4 nodes is in its
// class (adjustment laws).
#pragma once

#include <optional>

#include "graph/admg.h"
#include "graph/mixed_graph.h"

namespace thaw::graph {

/// A DAG of the class of a CPDAG, or of a part of one that holds more arrows; nothing when there is
/// none. Cost: O(n^3) at worst.
std::optional<Admg> dag_member(const MixedGraph& cpdag);

/// A MAG of the class of a PAG (or the MAG itself), without lines: nothing when `pag` has a line or
/// a tail at a circle (selection), or when what comes out is not ancestral. Cost: O(n^2 d).
std::optional<Admg> mag_member(const MixedGraph& pag);

/// Whether the arrow a -> b of a MAG or PAG can hide no common cause of its ends: there is a node
/// not joined to b with an edge into a, or with a path into a all of whose inner nodes are
/// colliders and parents of b. Cost: O(n^2).
bool visible(const MixedGraph& graph, std::uint32_t a, std::uint32_t b);

/// Directed acyclic, and nothing but arrows.
bool is_dag(const MixedGraph& graph);

/// Ancestral (no circle, no arrowhead at a cause or at the end of a line) and maximal (each pair
/// not joined is separated by some set). Richardson and Spirtes 2002. Cost: O(n^2 (n + m)).
bool is_mag(const MixedGraph& graph);

}  // namespace thaw::graph
