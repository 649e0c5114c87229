// One run of one learner: typed data and knowledge in, a graph out, whatever the method.
//
// A CPDAG (pc, ges, boss) has --> and ---; a DAG (lingam) only -->; a PAG (fci, rfci, boss-fci) has
// circles too. Each method's page is in docs/methods.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "discovery/data.h"
#include "discovery/independence.h"
#include "discovery/knowledge.h"
#include "discovery/local_score.h"
#include "discovery/pc.h"
#include "discovery/words.h"
#include "graph/mixed_graph.h"

namespace thaw::discovery {

enum class Method { kPc, kFci, kRfci, kGes, kBoss, kBossFci, kLingam };

/// "pc", "fci", "rfci", "ges", "boss", "boss-fci", "lingam".
std::string_view to_string(Method method);
std::optional<Method> parse_method(std::string_view word);

/// What a method looks at, and whether its graph allows for hidden causes.
bool uses_test(Method method);
bool uses_score(Method method);
bool allows_hidden_causes(Method method);

struct LearnOptions {
  Method method = Method::kPc;
  TestKind test = TestKind::kAuto;
  std::optional<ScoreKind> score;  // nothing: what fits the variables
  double alpha = 0.01;
  double penalty = 2;
  std::optional<std::size_t> max_depth;
  std::uint64_t seed = 1;
  /// Told the share of the work done; false ends it with kUnavailable.
  std::function<bool(double)> progress;
};

struct Learned {
  graph::MixedGraph graph{0};
  std::vector<AmbiguousTriple> ambiguous;
  std::vector<CappedPair> capped;
  std::size_t depth = 0;        // the largest set that a test was given
  std::uint64_t tests = 0;      // 0: the method does not test
  std::optional<double> score;  // of the best DAG
  std::vector<Notice> warnings;
};

/// The graph of `data` under `knowledge`, which has passed its check. Missing values: tests leave
/// rows out one by one; scores use pairs of continuous variables (moments.h).
/// Fails: kInvalidArgument when test or score does not fit the variables, or values are missing
/// where a method needs whole rows; kUnavailable when stopped; kCorrupt, never expected, when the
/// graph breaks the knowledge.
Result<Learned> learn(const Data& data, const Knowledge& knowledge, const LearnOptions& options);

/// Whether `learn` takes `data` with its missing values as they are.
bool takes_missing(const Data& data, Method method);

}  // namespace thaw::discovery
