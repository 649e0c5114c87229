// What would moving a node do to a target through all chains at once: by possible worlds.
//
// In each world every edge independently raises, lowers or is absent, with its probabilities. A
// node raises the target in a world if an entity-simple chain of that world does so with overall
// sign plus, lowers it if one does with minus; both, or neither, are answers of their own. One
// sweep gives all nodes. Feedback loops: see reach_plan.h.
// Background: Colbourn 1987, The Combinatorics of Network Reliability (two-terminal reliability).
// The shares are of worlds, not sizes of effects: a hub has many chains, so compare with
// permuted().
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/signed_graph.h"

namespace thaw::graph {

struct WorldOptions {
  std::uint32_t worlds = 65536;  // rounded up to a multiple of 64
  std::uint64_t seed = 1;
  unsigned threads = 1;               // changes no bit of the answer
  std::size_t loop_steps_max = 4096;  // see ReachPlan
};

/// Numbers of worlds; neither = worlds - raises - lowers - both.
struct WorldCounts {
  std::uint64_t raises = 0;  // only raises
  std::uint64_t lowers = 0;  // only lowers
  std::uint64_t both = 0;

  friend bool operator==(const WorldCounts&, const WorldCounts&) = default;
};

struct Influence {
  std::uint64_t worlds = 0;
  std::vector<WorldCounts> nodes;       // per node; the target raises itself everywhere
  std::vector<std::uint32_t> by_walks;  // nodes of loops too large for simple chains, sorted
};

/// Monte-Carlo standard error of a share that was seen in `count` of `worlds` worlds; never 0: a
/// share of 0 or 1 has the error of one half world.
double share_error(std::uint64_t count, std::uint64_t worlds);

/// `target` is a node of `graph`. Checked against exact sums over all worlds of small graphs.
/// Cost: O(worlds / 64 * (20 edges + steps of loops)) word operations.
Influence possible_worlds(const SignedGraph& graph, std::uint32_t target,
                          const WorldOptions& options);

/// How much each effect of each edge decides each answer: P(answer | the edge has this sign) -
/// P(answer | edge absent), for the answers "only raises" and "only lowers" of some nodes.
struct ImportanceTable {
  std::uint64_t worlds = 0;
  std::vector<Hop> effects;  // of nonzero probability and on some way to the target, by edge, sign
  std::vector<double> raises;  // effect place * nodes + node place, in [-1, 1]
  std::vector<double> lowers;
};

/// Both sides are evaluated in the same worlds of the other edges (common random numbers), so the
/// difference is nearly free of the worlds' noise: its standard error is at most
/// sqrt(|difference| / worlds) when one side implies the other. Cost: two or three sweeps an edge.
ImportanceTable edge_importance(const SignedGraph& graph, std::uint32_t target,
                                std::span<const std::uint32_t> nodes, const WorldOptions& options);

}  // namespace thaw::graph
