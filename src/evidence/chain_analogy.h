// Which nodes a mechanism chain has, by analogy: what the chains of like drugs and diseases have.
//
// Method: docs/methods/mechanism_recovery.md. Every curated pair of drug and disease but the one
// asked about is a case; its weight says how like its drug and disease are. The weighed cases stand
// for what the answer may be, and the answer is the set of nodes with the largest expected F1
// against them. Deterministic. Checked on held-out pairs by `thaw evidence bench-paths`.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "evidence/curated_chain.h"

namespace thaw::evidence {

/// All chains of one drug and one disease.
struct ChainCase {
  std::string pair;
  std::uint32_t drug = 0, disease = 0;
  std::string drug_name;
  std::vector<std::uint32_t> inner;  // of any of its chains, sorted
};

/// Chosen on pairs of DrugMechDB that are in no pathway of PathBench.
struct AnalogyOptions {
  double alike = 0.7;           // times the shared share of nodes, for another drug
  double stem = 0.5;            // times how alike drugs of that name's ending are
  double unlike_drug = 0.003;   // weight of a drug with nothing in common
  double unlike_disease = 0.1;  // and of such a disease
  double power = 2;
  std::size_t cases = 150;  // how many of the most alike are used
};

struct AnalogyQuery {
  std::string pair;  // left out of everything
  std::uint32_t drug = 0, disease = 0;
  std::string drug_name;
};

struct LikeCase {
  double weight = 0;  // unnormalised
  std::size_t index = 0;
};

class ChainAnalogy {
 public:
  explicit ChainAnalogy(const CuratedChains& chains, AnalogyOptions options = {});

  const std::vector<ChainCase>& cases() const { return cases_; }

  /// The cases most like the query, heaviest first. A drug with no other case is compared by the
  /// ending of its name (nonproprietary names of one class end alike).
  std::vector<LikeCase> like(const AnalogyQuery& query) const;

  /// Probability that a node which belongs to the truth is asked for (1 for plain questions).
  using Keep = std::function<double(std::uint32_t)>;

  /// The set of largest expected F1, in the order in which nodes enter it. Cases with fewer than
  /// `least` expected nodes count less. The ends of the query are never in it.
  std::vector<std::uint32_t> best_set(const AnalogyQuery& query, const std::vector<LikeCase>& like,
                                      const Keep& keep, double least) const;

  /// Mean F1 of `set` against the weighed cases.
  double expected_f1(const AnalogyQuery& query, const std::vector<LikeCase>& like,
                     const std::vector<std::uint32_t>& set) const;

  /// Share of the weight whose cases hold the node; by share falling, then node.
  std::vector<std::pair<std::uint32_t, double>> posterior(const AnalogyQuery& query,
                                                          const std::vector<LikeCase>& like) const;

  /// A baseline: the cases' nodes dealt out again at random, drugs and diseases left where they
  /// are.
  ChainAnalogy permuted(std::uint64_t seed) const;

 private:
  ChainAnalogy() = default;
  void index();
  std::vector<std::uint32_t> profile(const std::vector<std::size_t>& cases,
                                     const std::string& without) const;
  double shared_share(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b,
                      const ChainCase* own) const;
  std::map<std::uint32_t, double> alike_drugs(const AnalogyQuery& query,
                                              const ChainCase* own) const;
  std::map<std::uint32_t, double> drugs_of_stem(const AnalogyQuery& query,
                                                const ChainCase* own) const;
  std::map<std::uint32_t, double> alike_diseases(const AnalogyQuery& query,
                                                 const ChainCase* own) const;

  AnalogyOptions options_;
  std::vector<ChainCase> cases_;
  std::map<std::uint32_t, std::vector<std::size_t>> of_drug_, of_disease_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> drug_profile_, disease_profile_;
  std::map<std::uint32_t, std::string> first_word_;  // of each drug's name, lowered
  std::vector<std::uint32_t> times_;                 // per node: in how many cases
};

}  // namespace thaw::evidence
