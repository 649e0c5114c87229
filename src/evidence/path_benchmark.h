// Recovering curated drug-to-disease pathways from the chains of other pairs: the PathBench suite.
//
// Method and what was found: docs/methods/mechanism_recovery.md. For each pathway every chain of
// its own pair is taken away; the empty answer and two graph baselines stand beside the analogy.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/chain_analogy.h"
#include "evidence/curated_chain.h"

namespace thaw::evidence {

/// One pathway of the benchmark. Nodes are numbered as in CuratedChains::nodes; nodes that no chain
/// has get numbers from nodes.size() on.
struct BenchPathway {
  std::string id, pair, drug_name, disease_name;
  std::vector<std::uint32_t> nodes;  // in the benchmark's order, both ends included
};

struct PathBench {
  std::vector<BenchPathway> pathways;   // by id
  std::vector<CuratedNode> more_nodes;  // those that no chain has
};

/// Reads `benchmark_pathways_nodes.csv`: drugmechdb_pathway_id, step_order, node_name, node_type,
/// drugmechdb_id, drug first and disease last. kInvalidArgument with the place.
Result<PathBench> read_path_bench(std::string_view nodes_csv, const std::string& source,
                                  const CuratedChains& chains);

/// A mean over pathways with its 95 % bootstrap interval over pairs.
struct MeanInterval {
  double value = 0, low = 0, high = 0;
};

/// Mean of `values`, resampled 2,000 times by `cluster` (equal keys stay together).
MeanInterval bootstrap_mean(const std::vector<double>& values,
                            const std::vector<std::string>& cluster, std::uint64_t seed);

enum class Recovery : std::uint8_t { kEmpty, kDijkstra, kHub, kAnalogy };
inline constexpr std::array kRecoveries = {Recovery::kEmpty, Recovery::kDijkstra, Recovery::kHub,
                                           Recovery::kAnalogy};
std::string_view to_string(Recovery method);

struct RecoveryScores {
  MeanInterval f1, inner_f1, levenshtein, matcher;
  MeanInterval inner_f1_no_shortcut, levenshtein_no_shortcut;
  std::size_t answered = 0;  // pathways with at least one inner node in the answer
};

/// Why a node of the truth was missed.
enum class MissedWhy : std::uint8_t {
  kNotInGraph,       // in no other chain
  kDrugAndDisease,   // neither drug nor disease is in another chain
  kDrugIsolated,     // the drug is in no other chain, and none of that disease has the node
  kDiseaseIsolated,  // the disease is in no other chain, and none of that drug has the node
  kNotAlike,         // no chain of the drug or of the disease has it
  kLeftOut           // a chain of the drug or of the disease has it, but it was judged unlikely
};
std::string_view to_string(MissedWhy why);

struct RecoveredPathway {
  const BenchPathway* truth = nullptr;
  std::vector<std::uint32_t> answer;  // of the analogy, both ends included
  double inner_f1 = 0;
  std::vector<std::pair<std::uint32_t, MissedWhy>> missed;
  std::vector<std::uint32_t> extra;
};

struct PathBenchReport {
  std::size_t least_nodes = 4;
  std::array<RecoveryScores, kRecoveries.size()> scores;
  std::vector<RecoveredPathway> pathways;
  std::size_t pairs = 0;
};

/// Over the pathways of at least `least_nodes` nodes.
PathBenchReport run_path_bench(const CuratedChains& chains, const PathBench& bench,
                               std::size_t least_nodes, std::uint64_t seed, unsigned threads);

/// The arrows of all chains but those of `pair`, over `nodes` nodes.
std::vector<std::vector<std::uint32_t>> graph_without(const CuratedChains& chains,
                                                      const std::string& pair, std::size_t nodes);

}  // namespace thaw::evidence
