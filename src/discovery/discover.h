// The one door from a table to a causal graph with its uncertainty; docs/methods/discovery.md.
//
// The graph is that of all rows. Its uncertainty is how often each edge comes back, marks and all,
// when the rows (in a panel: the people) are drawn anew with repeats (Friedman, Goldszmidt and
// Wyner 1999, UAI 15): a measure of how much the sample decides, not a probability that an arrow is
// true. Imputed data have one graph a copy: the one that differs least from the others is reported.
// Equal tables give equal answers, whatever the order of columns and rows and the threads; the
// result keeps to the knowledge, checked at the end.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "discovery/edge_votes.h"
#include "discovery/ida.h"
#include "discovery/knowledge_file.h"
#include "discovery/learn.h"
#include "discovery/panel.h"
#include "table/table.h"

namespace thaw::discovery {

/// What is done with missing values. Test-wise: each test or pair uses the rows that have it all.
enum class MissingPolicy { kTestwise, kComplete, kImpute };

/// "testwise", "complete", "impute".
std::string_view to_string(MissingPolicy policy);
std::optional<MissingPolicy> parse_missing(std::string_view word);

struct DiscoverOptions {
  LearnOptions learn;  // its progress and seed are set from here
  DataOptions kinds;
  std::optional<KnowledgeFile> knowledge;
  std::size_t bootstrap = 0;             // replicates, at most kMostReplicates
  std::optional<MissingPolicy> missing;  // nothing: test-wise where the method can, else complete
  std::size_t imputations = 5;           // copies, 2 .. 100
  std::optional<PanelOptions> panel;
  std::optional<std::pair<std::string, std::string>> ida;  // cause and effect
  std::uint64_t seed = 1;
  unsigned threads = 2;
  /// Told the share of the work done, from one thread at a time; false stops with kUnavailable.
  std::function<bool(double)> progress;
};

inline constexpr std::size_t kMostReplicates = 10000;

/// Why a variable is of its kind.
enum class KindReason { kRealNumbers, kManyIntegers, kFewIntegers, kCategory, kBoolean, kSaid };

struct BootstrapReport {
  std::size_t asked = 0, done = 0;  // fewer done: some draws could not be learned from
  std::string first_failure;        // of those, in words; empty: none
  bool by_person = false;           // a panel: people were drawn, not rows
  std::vector<PairShares> pairs;
};

struct Discovery {
  LearnOptions options;
  TestKind test = TestKind::kAuto;  // that was used; kAuto: none
  std::optional<ScoreKind> score;   // that was used
  std::uint64_t seed = 1;

  std::vector<Variable> variables;                           // by name
  std::vector<KindReason> reasons;                           // of each
  std::vector<std::pair<std::size_t, std::size_t>> repeats;  // see repeated_columns
  std::size_t n_rows = 0;                                    // of the table (panel: windows)
  std::size_t rows_used = 0;  // fewer where incomplete rows were left out
  std::string data_hash;
  std::optional<MissingPolicy> missing;  // that was used; nothing: nothing is missing
  std::size_t rows_complete = 0;
  std::size_t imputations = 0;
  std::vector<PairShares> imputation_shares;
  std::optional<KnowledgeFile> knowledge;  // as it was applied
  std::optional<Panel> panel;              // its table is left empty

  Learned learned;
  std::vector<std::optional<int>> signs;  // of learned.graph.edges(), see edge_signs.h
  std::optional<BootstrapReport> bootstrap;
  std::optional<EffectBounds> ida;         // numbers, where the graph and the data allow them
  std::optional<Causation> ida_causation;  // always with `ida` asked for
  std::optional<std::pair<std::uint32_t, std::uint32_t>> ida_pair;
  std::vector<Notice> warnings;
  double seconds = 0;  // wall clock; the only member that may differ between equal runs
};

/// Fails: kInvalidArgument in a sentence for every input that cannot teach a graph (Data, panel,
/// knowledge, fit_for_learning, learn); kNotFound for a name that is no column; kUnavailable when
/// stopped.
Result<Discovery> discover(const Table& table, const DiscoverOptions& options);

}  // namespace thaw::discovery
