// Meek's four rules: what the arrows of a partly directed graph say about its undirected edges.
//
// Meek 1995, UAI 11:403: from the colliders alone R1-R3 give every arrow that all graphs of the
// class share; with further knowledge R4 is needed too. Checked against enumeration of all
// directed acyclic graphs of up to four nodes (five in tests/laws).
#pragma once

#include <optional>

#include "graph/mixed_graph.h"

namespace thaw::graph {

/// Directs undirected edges of `graph` by R1-R4 until none applies; arrows that stand are never
/// turned. Edges with another mark than tail-tail and tail-arrow are left aside.
/// Where the arrows contradict each other the result follows the nodes' numbers, and may hold a
/// circle: see is_cpdag. Cost: O(n^2) once, and per arrow O(degree^2).
void close_under_meek(MixedGraph& graph);

/// The CPDAG of the directed acyclic `dag`: its edges, arrows only where every member of its
/// Markov equivalence class has them. Cost as above.
MixedGraph cpdag_of(const MixedGraph& dag);

/// A directed acyclic graph with the edges of `pdag` (directed or undirected), its arrows and no
/// further collider of two that are not joined; empty when there is none (Dor and Tarsi 1992).
/// `new_collider`, if given, is set to whether one had to be made, and then the graph with few of
/// them is returned instead; it stays empty only when the arrows of `pdag` run in a circle.
std::optional<MixedGraph> consistent_extension(const MixedGraph& pdag,
                                               bool* new_collider = nullptr);

/// Whether `graph` is the CPDAG of some directed acyclic graph.
bool is_cpdag(const MixedGraph& graph);

}  // namespace thaw::graph
