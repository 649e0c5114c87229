// What a benchmark keeps of a curated chain, and in which order: learned from its other pathways.
//
// PathBench maps DrugMechDB chains to another graph and drops what it cannot map there. Whether a
// node is kept hangs on its label, on the node, and on the drug; each rate leans on the one before
// it. Nothing is learned from the pair that is asked about. See docs/methods/mechanism_recovery.md.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "evidence/path_benchmark.h"

namespace thaw::evidence {

class PathwayHabits {
 public:
  PathwayHabits(const CuratedChains& chains, const PathBench& bench);

  /// Probability that `node`, in a chain of `drug`, is kept; learned without `pair`.
  double keeps(const std::string& pair, std::uint32_t drug, std::uint32_t node) const;

  /// Where along a pathway `node` stands in the mean, 0 the drug and 1 the disease; by the places
  /// in curated records where no other pathway has it, one half where nothing has.
  double place(const std::string& pair, std::uint32_t node) const;

 private:
  struct Rate {
    double kept = 0, seen = 0;
    void add(const Rate& other, double sign) {
      kept += sign * other.kept;
      seen += sign * other.seen;
    }
  };
  /// Everything that one pair, or all, contribute.
  struct Counts {
    std::map<std::string, Rate> of_label;
    std::map<std::uint32_t, Rate> of_node;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Rate> of_drug_node;
    std::map<std::uint32_t, Rate> place_in_pathways, place_in_chains;  // kept: sum of places
  };
  template <class Key>
  Rate without(const std::map<Key, Rate> Counts::*which, const std::string& pair,
               const Key& key) const;
  void count(Counts& counts, const BenchPathway& pathway, const CuratedChain& chain) const;

  const CuratedChains& chains_;
  Counts all_;
  std::map<std::string, Counts> of_pair_;
};

}  // namespace thaw::evidence
