// One analysis of a table from end to end: a causal graph, whether the question can be answered,
// and the estimate with its refutations. The page and the command run this same function.
#pragma once

#include <boost/json/object.hpp>
#include <functional>

#include "base/result.h"
#include "inquiry/analysis_spec.h"
#include "table/table.h"

namespace thaw::inquiry {

struct AnalysisRun {
  unsigned threads = 1;
  /// Told the share of the work done; false stops with kUnavailable.
  std::function<bool(double)> progress;
};

/// {"analysis": spec_document with the table's hash, "discovery", "identification", "estimate" or
/// "refused"}, each where it was asked for: docs/formats/analysis.md. Equal tables and specs give
/// equal bytes, whatever the threads. "refused" says in both languages why there is no estimate
/// though one was asked for: the graph does not give one by adjustment.
/// Fails: kConflict when the spec was made for another table; else as discover, identify and
/// answer_effect.
Result<boost::json::object> run_analysis(const Table& table, const AnalysisSpec& spec,
                                         const AnalysisRun& run);

/// An R script that reads the table from the CSV file `path` and gives the estimate of `spec` where
/// base R can. Fails: as run_analysis and effect::r_script.
Result<std::string> analysis_script(const Table& table, const AnalysisSpec& spec,
                                    const std::string& path);

/// Whether `spec`'s question can be answered from its graph: the document of
/// docs/formats/causal_graph.md. kInvalidArgument without a graph or a question.
Result<boost::json::object> identify_question(const AnalysisSpec& spec);

}  // namespace thaw::inquiry
