// The data that discovery learns from: typed variables in one canonical order of columns and rows.
//
// Learners pick by name order and add by row order, so both are fixed here once: variables by name
// (bytes), rows by a digest of their content. Then a table with its columns or rows permuted gives
// the same bytes everywhere after.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "table/table.h"

namespace thaw::discovery {

enum class VariableKind { kContinuous, kDiscrete };

/// "continuous" or "discrete".
std::string_view to_string(VariableKind kind);

struct Variable {
  std::string name;
  VariableKind kind = VariableKind::kContinuous;
  std::vector<std::string> levels;  // of a discrete one: those that occur, ordered_levels
  std::size_t missing = 0;          // rows
};

/// An integer column with at most this many different values is taken for codes of a category, if
/// nothing else is said.
inline constexpr std::size_t kMaxCodes = 25;

struct DataOptions {
  /// What a column is, where the rule below would say otherwise.
  std::map<std::string, VariableKind, std::less<>> kinds;
  std::optional<VariableKind> all;  // of every column not in `kinds`
};

/// What a column is if nothing is said: real ones are continuous, boolean and category ones
/// discrete, integer ones discrete with at most kMaxCodes different values and continuous else.
/// Fails: kInvalidArgument for a date or text.
Result<VariableKind> kind_by_rule(const Column& column);

/// Columns as variables, ordered by name; rows ordered by content. Values are held by column.
class Data {
 public:
  /// Kinds as `options` say, else by kind_by_rule. Missing values are kept.
  /// Fails: kInvalidArgument, naming the column, for a date or text, an infinite value, a column
  /// with fewer than two different values, a continuous one that repeats another (discrete ones:
  /// repeated_columns), a discrete one asked to be continuous whose levels are no numbers, over
  /// 1,000 levels, fewer than two columns or rows; kNotFound for a name in `kinds` that is no
  /// column.
  static Result<Data> from_table(const Table& table, const DataOptions& options = {});

  std::size_t size() const { return variables_.size(); }
  std::size_t rows() const { return rows_; }
  const std::vector<Variable>& variables() const { return variables_; }
  const Variable& variable(std::size_t i) const { return variables_[i]; }
  bool discrete(std::size_t i) const { return variables_[i].kind == VariableKind::kDiscrete; }
  bool any_missing() const;
  bool all_of(VariableKind kind) const;
  /// The variable called `name`, or nothing.
  std::optional<std::size_t> find(std::string_view name) const;

  /// Of a continuous variable: (rows), NaN = missing.
  std::span<const double> values(std::size_t i) const { return values_[i]; }
  /// Of a discrete variable: (rows), codes into levels, -1 = missing.
  std::span<const std::int32_t> codes(std::size_t i) const { return codes_[i]; }
  bool missing(std::size_t i, std::size_t row) const;

  /// The row of the table that each row came from (rows): rows of equal content in any order.
  std::span<const std::size_t> origin() const { return origin_; }

  /// The rows of `rows` in that order, repeats allowed: for a bootstrap. Levels are kept.
  Data take(std::span<const std::size_t> rows) const;
  /// The rows without a missing value.
  Data complete() const;

  /// The same with other values: `values` and `codes` have a column (rows) for every variable of
  /// their kind and an empty one for the others (asserted). For filling in what is missing.
  Data with(std::vector<std::vector<double>> values,
            std::vector<std::vector<std::int32_t>> codes) const;

  /// SHA-256 of names, kinds, levels and values in the canonical order: equal data, equal hash.
  std::string hash() const;

 private:
  friend class DataBuilder;
  std::size_t rows_ = 0;
  std::vector<Variable> variables_;
  std::vector<std::vector<double>> values_;       // empty for discrete ones
  std::vector<std::vector<std::int32_t>> codes_;  // empty for continuous ones
  std::vector<std::size_t> origin_;
};

}  // namespace thaw::discovery
