#include "discovery/data.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "base/digest.h"

namespace thaw::discovery {
namespace {

constexpr std::size_t kMaxLevels = 1000;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15U;
  return hash ^ (hash >> 29);
}

Error bad_column(const Column& column, std::string_view what) {
  return invalid_argument(fmt::format("column {}: {}", column.name(), what));
}

std::size_t distinct_integers(const Column& column) {
  std::vector<std::int64_t> seen;
  for (std::size_t row = 0; row < column.size() && seen.size() <= kMaxCodes; ++row) {
    const std::int64_t value = column.integers()[row];
    if (!column.missing(row) && std::ranges::find(seen, value) == seen.end()) {
      seen.push_back(value);
    }
  }
  return seen.size();
}

Result<VariableKind> kind_of(const Column& column, const DataOptions& options) {
  THAW_TRY(const VariableKind by_rule, kind_by_rule(column));
  if (const auto given = options.kinds.find(column.name()); given != options.kinds.end()) {
    return given->second;
  }
  return options.all.value_or(by_rule);
}

Result<std::vector<double>> continuous_values(const Column& column) {
  if (column.type() == ColumnType::kCategory) {
    return bad_column(column, "its categories are no numbers and cannot be continuous");
  }
  THAW_TRY(std::vector<double> values, column.numeric());
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (std::isinf(values[row])) {
      return bad_column(column, fmt::format("row {} is infinite", row + 1));
    }
    values[row] += 0.0;  // -0 and 0 are one value
  }
  return values;
}

struct Coded {
  std::vector<std::int32_t> codes;
  std::vector<std::string> levels;
};

/// Codes of the levels that occur, in the order of ordered_levels, whatever the rows' order.
Result<Coded> discrete_codes(const Column& column) {
  Coded coded{std::vector<std::int32_t>(column.size(), -1), {}};
  std::unordered_map<std::string, std::int32_t> code;
  const bool whole_numbers = column.type() == ColumnType::kInteger;
  std::unordered_map<std::int64_t, std::int32_t> code_of_number;  // so that few texts are made
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (!column.missing(row)) {
      if (whole_numbers) {
        const auto known = code_of_number.find(column.integers()[row]);
        if (known != code_of_number.end()) {
          coded.codes[row] = known->second;
          continue;
        }
      }
      const auto [found, fresh] =
          code.try_emplace(column.cell_text(row), static_cast<std::int32_t>(code.size()));
      coded.codes[row] = found->second;
      if (whole_numbers) {
        code_of_number.emplace(column.integers()[row], found->second);
      }
      if (code.size() > kMaxLevels) {
        return bad_column(column, fmt::format("more than {} different values are no category; say "
                                              "that it is continuous, or leave it out",
                                              kMaxLevels));
      }
    }
  }
  std::vector<std::string> by_code(code.size());
  for (const auto& [level, number] : code) {
    by_code[static_cast<std::size_t>(number)] = level;
  }
  coded.levels = ordered_levels(by_code);
  std::vector<std::int32_t> place(by_code.size());
  for (std::size_t i = 0; i < coded.levels.size(); ++i) {
    place[static_cast<std::size_t>(code.at(coded.levels[i]))] = static_cast<std::int32_t>(i);
  }
  for (std::int32_t& value : coded.codes) {
    value = value < 0 ? -1 : place[static_cast<std::size_t>(value)];
  }
  return coded;
}

bool varies(std::span<const double> values) {
  const auto first = std::ranges::find_if(values, [](double v) { return !std::isnan(v); });
  return std::any_of(first, values.end(), [&](double v) { return !std::isnan(v) && v != *first; });
}

bool same_values(std::span<const double> a, std::span<const double> b) {
  return std::ranges::equal(
      a, b, [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

}  // namespace

Result<VariableKind> kind_by_rule(const Column& column) {
  switch (column.type()) {
    case ColumnType::kReal:
      return VariableKind::kContinuous;
    case ColumnType::kInteger:
      return distinct_integers(column) <= kMaxCodes ? VariableKind::kDiscrete
                                                    : VariableKind::kContinuous;
    case ColumnType::kBoolean:
    case ColumnType::kCategory:
      return VariableKind::kDiscrete;
    default:
      return bad_column(column,
                        fmt::format("{} values are no variable; leave the column out, or turn "
                                    "it into a number or a category",
                                    to_string(column.type())));
  }
}

std::string_view to_string(VariableKind kind) {
  return kind == VariableKind::kContinuous ? "continuous" : "discrete";
}

/// Fills a Data column by column, then puts its rows in order.
class DataBuilder {
 public:
  static Result<Data> build(const Table& table, const DataOptions& options) {
    Data data;
    data.rows_ = table.rows();
    data.origin_.resize(table.rows());
    std::iota(data.origin_.begin(), data.origin_.end(), std::size_t{0});
    std::vector<const Column*> columns;
    for (const Column& column : table.columns()) {
      columns.push_back(&column);
    }
    std::ranges::sort(columns, {}, [](const Column* column) { return column->name(); });
    for (const Column* column : columns) {
      THAW_CHECK(add(data, *column, options));
    }
    THAW_CHECK(no_repeats(data));
    return data.take(row_order(data));
  }

 private:
  static Result<Done> add(Data& data, const Column& column, const DataOptions& options) {
    THAW_TRY(const VariableKind kind, kind_of(column, options));
    Variable variable{column.name(), kind, {}, column.missing_count()};
    std::vector<double> values;
    std::vector<std::int32_t> codes;
    bool constant = false;
    if (kind == VariableKind::kContinuous) {
      THAW_TRY(values, continuous_values(column));
      constant = !varies(values);
    } else {
      THAW_TRY(Coded coded, discrete_codes(column));
      codes = std::move(coded.codes);
      variable.levels = std::move(coded.levels);
      constant = variable.levels.size() < 2;
    }
    if (constant) {
      return bad_column(column,
                        "it has fewer than two different values and says nothing about any "
                        "other; leave it out");
    }
    data.variables_.push_back(std::move(variable));
    data.values_.push_back(std::move(values));
    data.codes_.push_back(std::move(codes));
    return Done{};
  }

  /// Refuses continuous variables that repeat others.
  static Result<Done> no_repeats(const Data& data) {
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_hash;
    for (std::size_t i = 0; i < data.size(); ++i) {
      if (data.discrete(i)) {
        continue;
      }
      std::uint64_t hash = 0;
      for (std::size_t row = 0; row < data.rows(); ++row) {
        hash = mixed(hash, cell(data, i, row));
      }
      for (const std::size_t other : by_hash[hash]) {
        if (same_values(data.values_[i], data.values_[other])) {
          return invalid_argument(
              fmt::format("columns {} and {} are the same in every row; leave one out",
                          data.variables_[other].name, data.variables_[i].name));
        }
      }
      by_hash[hash].push_back(i);
    }
    return Done{};
  }

  static std::uint64_t cell(const Data& data, std::size_t i, std::size_t row) {
    if (data.discrete(i)) {
      return static_cast<std::uint64_t>(data.codes_[i][row] + 1);
    }
    const double value = data.values_[i][row];
    return std::isnan(value) ? ~0ULL : std::bit_cast<std::uint64_t>(value);
  }

  /// By digest, equal digests by content; rows that are equal may stand either way round.
  static std::vector<std::size_t> row_order(const Data& data) {
    std::vector<std::uint64_t> digest(data.rows(), 0);
    for (std::size_t i = 0; i < data.size(); ++i) {
      for (std::size_t row = 0; row < data.rows(); ++row) {
        digest[row] = mixed(digest[row], cell(data, i, row));
      }
    }
    std::vector<std::size_t> order(data.rows());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
      if (digest[a] != digest[b]) {
        return digest[a] < digest[b];
      }
      for (std::size_t i = 0; i < data.size(); ++i) {
        if (cell(data, i, a) != cell(data, i, b)) {
          return cell(data, i, a) < cell(data, i, b);
        }
      }
      return false;
    });
    return order;
  }
};

Result<Data> Data::from_table(const Table& table, const DataOptions& options) {
  for (const auto& [name, kind] : options.kinds) {
    THAW_CHECK(table.column(name));
  }
  if (table.columns().size() < 2 || table.rows() < 2) {
    return invalid_argument(
        fmt::format("the table has {} columns and {} rows; a graph needs at least two of "
                    "each",
                    table.columns().size(), table.rows()));
  }
  return DataBuilder::build(table, options);
}

bool Data::any_missing() const {
  return std::ranges::any_of(variables_, [](const Variable& v) { return v.missing > 0; });
}

bool Data::all_of(VariableKind kind) const {
  return std::ranges::all_of(variables_, [&](const Variable& v) { return v.kind == kind; });
}

std::optional<std::size_t> Data::find(std::string_view name) const {
  const auto found = std::ranges::lower_bound(variables_, name, {}, &Variable::name);
  if (found == variables_.end() || found->name != name) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - variables_.begin());
}

bool Data::missing(std::size_t i, std::size_t row) const {
  return discrete(i) ? codes_[i][row] < 0 : std::isnan(values_[i][row]);
}

Data Data::take(std::span<const std::size_t> rows) const {
  Data taken;
  taken.rows_ = rows.size();
  taken.variables_ = variables_;
  taken.values_.resize(size());
  taken.codes_.resize(size());
  for (const std::size_t row : rows) {
    taken.origin_.push_back(origin_[row]);
  }
  for (std::size_t i = 0; i < size(); ++i) {
    std::size_t missing_rows = 0;
    for (const std::size_t row : rows) {
      missing_rows += missing(i, row) ? 1U : 0U;
      if (discrete(i)) {
        taken.codes_[i].push_back(codes_[i][row]);
      } else {
        taken.values_[i].push_back(values_[i][row]);
      }
    }
    taken.variables_[i].missing = missing_rows;
  }
  return taken;
}

Data Data::complete() const {
  std::vector<std::size_t> kept;
  for (std::size_t row = 0; row < rows_; ++row) {
    bool whole = true;
    for (std::size_t i = 0; whole && i < size(); ++i) {
      whole = !missing(i, row);
    }
    if (whole) {
      kept.push_back(row);
    }
  }
  return take(kept);
}

Data Data::with(std::vector<std::vector<double>> values,
                std::vector<std::vector<std::int32_t>> codes) const {
  Data changed;
  changed.rows_ = rows_;
  changed.variables_ = variables_;
  changed.values_ = std::move(values);
  changed.codes_ = std::move(codes);
  changed.origin_ = origin_;
  assert(changed.values_.size() == size() && changed.codes_.size() == size());
  for (std::size_t i = 0; i < size(); ++i) {
    assert(changed.values_[i].size() == (discrete(i) ? 0 : rows_));
    assert(changed.codes_[i].size() == (discrete(i) ? rows_ : 0));
    std::size_t missing_rows = 0;
    for (std::size_t row = 0; row < rows_; ++row) {
      missing_rows += changed.missing(i, row) ? 1U : 0U;
    }
    changed.variables_[i].missing = missing_rows;
  }
  return changed;
}

std::string Data::hash() const {
  Sha256 digest;
  const auto add_text = [&](std::string_view text) {
    digest.add(fmt::format("{}:", text.size()));
    digest.add(text);
  };
  for (std::size_t i = 0; i < size(); ++i) {
    add_text(variables_[i].name);
    add_text(to_string(variables_[i].kind));
    for (const std::string& level : variables_[i].levels) {
      add_text(level);
    }
    const auto bytes = [](const auto& numbers) {
      return std::string_view(reinterpret_cast<const char*>(numbers.data()),
                              numbers.size() * sizeof(numbers[0]));
    };
    digest.add(discrete(i) ? bytes(codes_[i]) : bytes(values_[i]));
  }
  return digest.hex();
}

}  // namespace thaw::discovery
