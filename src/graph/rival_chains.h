// Rival chains over one graph: how the worlds divide between them, and which arrow would tell.
//
// In a world a chain is open when all its hops exist with their signs. Each world gives one unit of
// credit: to the open chains in equal parts, or to "none of these". The mean credit of a chain is
// its posterior share; with "none" they sum to 1. Exact: P(exactly this set is open) by inclusion
// and exclusion over all sets of chains (no sampling), as hops are independent and a shared hop
// counts once. Checked against the sum over all 3^n worlds of small graphs.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "graph/signed_graph.h"

namespace thaw::graph {

/// What learning whether a hop exists with its sign would tell about which chain has the credit.
struct HopInformation {
  Hop hop;
  double present = 0;  // probability that it exists with its sign
  double bits = 0;     // mutual information with the holder of the credit, >= 0
  std::vector<double> if_present, if_absent;  // shares then: the chains', last "none"
};

struct RivalShares {
  std::vector<double> open;          // P(the chain is open)
  std::vector<double> only;          // P(it is the only open one of these)
  std::vector<double> share;         // mean credit
  double none = 1;                   // P(none of these is open)
  double entropy_bits = 0;           // of the shares and none
  std::vector<HopInformation> hops;  // of any chain, by bits falling, then hop
};

inline constexpr std::size_t kRivalsMost = 12;

/// kInvalidArgument: no chain, more than kRivalsMost, more than 128 distinct hops, a hop that is no
/// edge. Cost: O(2^chains * hops).
Result<RivalShares> rival_shares(const SignedGraph& graph,
                                 std::span<const std::vector<Hop>> chains);

}  // namespace thaw::graph
