#include "effect/analysis_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace thaw::effect {

Result<stats::Vector> number_column(const Table& table, const std::string& name) {
  THAW_TRY(const std::vector<double> values, table.numeric(name));
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (!std::isfinite(values[row])) {
      return invalid_argument(
          fmt::format("column {} is {} in row {}, not a number", name, values[row], row + 1));
    }
  }
  return stats::Vector(stats::as_vector(values));
}

Result<stats::Vector> binary_column(const Table& table, const std::string& name) {
  THAW_TRY(stats::Vector values, number_column(table, name));
  for (Eigen::Index row = 0; row < values.size(); ++row) {
    if (values[row] != 0 && values[row] != 1) {
      return invalid_argument(
          fmt::format("column {} is {} in row {}; it must be 0 or 1", name, values[row], row + 1));
    }
  }
  return values;
}

Result<Table> with_constant(const Table& table, const std::string& name, bool value) {
  Table result;
  for (const Column& column : table.columns()) {
    THAW_CHECK(result.add_column(
        column.name() == name ? Column::real(name, std::vector<double>(table.rows(), value ? 1 : 0))
                              : column));
  }
  return result;
}

Result<AnalysisRows> analysis_rows(const Table& table, const std::string& treatment,
                                   const std::string& covariates,
                                   const std::vector<std::string>& others) {
  THAW_TRY(std::vector<std::string> needed, term_columns(covariates));
  if (std::ranges::find(needed, treatment) != needed.end()) {
    return invalid_argument(
        fmt::format("the treatment {} cannot be one of the covariates", treatment));
  }
  needed.push_back(treatment);
  for (const std::string& name : others) {
    if (std::ranges::find(needed, name) == needed.end()) {
      needed.push_back(name);
    }
  }
  AnalysisRows rows{.table = {}, .excluded = 0, .treated = {}, .model = {}, .x = {}};
  THAW_TRY(rows.table, table.complete_rows(needed));
  rows.excluded = table.rows() - rows.table.rows();
  THAW_TRY(rows.treated, binary_column(rows.table, treatment));
  const double treated = rows.treated.sum();
  if (treated < 2 || static_cast<double>(rows.treated.size()) - treated < 2) {
    return invalid_argument(
        fmt::format("{} treated and {} untreated people with complete data; "
                    "each arm needs at least two",
                    treated, static_cast<double>(rows.treated.size()) - treated));
  }
  THAW_TRY(rows.model, Model::learn(rows.table, covariates));
  THAW_TRY(rows.x, rows.model.matrix(rows.table));
  if (const auto column = stats::first_dependent_column(rows.x.transpose() * rows.x)) {
    return invalid_argument(
        fmt::format("covariate {} is constant or a combination of those before it; leave it out",
                    rows.model.names()[*column]));
  }
  return rows;
}

}  // namespace thaw::effect
