// What degree alone would give within a number of hops: the baseline beside hop_worlds.
//
// Small graphs are permuted by swaps (permuted.h) and answered with listed chains like the graph
// itself; large ones by a shuffle of the starts (HopWorlds::shuffled), a hundred times as fast.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/hop_worlds.h"

namespace thaw::graph {

/// Up to so many edges the swaps are used.
inline constexpr std::size_t kSwapEdgesMax = 50'000;

struct HopBaseline {
  std::uint32_t permutations = 0;
  std::uint64_t worlds = 0;            // of each
  bool swaps = false;                  // else a shuffle
  std::vector<double> raises, lowers;  // per node: mean shares of worlds, only raises, only lowers
  std::vector<double> shortest_raises, shortest_lowers;
};

/// Over `permutations` graphs of `worlds` worlds each; graph i has the seed (options.seed, i).
/// With no permutation the shares are empty.
HopBaseline hop_baseline(const SignedGraph& graph, std::uint32_t target, const HopWorlds& plan,
                         const HopOptions& options, std::uint32_t permutations,
                         std::uint32_t worlds);

}  // namespace thaw::graph
