#include "graph/hop_baseline.h"

#include "base/random.h"
#include "graph/permuted.h"

namespace thaw::graph {

HopBaseline hop_baseline(const SignedGraph& graph, std::uint32_t target, const HopWorlds& plan,
                         const HopOptions& options, std::uint32_t permutations,
                         std::uint32_t worlds) {
  constexpr std::uint64_t kStream = 0x686F7062;  // apart from other users of the seed
  HopBaseline mean;
  mean.permutations = permutations;
  mean.swaps = graph.edges().size() <= kSwapEdgesMax;
  for (std::uint32_t i = 0; i < permutations; ++i) {
    HopOptions own = options;
    own.worlds = worlds;
    own.seed = Random(options.seed, kStream + i).bits();
    HopInfluence found;
    if (mean.swaps) {
      const SignedGraph swapped = permuted(graph, own.seed);
      found = HopWorlds(swapped, target, own).influence();
    } else {
      found = plan.shuffled(own.seed, worlds);
    }
    mean.worlds = found.worlds;
    const double total = static_cast<double>(found.worlds) * permutations;
    for (auto* shares :
         {&mean.raises, &mean.lowers, &mean.shortest_raises, &mean.shortest_lowers}) {
      shares->resize(graph.nodes());
    }
    for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
      const HopCounts& counts = found.nodes[node];
      mean.raises[node] += static_cast<double>(counts.raises) / total;
      mean.lowers[node] += static_cast<double>(counts.lowers) / total;
      mean.shortest_raises[node] += static_cast<double>(counts.shortest_raises) / total;
      mean.shortest_lowers[node] += static_cast<double>(counts.shortest_lowers) / total;
    }
  }
  return mean;
}

}  // namespace thaw::graph
