// What an analysis asks of a table, as a person put it together: docs/formats/analysis.md.
//
// The file that is downloaded and the body that a page sends are the same object, so what was seen
// can be run again anywhere.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "discovery/data.h"
#include "table/table.h"

namespace thaw::inquiry {

/// A column that takes part; without a kind the column's own type decides.
struct AnalysisVariable {
  std::string name;
  std::optional<discovery::VariableKind> kind;
};

struct DiscoveryRequest {
  std::string method = "boss";
  std::string test = "auto";
  std::string score = "auto";
  double alpha = 0.01;
  double penalty = 2;
  std::optional<int> max_depth;
  int bootstrap = 0;
  std::vector<std::vector<std::string>> tiers;  // earliest first
};

/// With `time` the outcome is an event (0/1), and `time` how long each person was followed.
struct AnalysisQuestion {
  std::string treatment;
  std::string outcome;
  std::string time;
  std::optional<double> horizon;  // in the unit of `time`; nothing: as far as both arms reach
};

struct EstimateRequest {
  std::string method = "aipw";
  std::string estimand = "ate";
  std::string learner = "linear";
  std::optional<std::vector<std::string>> adjust;  // columns; nothing: what the graph says
  std::vector<std::string> instruments;
  std::vector<std::string> negative_outcomes;
  std::string unit;
  int bootstrap = 0;
};

struct AnalysisSpec {
  std::string data_hash;                    // of the table it was made for; empty: any
  std::vector<AnalysisVariable> variables;  // empty: every column
  std::optional<DiscoveryRequest> discovery;
  std::optional<boost::json::object> graph;  // docs/formats/causal_graph.md; nothing: discovered
  std::optional<AnalysisQuestion> question;
  std::optional<EstimateRequest> estimate;
  std::uint64_t seed = 1;
};

/// Fails: kInvalidArgument with the key for an unknown or wrong one, an estimate without a
/// question, a question of a variable on itself.
Result<AnalysisSpec> read_analysis_spec(const boost::json::object& object);

/// The same as an object with every choice written out: reading it gives `spec` again.
boost::json::object spec_document(const AnalysisSpec& spec);

/// SHA-256 over names, types and values of `table` with its columns in the order of their names;
/// the order of its rows counts.
std::string table_hash(const Table& table);

/// The columns of `spec` in the order of the table, each of the kind it asks for.
/// Fails: kNotFound for a name that is no column; kInvalidArgument for a category that is to be an
/// amount.
Result<Table> analysis_table(const Table& table, const AnalysisSpec& spec);

}  // namespace thaw::inquiry
