// The rows of a table that an analysis can use, as checked numbers.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/model_matrix.h"
#include "stats/matrix.h"
#include "table/table.h"

namespace thaw::effect {

/// Complete rows with their treatment and covariates.
struct AnalysisRows {
  Table table;            // the rows kept
  std::size_t excluded;   // rows left out for a missing value
  stats::Vector treated;  // (n), 0 or 1
  Model model;            // of the covariates
  stats::Matrix x;        // (n, p), column 0 of ones
};

/// The rows of `table` complete in `treatment`, the columns of `covariates` and `others`.
/// Fails: kNotFound; kInvalidArgument as Model and binary_column, with fewer than two people in an
/// arm, or for covariates that depend on each other (the message names the term).
Result<AnalysisRows> analysis_rows(const Table& table, const std::string& treatment,
                                   const std::string& covariates,
                                   const std::vector<std::string>& others);

/// Column `name`, complete, with values 0 and 1 only. kInvalidArgument names row and value.
Result<stats::Vector> binary_column(const Table& table, const std::string& name);

/// Column `name`, complete, as finite numbers.
Result<stats::Vector> number_column(const Table& table, const std::string& name);

/// `table` with column `name` replaced by a boolean column that is `value` throughout.
Result<Table> with_constant(const Table& table, const std::string& name, bool value);

/// A view of an Eigen vector as a span.
inline std::span<const double> as_span(const stats::Vector& v) {
  return {v.data(), static_cast<std::size_t>(v.size())};
}

}  // namespace thaw::effect
