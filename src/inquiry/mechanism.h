// The weighed claims as a signed graph that can be walked: one arrow per pair of concepts.
//
// Belief becomes probability: an arrow raises with p_raises and lowers with p_lowers of
// evidence/mechanism_graph.h. Edge ids are hashes of the two concept ids, so that random worlds and
// ties stay the same when other knowledge is added.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "evidence/mechanism_graph.h"
#include "graph/best_paths.h"
#include "graph/signed_graph.h"

namespace thaw::inquiry {

using Text = evidence::Name;  // a sentence in English and Chinese

/// The sign of an effect on a concept, as graph/ says it.
constexpr graph::Sign to_graph(evidence::Sign sign) {
  return sign == evidence::Sign::kRaises ? graph::Sign::kPlus : graph::Sign::kMinus;
}
constexpr evidence::Sign from_graph(graph::Sign sign) {
  return sign == graph::Sign::kPlus ? evidence::Sign::kRaises : evidence::Sign::kLowers;
}

struct Mechanism {
  evidence::MechanismGraph weighed;
  graph::SignedGraph signed_graph;  // edge i is weighed.edges[i], node i is weighed.nodes[i]
  graph::PathFinder paths;

  /// kConflict when two pairs of concepts hash alike (about 1 in 10^13 for a thousand arrows).
  static Result<Mechanism> build(const evidence::Weigher& weigher,
                                 const evidence::WeighOptions& options);

  /// The weighed claim behind one sign of an edge, or null.
  const evidence::WeighedClaim* claim_of(std::uint32_t edge, graph::Sign sign) const;
};

/// One arrow of a chain: the claim it rests on and its ends.
struct Link {
  const evidence::WeighedClaim* claim = nullptr;
  const evidence::Concept* subject = nullptr;
  const evidence::Concept* object = nullptr;
  evidence::Sign sign = evidence::Sign::kRaises;
  double probability = 0;  // that the arrow exists with this sign
};

struct Chain {
  evidence::Sign sign = evidence::Sign::kRaises;  // what the subject does to the object in all
  double belief = 0;                              // product of the links' probabilities
  std::vector<Link> links;
};

/// What chains are asked for.
struct ChainQuery {
  std::size_t k = 10;
  std::optional<evidence::Sign> sign = {};     // nothing: either
  std::optional<std::uint32_t> max_hops = {};  // nothing: any number
  std::vector<std::string> via = {};           // kinds of concept inside a chain; empty: any
};

struct ChainAnswer {
  std::vector<Chain> chains;
  bool complete = true;  // false: the search was cut short, later chains may be missing
};

/// The best chains from node `from` to node `to` (indices into mechanism.weighed.nodes), best
/// first, no concept twice. -1, or an end in no arrow: none.
ChainAnswer find_chains(const Mechanism& mechanism, int from, int to, const ChainQuery& query);

/// Only the chains, of one sign or of both.
std::vector<Chain> best_chains(const Mechanism& mechanism, int from, int to, std::size_t k,
                               std::optional<evidence::Sign> sign = {});

/// kInvalidArgument, with those that there are, for a kind that no concept is of.
Result<Done> check_kinds(const evidence::Knowledge& knowledge,
                         const std::vector<std::string>& kinds);

}  // namespace thaw::inquiry
