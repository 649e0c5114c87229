// Recovering curated chains whole: for a drug and a disease, is the chain among the ten best?
//
// Every chain of DrugMechDB is asked for from the chains of all other pairs. Five methods answer
// with ten node sets and ten nodes each; see docs/methods/mechanism_recovery.md.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "evidence/path_benchmark.h"

namespace thaw::evidence {

enum class Recall : std::uint8_t {
  kDegree,    // nodes of most chains, whatever is asked
  kDijkstra,  // ten shortest paths
  kHub,       // ten paths that pass few-armed nodes
  kPermuted,  // the analogy with its cases' nodes dealt out at random
  kAnalogy
};
inline constexpr std::array kRecalls = {Recall::kDegree, Recall::kDijkstra, Recall::kHub,
                                        Recall::kPermuted, Recall::kAnalogy};
std::string_view to_string(Recall method);

struct RecallScores {
  MeanInterval exact_at_10;  // the curated set of inner nodes is one of the ten sets
  MeanInterval node_recall;  // share of the curated inner nodes among the ten nodes
  MeanInterval inner_f1;     // of the first set
};

struct RecallReport {
  std::size_t chains = 0, pairs = 0;  // asked: chains with at least one inner node
  std::array<RecallScores, kRecalls.size()> scores;
};

/// Asks for every chain, or for the first `most` by the hash of their pair where most > 0.
/// The same for any number of threads. Cost: about 20 ms a chain.
RecallReport run_chain_recall(const CuratedChains& chains, std::size_t most, std::uint64_t seed,
                              unsigned threads);

}  // namespace thaw::evidence
