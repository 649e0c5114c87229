// What moving a node does to a target within a number of hops, for every node at once, at scale.
//
// Possible worlds as in possible_worlds.h, swept in layers: after layer h every node knows in which
// worlds a walk of at most h hops raises or lowers the target. Three things follow.
//   - Whether anything leads there, and by which sign the shortest way does, is exact at any size:
//     a shortest walk visits no node twice.
//   - The signs of all entity-simple chains are exact for nodes from which no walk of that many
//     hops can visit a node twice, and for those whose chains are few enough to be listed.
//   - For the others (`by_walks`) walks count: they can only add a sign that no simple chain has,
//     so "only raises" and "only lowers" are then too small and "both" too large, never the
//     reverse.
// Source: Colbourn 1987, The Combinatorics of Network Reliability. Checked world by world against
// enumeration of all chains on every signed graph of up to four nodes.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/possible_worlds.h"
#include "graph/signed_graph.h"

namespace thaw::graph {

struct HopOptions {
  std::uint32_t worlds = 4096;  // rounded up to a multiple of 64
  std::uint32_t max_hops = 8;   // at least 1
  std::uint64_t seed = 1;
  unsigned threads = 1;  // changes no bit of the answer
  std::size_t list_steps_max =
      1U << 18U;  // hops of listed chains, shared by the nodes that need it
};

/// Numbers of worlds of one node.
struct HopCounts {
  std::uint64_t raises = 0;           // only raises
  std::uint64_t lowers = 0;           // only lowers
  std::uint64_t both = 0;             // neither = worlds - raises - lowers - both
  std::uint64_t shortest_raises = 0;  // the shortest ways all raise
  std::uint64_t shortest_lowers = 0;
  std::uint64_t shortest_tied = 0;  // there are shortest ways of both signs

  friend bool operator==(const HopCounts&, const HopCounts&) = default;
};

struct HopInfluence {
  std::uint64_t worlds = 0;
  std::vector<HopCounts> nodes;         // per node; the target's own are all 0
  std::vector<std::uint32_t> by_walks;  // sorted
};

/// The graph laid out for one target. Build once, ask for the graph and for permuted ones.
class HopWorlds {
 public:
  /// `graph` must outlive it; `target` is one of its nodes.
  HopWorlds(const SignedGraph& graph, std::uint32_t target, const HopOptions& options);

  /// Cost: per 512 worlds about two visits an edge that can matter.
  HopInfluence influence() const;

  /// As influence() by walks alone, with the starts of the edges of one claimed sign shuffled:
  /// every node keeps its numbers of raising and lowering edges in and out, a pair may come to be
  /// joined twice, and an edge that would join a node to itself is moved on. Probabilities stay
  /// with the end. The configuration model (Newman, Strogatz and Watts 2001) of this graph.
  HopInfluence shuffled(std::uint64_t seed, std::uint32_t worlds) const;

 private:
  struct Slot {  // an edge as seen from its end; where it starts is apart, to be looked at alone
    std::uint32_t edge;
    std::uint64_t below_plus;  // 53 random bits under this: it raises
    std::uint64_t below_any;   // under this and not under the other: it lowers
    std::uint64_t key;
  };
  struct Block;
  struct Step {  // one hop of a listed chain, in depth-first order
    std::uint32_t depth;
    std::uint32_t slot;
    std::uint32_t node;
  };
  struct Listed {
    std::uint32_t node;
    std::size_t begin, end;  // in steps_
  };

  void lay_out();
  void measure_distances();
  void find_walkers();
  void list_chains();
  bool list_from(std::uint32_t start, const std::vector<std::uint32_t>& slot_of,
                 std::size_t steps_max);
  std::vector<std::uint32_t> shuffled_starts(std::uint64_t seed) const;
  using Starts = std::vector<std::uint32_t>;  // per slot
  HopInfluence run(const Starts& starts, std::uint32_t worlds, bool listed) const;
  void sweep(Block& block, const Starts& starts, std::vector<HopCounts>& counts) const;
  void spread(Block& block, const Starts& starts, std::uint32_t place) const;
  void replay(Block& block, const Listed& listed) const;

  const SignedGraph& graph_;
  std::uint32_t target_;
  HopOptions options_;
  std::vector<std::uint32_t> in_begin_;  // per node, into slots_
  std::vector<Slot> slots_;              // by end; none from the target, none to itself
  std::vector<std::uint32_t> starts_;    // of each slot
  std::vector<std::uint32_t> distance_;  // hops to the target; UINT32_MAX: none
  std::vector<std::uint32_t> walkers_;   // from which a walk may visit a node twice, sorted
  std::vector<Listed> listed_;           // of them, those whose chains are listed
  std::vector<Step> steps_;
};

}  // namespace thaw::graph
