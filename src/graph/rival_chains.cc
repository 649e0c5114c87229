#include "graph/rival_chains.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <bitset>
#include <cmath>

namespace thaw::graph {
namespace {

constexpr std::size_t kHopsMost = 128;
using HopSet = std::bitset<kHopsMost>;

/// The chains as sets of numbered hops.
struct Rivals {
  std::vector<Hop> hops;
  std::vector<double> probability;  // of each hop
  std::vector<HopSet> chains;

  /// The other sign of the same edge: the two exclude each other.
  bool excluded(std::size_t hop, const HopSet& set) const {
    for (std::size_t other = 0; other < hops.size(); ++other) {
      if (set[other] && hops[other].edge == hops[hop].edge && hops[other].sign != hops[hop].sign) {
        return true;
      }
    }
    return false;
  }

  /// P(all hops of `set` exist).
  double all_exist(const HopSet& set) const {
    double p = 1;
    for (std::size_t hop = 0; hop < hops.size() && p > 0; ++hop) {
      if (set[hop]) {
        p *= excluded(hop, set) ? 0 : probability[hop];
      }
    }
    return p;
  }
};

Result<Rivals> number_hops(const SignedGraph& graph, std::span<const std::vector<Hop>> chains) {
  if (chains.empty() || chains.size() > kRivalsMost) {
    return invalid_argument(fmt::format("{} rival chains were given, 1 to {} can be compared",
                                        chains.size(), kRivalsMost));
  }
  Rivals out;
  for (const auto& chain : chains) {
    HopSet set;
    for (const Hop& hop : chain) {
      if (hop.edge >= graph.edges().size()) {
        return invalid_argument(
            fmt::format("a chain has edge {}, the graph has {}", hop.edge, graph.edges().size()));
      }
      auto at = static_cast<std::size_t>(std::ranges::find(out.hops, hop) - out.hops.begin());
      if (at == kHopsMost) {
        return invalid_argument(fmt::format("rival chains of more than {} arrows", kHopsMost));
      }
      if (at == out.hops.size()) {
        out.hops.push_back(hop);
        out.probability.push_back(graph.edges()[hop.edge].probability(hop.sign));
      }
      set.set(at);
    }
    out.chains.push_back(set);
  }
  return out;
}

/// P(exactly these chains are open), by set of chains, from P(at least these are).
std::vector<double> exactly(std::vector<double> at_least, std::size_t chains) {
  for (std::size_t chain = 0; chain < chains; ++chain) {
    for (std::size_t set = 0; set < at_least.size(); ++set) {
      if ((set >> chain & 1U) == 0) {
        at_least[set] -= at_least[set | std::size_t{1} << chain];
      }
    }
  }
  for (double& p : at_least) {
    p = std::max(p, 0.0);  // rounding of the alternating sum
  }
  return at_least;
}

/// Credit of each chain and, last, of none; sums to the sum of `exact`.
std::vector<double> credit(const std::vector<double>& exact, std::size_t chains) {
  std::vector<double> out(chains + 1, 0);
  out[chains] = exact[0];
  for (std::size_t set = 1; set < exact.size(); ++set) {
    for (std::size_t chain = 0; chain < chains; ++chain) {
      if ((set >> chain & 1U) != 0) {
        out[chain] += exact[set] / std::popcount(set);
      }
    }
  }
  return out;
}

double bits_of(const std::vector<double>& shares) {
  double bits = 0;
  for (const double p : shares) {
    bits -= p > 0 ? p * std::log2(p) : 0;
  }
  return bits;
}

/// What one hop tells: the joint credit with the hop present and absent.
HopInformation inform(const Rivals& rivals, std::size_t hop, const std::vector<HopSet>& sets,
                      const std::vector<double>& at_least, const std::vector<double>& all) {
  const std::size_t chains = rivals.chains.size();
  std::vector<double> with(at_least.size());
  for (std::size_t set = 0; set < at_least.size(); ++set) {
    with[set] = sets[set][hop]                    ? at_least[set]
                : rivals.excluded(hop, sets[set]) ? 0
                                                  : at_least[set] * rivals.probability[hop];
  }
  HopInformation out{rivals.hops[hop], rivals.probability[hop], 0, {}, {}};
  out.if_present = credit(exactly(std::move(with), chains), chains);
  out.if_absent = all;
  const double p = out.present;
  for (std::size_t i = 0; i <= chains; ++i) {
    out.if_absent[i] = p < 1 ? std::max(0.0, all[i] - out.if_present[i]) / (1 - p) : 0;
    out.if_present[i] = p > 0 ? out.if_present[i] / p : 0;
  }
  const double left =
      (p > 0 ? p * bits_of(out.if_present) : 0) + (p < 1 ? (1 - p) * bits_of(out.if_absent) : 0);
  out.bits = std::max(0.0, bits_of(all) - left);
  return out;
}

}  // namespace

Result<RivalShares> rival_shares(const SignedGraph& graph,
                                 std::span<const std::vector<Hop>> chains) {
  THAW_TRY(const Rivals rivals, number_hops(graph, chains));
  const std::size_t n = rivals.chains.size();
  std::vector<HopSet> sets(std::size_t{1} << n);
  std::vector<double> at_least(sets.size(), 1);
  for (std::size_t set = 1; set < sets.size(); ++set) {
    const auto first = static_cast<std::size_t>(std::countr_zero(set));
    sets[set] = sets[set & (set - 1)] | rivals.chains[first];
    at_least[set] = rivals.all_exist(sets[set]);
  }
  const std::vector<double> exact = exactly(at_least, n);
  const std::vector<double> all = credit(exact, n);
  RivalShares out;
  for (std::size_t i = 0; i < n; ++i) {
    out.open.push_back(at_least[std::size_t{1} << i]);
    out.only.push_back(exact[std::size_t{1} << i]);
    out.share.push_back(all[i]);
  }
  out.none = all[n];
  out.entropy_bits = bits_of(all);
  for (std::size_t hop = 0; hop < rivals.hops.size(); ++hop) {
    out.hops.push_back(inform(rivals, hop, sets, at_least, all));
  }
  std::ranges::stable_sort(out.hops, [](const HopInformation& a, const HopInformation& b) {
    return a.bits != b.bits ? a.bits > b.bits : a.hop.edge < b.hop.edge;
  });
  return out;
}

}  // namespace thaw::graph
