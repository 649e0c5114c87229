// What stays undecided of a learned directed graph: its equivalence class, less what knowledge and
// one-sided odds do not allow.
#pragma once

#include "discovery/knowledge.h"
#include "graph/mixed_graph.h"

namespace thaw::discovery {

/// The graph of all directed acyclic graphs that are Markov equivalent to `dag` and obey the
/// required and forbidden arrows and the tiers of `knowledge`, which `dag` itself obeys: arrows
/// where all agree, undirected edges elsewhere. Without knowledge the CPDAG of `dag`; with it
/// Meek's maximally oriented graph (Meek 1995, UAI 11:403).
graph::MixedGraph class_under(const graph::MixedGraph& dag, const Knowledge& knowledge);

/// Directs the undirected edges of the CPDAG `graph` that `knowledge` allows one way only, and all
/// that follows from them.
void direct_by_knowledge(graph::MixedGraph& graph, const Knowledge& knowledge);

}  // namespace thaw::discovery
