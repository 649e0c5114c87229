// What degree alone would give: the same graph with its edges swapped at random.
//
// Swaps keep every node's number of raising and lowering edges in and out (Maslov and Sneppen 2002,
// Science 296:910, kept within one sign). An answer that the permuted graphs give as well was not
// made by the evidence (Himmelstein et al. 2017, eLife 6:26726).
#pragma once

#include <cstdint>
#include <vector>

#include "graph/possible_worlds.h"
#include "graph/signed_graph.h"

namespace thaw::graph {

/// `graph` after ten tries a edge of: take two edges of one claimed sign, exchange their ends,
/// unless that makes a self-loop or a pair that is there already. Probabilities and ids stay with
/// the start. The same for any numbering of nodes.
SignedGraph permuted(const SignedGraph& graph, std::uint64_t seed);

/// Means over permuted graphs of the shares of worlds, per node.
struct Baseline {
  std::vector<double> raises;
  std::vector<double> lowers;
};

/// Over `permutations` (at least 1) graphs of options.worlds worlds each; graph i has the seed
/// (options.seed, i).
Baseline permuted_baseline(const SignedGraph& graph, std::uint32_t target,
                           std::uint32_t permutations, const WorldOptions& options);

}  // namespace thaw::graph
