#include "effect/model_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"

namespace thaw::effect {
namespace {

/// The level of each row as text. Text and date columns are no levels.
std::string level_at(const Column& column, std::size_t row) {
  return column.cell_text(row);
}

/// The levels of `column` that occur, in the order of the category, or of ordered_levels.
std::vector<std::string> used_levels(const Column& column) {
  std::set<std::string> used;
  if (column.type() == ColumnType::kCategory) {
    std::vector<std::uint8_t> seen(column.levels().size(), 0);
    for (const std::int32_t code : column.codes()) {
      if (code >= 0) {
        seen[static_cast<std::size_t>(code)] = 1;
      }
    }
    std::vector<std::string> levels;
    for (std::size_t code = 0; code < seen.size(); ++code) {
      if (seen[code] != 0) {
        levels.push_back(column.levels()[code]);
      }
    }
    return levels;
  }
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (!column.missing(row)) {
      used.insert(level_at(column, row));
    }
  }
  return ordered_levels({used.begin(), used.end()});
}

/// The level that relevel() asked for becomes the first.
Result<Done> put_reference_first(Factor& factor) {
  if (factor.reference.empty()) {
    return Done{};
  }
  const auto place = std::ranges::find(factor.levels, factor.reference);
  if (place == factor.levels.end()) {
    return invalid_argument(fmt::format("column {} has no level \"{}\"; it has {}", factor.column,
                                        factor.reference, join(factor.levels, ", ")));
  }
  std::rotate(factor.levels.begin(), place, place + 1);
  return Done{};
}

/// Makes categories and booleans levels, and learns them.
Result<Done> learn_factor(Factor& factor, const Table& table) {
  THAW_TRY(const Column* column, table.column(factor.column));
  if (column->type() == ColumnType::kText || column->type() == ColumnType::kDate) {
    return invalid_argument(fmt::format("column {} is {}; a model needs numbers or a category",
                                        factor.column, to_string(column->type())));
  }
  const bool counts_levels =
      column->type() == ColumnType::kCategory || column->type() == ColumnType::kBoolean;
  if (counts_levels && factor.kind == Factor::Kind::kNumber) {
    factor.kind = Factor::Kind::kLevels;
  }
  if (counts_levels && factor.kind != Factor::Kind::kLevels) {
    return invalid_argument(fmt::format("column {} is a {}: it has no power or logarithm",
                                        factor.column, to_string(column->type())));
  }
  if (factor.kind == Factor::Kind::kLevels) {
    factor.levels = used_levels(*column);
    if (factor.levels.size() < 2) {
      return invalid_argument(
          fmt::format("column {} has one level only; it explains nothing", factor.column));
    }
    THAW_CHECK(put_reference_first(factor));
  }
  return Done{};
}

/// Columns of one factor: names and values.
struct Expanded {
  std::vector<std::string> names;
  stats::Matrix x;
};

std::vector<std::string> factor_names(const Factor& factor) {
  if (factor.kind != Factor::Kind::kLevels) {
    return {to_text(factor)};
  }
  std::vector<std::string> names;
  for (std::size_t k = 1; k < factor.levels.size(); ++k) {
    names.push_back(factor.column + "=" + factor.levels[k]);
  }
  return names;
}

/// Where each code of a category stands among the factor's levels, which is quicker than to compare
/// texts row by row; empty for other columns, or when a level was not learnt.
std::vector<Eigen::Index> places_of_codes(const Factor& factor, const Column& column) {
  std::vector<Eigen::Index> places;
  for (const std::string& level : column.levels()) {
    const auto found = std::ranges::find(factor.levels, level);
    if (found == factor.levels.end()) {
      return {};
    }
    places.push_back(found - factor.levels.begin());
  }
  return places;
}

Result<stats::Matrix> level_columns(const Factor& factor, const Column& column) {
  stats::Matrix x = stats::Matrix::Zero(static_cast<Eigen::Index>(column.size()),
                                        static_cast<Eigen::Index>(factor.levels.size()) - 1);
  if (const auto places = places_of_codes(factor, column); !places.empty()) {
    for (std::size_t row = 0; row < column.size(); ++row) {
      const Eigen::Index place = places[static_cast<std::size_t>(column.codes()[row])];
      if (place > 0) {
        x(static_cast<Eigen::Index>(row), place - 1) = 1;
      }
    }
    return x;
  }
  for (std::size_t row = 0; row < column.size(); ++row) {
    const auto level = std::ranges::find(factor.levels, level_at(column, row));
    if (level == factor.levels.end()) {
      return invalid_argument(
          fmt::format("row {}: level \"{}\" of {} was not there when the model "
                      "was made",
                      row + 1, level_at(column, row), factor.column));
    }
    if (level != factor.levels.begin()) {
      x(static_cast<Eigen::Index>(row), level - factor.levels.begin() - 1) = 1;
    }
  }
  return x;
}

Result<stats::Matrix> factor_columns(const Factor& factor, const Table& table) {
  THAW_TRY(const Column* column, table.column(factor.column));
  for (std::size_t row = 0; row < column->size(); ++row) {
    if (column->missing(row)) {
      return invalid_argument(
          fmt::format("column {} is missing in row {}; leave such rows out "
                      "first",
                      factor.column, row + 1));
    }
  }
  if (factor.kind == Factor::Kind::kLevels) {
    return level_columns(factor, *column);
  }
  THAW_TRY(const std::vector<double> values, column->numeric());
  stats::Matrix x = stats::as_vector(values);
  if (factor.kind == Factor::Kind::kPower) {
    x = x.array().pow(factor.power);
  }
  if (factor.kind == Factor::Kind::kLog) {
    x = x.array().log();
  }
  if (factor.kind == Factor::Kind::kRoot) {
    x = x.array().sqrt();
  }
  if (!x.allFinite()) {
    return invalid_argument(fmt::format("{} is not a finite number everywhere", to_text(factor)));
  }
  return x;
}

}  // namespace

Result<Model> Model::learn(const Table& table, std::string_view terms) {
  Model model;
  THAW_TRY(model.terms_, parse_terms(terms));
  model.names_ = {"1"};
  for (Term& term : model.terms_) {
    std::vector<std::string> names = {""};
    for (Factor& factor : term) {
      THAW_CHECK(learn_factor(factor, table));
      std::vector<std::string> products;
      for (const std::string& left : names) {
        for (const std::string& right : factor_names(factor)) {
          products.push_back(left.empty() ? right : left + ":" + right);
        }
      }
      names = std::move(products);
    }
    model.names_.insert(model.names_.end(), names.begin(), names.end());
    std::vector<std::string> parts;
    for (const Factor& factor : term) {
      parts.push_back(to_text(factor));
    }
    model.sizes_.push_back({join(parts, ":"), names.size()});
  }
  return model;
}

std::vector<std::string> Model::columns() const {
  std::vector<std::string> columns;
  for (const Term& term : terms_) {
    for (const Factor& factor : term) {
      if (std::ranges::find(columns, factor.column) == columns.end()) {
        columns.push_back(factor.column);
      }
    }
  }
  return columns;
}

Result<stats::Matrix> Model::matrix(const Table& table) const {
  const auto rows = static_cast<Eigen::Index>(table.rows());
  stats::Matrix x(rows, static_cast<Eigen::Index>(names_.size()));
  x.col(0).setOnes();
  Eigen::Index next = 1;
  for (const Term& term : terms_) {
    stats::Matrix product = stats::Matrix::Ones(rows, 1);
    for (const Factor& factor : term) {
      THAW_TRY(const stats::Matrix own, factor_columns(factor, table));
      stats::Matrix wider(rows, product.cols() * own.cols());
      for (Eigen::Index left = 0; left < product.cols(); ++left) {
        for (Eigen::Index right = 0; right < own.cols(); ++right) {
          wider.col(left * own.cols() + right) = product.col(left).cwiseProduct(own.col(right));
        }
      }
      product = std::move(wider);
    }
    x.middleCols(next, product.cols()) = product;
    next += product.cols();
  }
  return x;
}

Result<std::vector<std::string>> term_columns(std::string_view terms) {
  THAW_TRY(const std::vector<Term> parsed, parse_terms(terms));
  std::vector<std::string> columns;
  for (const Term& term : parsed) {
    for (const Factor& factor : term) {
      if (std::ranges::find(columns, factor.column) == columns.end()) {
        columns.push_back(factor.column);
      }
    }
  }
  return columns;
}

}  // namespace thaw::effect
