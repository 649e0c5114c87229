#include "effect/point_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "effect/analysis_rows.h"
#include "effect/row_identity.h"

namespace thaw::effect {
namespace {

using stats::Matrix;
using stats::Vector;

/// The columns of a question: those that must be complete, and in which part.
Result<std::vector<std::string>> used_columns(const PointQuestion& question) {
  std::vector<std::string> used;
  const auto add = [&](const std::string& name) {
    if (std::ranges::find(used, name) == used.end()) {
      used.push_back(name);
    }
  };
  THAW_TRY(const std::vector<std::string> covariates, term_columns(question.adjust));
  THAW_TRY(const std::vector<std::string> outcome_terms, term_columns(question.outcome_terms));
  if (question.treatment == question.outcome) {
    return invalid_argument(
        fmt::format("{} cannot be both treatment and outcome", question.treatment));
  }
  const auto is_covariate = [&](const std::string& name) {
    return std::ranges::find(covariates, name) != covariates.end();
  };
  for (const std::string& name : {question.treatment, question.outcome}) {
    if (is_covariate(name)) {
      return invalid_argument(fmt::format("{} is the {}; it cannot be adjusted for as well", name,
                                          name == question.treatment ? "treatment" : "outcome"));
    }
  }
  if (std::ranges::find(outcome_terms, question.outcome) != outcome_terms.end()) {
    return invalid_argument(fmt::format("the outcome {} cannot explain itself", question.outcome));
  }
  for (const std::string& name : question.instruments) {
    if (name == question.treatment || name == question.outcome || is_covariate(name)) {
      return invalid_argument(
          fmt::format("{} cannot be an instrument: it already has another part", name));
    }
  }
  add(question.treatment);
  add(question.outcome);
  std::ranges::for_each(covariates, add);
  std::ranges::for_each(outcome_terms, add);
  std::ranges::for_each(question.instruments, add);
  if (!question.cluster.empty()) {
    add(question.cluster);
  }
  std::ranges::sort(used);
  return used;
}

/// Whether the cell says infinity: as a number, or as text among cells that are no numbers.
bool is_infinite(const Column& column, std::size_t row) {
  if (column.type() == ColumnType::kReal) {
    return std::isinf(column.reals()[row]);
  }
  if (column.missing(row)) {
    return false;
  }
  const auto number = parse_double(column.cell_text(row));
  return number && std::isinf(*number);
}

/// kInvalidArgument for an infinite number in a column used, by the row of the file.
Result<Done> check_finite(const Table& table, const std::vector<std::string>& used) {
  for (const std::string& name : used) {
    THAW_TRY(const Column* column, table.column(name));
    if (column->type() == ColumnType::kInteger || column->type() == ColumnType::kBoolean ||
        column->type() == ColumnType::kDate) {
      continue;
    }
    for (std::size_t row = 0; row < column->size(); ++row) {
      if (is_infinite(*column, row)) {
        return invalid_argument(fmt::format(
            "column {} is infinite in row {}; correct it or leave it empty", name, row + 1));
      }
    }
  }
  return Done{};
}

Result<Done> check_treatment_known(const Table& table, const PointQuestion& question) {
  THAW_TRY(const Column* column, table.column(question.treatment));
  const std::size_t missing = column->missing_count();
  if (missing == 0 || question.drop_missing_treatment) {
    return Done{};
  }
  std::size_t row = 0;
  while (!column->missing(row)) {
    ++row;
  }
  return invalid_argument(fmt::format(
      "the treatment {} is missing in {} rows, first in row {}: such people are in neither arm; "
      "fill it in, or leave those rows out (--drop-missing-treatment)",
      question.treatment, missing, row + 1));
}

/// What gaps cost, and how many rows lack the outcome alone.
void count_gaps(const Table& table, const std::vector<std::string>& used, PointData& data) {
  std::vector<std::size_t> lacks(table.rows(), 0);
  for (const std::string& name : used) {
    const Column& column = *table.find(name);
    if (const std::size_t missing = column.missing_count(); missing > 0) {
      data.gaps.push_back({name, missing});
      for (std::size_t row = 0; row < table.rows(); ++row) {
        lacks[row] += column.missing(row) ? 1U : 0U;
      }
    }
  }
  const Column& outcome = *table.find(data.question.outcome);
  const auto treatment = table.numeric(data.question.treatment);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (treatment && outcome.missing(row) && lacks[row] == 1) {
      data.outcome_missing[(*treatment)[row] == 1 ? 1 : 0] += 1;
    }
  }
}

bool is_binary(const Vector& values) {
  return std::ranges::all_of(values, [](double v) { return v == 0 || v == 1; });
}

/// A part that is the same in all rows says nothing.
Result<Done> check_varies(const Vector& values, const std::string& name, const char* part) {
  if (values.minCoeff() == values.maxCoeff()) {
    return invalid_argument(
        fmt::format("the {} {} is {} in every complete row: there is nothing to compare", part,
                    name, values[0]));
  }
  return Done{};
}

Result<Done> add_covariates(const Table& table, PointData& data) {
  THAW_TRY(data.model, Model::learn(table, data.question.adjust));
  data.names = data.model.names();
  const auto n = static_cast<Eigen::Index>(table.rows());
  const auto p = static_cast<Eigen::Index>(data.names.size());
  if (n <= p + 1) {
    return invalid_argument(
        fmt::format("{} complete rows are too few for {} coefficients; adjust for less", n, p + 1));
  }
  THAW_TRY(data.x, data.model.matrix(table));
  if (const auto column = stats::first_dependent_column(data.x.transpose() * data.x)) {
    return invalid_argument(
        fmt::format("covariate {} is constant or a combination of those before it; leave it out",
                    data.names[*column]));
  }
  return Done{};
}

Result<Done> add_outcome_terms(const Table& table, PointData& data) {
  const PointQuestion& question = data.question;
  if (question.outcome_terms.empty()) {
    return Done{};
  }
  THAW_TRY(const std::vector<std::string> columns, term_columns(question.outcome_terms));
  data.one_model = std::ranges::find(columns, question.treatment) != columns.end();
  THAW_TRY(const Table treated, with_constant(table, question.treatment, true));
  THAW_TRY(const Table untreated, with_constant(table, question.treatment, false));
  THAW_TRY(data.outcome_model, Model::learn(treated, question.outcome_terms));
  THAW_TRY(data.outcome_x1, data.outcome_model.matrix(treated));
  THAW_TRY(data.outcome_x0, data.outcome_model.matrix(untreated));
  return Done{};
}

Result<Done> add_other_parts(const Table& table, PointData& data) {
  const PointQuestion& question = data.question;
  data.instruments.resize(data.rows(), static_cast<Eigen::Index>(question.instruments.size()));
  for (std::size_t k = 0; k < question.instruments.size(); ++k) {
    THAW_TRY(const Vector values, number_column(table, question.instruments[k]));
    THAW_CHECK(check_varies(values, question.instruments[k], "instrument"));
    data.instruments.col(static_cast<Eigen::Index>(k)) = values;
  }
  if (!question.cluster.empty()) {
    const std::vector<double> values = order_values(*table.find(question.cluster));
    std::vector<double> sorted = values;
    std::ranges::sort(sorted);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    for (const double value : values) {
      data.cluster.push_back(
          static_cast<std::size_t>(std::ranges::lower_bound(sorted, value) - sorted.begin()));
    }
    if (sorted.size() < 5) {
      return invalid_argument(
          fmt::format("column {} has {} clusters; an interval over clusters needs at least 5",
                      question.cluster, sorted.size()));
    }
  }
  return Done{};
}

}  // namespace

Result<PointData> point_data(const Table& table, const PointQuestion& question) {
  PointData data;
  data.question = question;
  THAW_TRY(const std::vector<std::string> used, used_columns(question));
  THAW_TRY(const Table named, table.select(used));
  THAW_CHECK(check_treatment_known(named, question));
  THAW_CHECK(check_finite(named, used));
  count_gaps(named, used, data);
  THAW_TRY(const Table complete, named.complete_rows(used));
  data.excluded = named.rows() - complete.rows();
  if (complete.rows() == 0) {
    return invalid_argument("no row is complete in treatment, outcome and covariates");
  }
  std::vector<std::vector<double>> values;
  for (const Column& column : complete.columns()) {
    values.push_back(order_values(column));
  }
  const std::vector<std::size_t> order = canonical_rows(values, complete.rows());
  for (auto& column : values) {
    std::vector<double> ordered;
    for (const std::size_t row : order) {
      ordered.push_back(column[row]);
    }
    column = std::move(ordered);
  }
  const Table rows = complete.take(order);
  data.row_key = row_keys(values, rows.rows());
  data.hash = data_hash(rows, used);
  if (data.question.unit.empty()) {
    data.question.unit = rows.find(question.outcome)->unit();
  }
  THAW_TRY(data.treatment, number_column(rows, question.treatment));
  THAW_TRY(data.outcome, number_column(rows, question.outcome));
  THAW_CHECK(check_varies(data.treatment, question.treatment, "treatment"));
  THAW_CHECK(check_varies(data.outcome, question.outcome, "outcome"));
  data.binary_treatment = is_binary(data.treatment);
  data.binary_outcome = is_binary(data.outcome);
  THAW_CHECK(add_covariates(rows, data));
  THAW_CHECK(add_outcome_terms(rows, data));
  THAW_CHECK(add_other_parts(rows, data));
  return data;
}

Result<Done> need_binary_treatment(const PointData& data, const std::string& method) {
  const std::string& name = data.question.treatment;
  if (!data.binary_treatment) {
    const auto other =
        std::ranges::find_if(data.treatment, [](double v) { return v != 0 && v != 1; });
    return invalid_argument(fmt::format(
        "{} compares people with and without a treatment, so {} must be 0 or 1; it is also {}. "
        "For a dose use ols, dml or iv",
        method, name, *other));
  }
  const double treated = data.treatment.sum();
  const double untreated = static_cast<double>(data.rows()) - treated;
  if (treated < 2 || untreated < 2) {
    return invalid_argument(
        fmt::format("{} treated and {} untreated people with complete data; each arm needs at "
                    "least two",
                    treated, untreated));
  }
  return Done{};
}

PointData rows_of(const PointData& data, std::span<const Eigen::Index> pick) {
  PointData some;
  some.question = data.question;
  some.treatment = data.treatment(pick);
  some.outcome = data.outcome(pick);
  some.binary_treatment = data.binary_treatment;
  some.binary_outcome = data.binary_outcome;
  some.model = data.model;
  some.names = data.names;
  some.x = data.x(pick, Eigen::all);
  some.outcome_model = data.outcome_model;
  if (data.outcome_x1.size() > 0) {
    some.outcome_x1 = data.outcome_x1(pick, Eigen::all);
    some.outcome_x0 = data.outcome_x0(pick, Eigen::all);
  }
  some.one_model = data.one_model;
  some.instruments = data.instruments(pick, Eigen::all);
  for (const Eigen::Index row : pick) {
    const auto i = static_cast<std::size_t>(row);
    some.row_key.push_back(data.row_key[i]);
    if (!data.cluster.empty()) {
      some.cluster.push_back(data.cluster[i]);
    }
  }
  some.excluded = data.excluded;
  some.gaps = data.gaps;
  some.outcome_missing = data.outcome_missing;
  some.hash = data.hash;
  return some;
}

PointData with_treatment(const PointData& data, Vector treatment) {
  PointData other = data;
  other.treatment = std::move(treatment);
  return other;
}

PointData with_covariate(const PointData& data, const std::string& name, const Vector& values) {
  PointData wider = data;
  const auto widen = [&](Matrix& x) {
    x.conservativeResize(Eigen::NoChange, x.cols() + 1);
    x.col(x.cols() - 1) = values;
  };
  widen(wider.x);
  wider.names.push_back(name);
  if (wider.outcome_x1.size() > 0) {
    widen(wider.outcome_x1);
    widen(wider.outcome_x0);
  }
  return wider;
}

}  // namespace thaw::effect
