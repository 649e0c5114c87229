// The paths that the orientation rules of a PAG ask for. Zhang 2008, Artif Intell 172:1873.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "graph/mixed_graph.h"

namespace thaw::discovery {

using Neighbours = std::vector<std::vector<std::uint32_t>>;  // of every node, rising

/// The neighbours of every node of `graph`. Cost: O(n^2).
Neighbours neighbours_of(const graph::MixedGraph& graph);

/// A shortest discriminating path (theta, ..., alpha, beta, gamma) for `beta`: theta is not joined
/// to gamma, and every node between theta and beta is a collider on the path and a cause of gamma.
/// Of several the one with the smallest nodes from beta on. Empty when there is none.
std::vector<std::uint32_t> discriminating_path(const graph::MixedGraph& pag, const Neighbours& near,
                                               std::uint32_t beta, std::uint32_t gamma);

/// Whether the edge may run from `from` to `to` in some member: no arrow at from, no tail at to.
bool may_lead(const graph::MixedGraph& pag, std::uint32_t from, std::uint32_t to);

enum class PathKind { kPotentiallyDirected, kCircles };

/// The nodes that an uncovered path of that kind reaches which begins with (first, second) and
/// does not enter `avoided`; second itself is one. Uncovered: no node's neighbours on it are
/// joined. [node] true. Cost: O(edges * degree).
std::vector<bool> uncovered_reach(const graph::MixedGraph& pag, const Neighbours& near,
                                  PathKind kind, std::uint32_t first, std::uint32_t second,
                                  std::optional<std::uint32_t> avoided);

/// A shortest uncovered path of that kind (first, second, ..., last) of at least four nodes whose
/// first and last node are joined; first is not joined to the last but one, nor second to last.
/// Empty when there is none.
std::vector<std::uint32_t> uncovered_ring(const graph::MixedGraph& pag, const Neighbours& near,
                                          PathKind kind, std::uint32_t first, std::uint32_t last);

}  // namespace thaw::discovery
