// A table of typed columns, with missing values, that analyses read: in memory and read-only once
// built.
//
// A column holds one type. Missing is a mark of its own, and the value behind it is fixed (NaN, 0,
// false, code -1, 1970-01-01, ""), so that equal tables are equal byte for byte. A real column's
// missing values are exactly its NaNs. No row carries an id unless a column does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace thaw {

enum class ColumnType { kReal, kInteger, kBoolean, kCategory, kDate, kText };

/// "real", "integer", "boolean", "category", "date" or "text".
std::string_view to_string(ColumnType type);
/// Reads what to_string writes. kInvalidArgument names the word and the six that are known.
Result<ColumnType> parse_column_type(std::string_view word);

/// `levels` (distinct) in the order that a category gets when none is given: of number, then of
/// bytes, when every level is a number; else of bytes.
std::vector<std::string> ordered_levels(std::vector<std::string> levels);

/// Marks per row, 1 = missing. Empty means that none is missing.
using MissingMask = std::vector<std::uint8_t>;

/// One named, typed column. Sizes that disagree and codes out of range are bugs of the caller
/// (asserted); the values behind missing marks are overwritten by the fixed ones.
class Column {
 public:
  static Column real(std::string name, std::vector<double> values);  // NaN = missing
  static Column integer(std::string name, std::vector<std::int64_t> values,
                        MissingMask missing = {});
  static Column boolean(std::string name, std::vector<std::uint8_t> values,
                        MissingMask missing = {});  // any value but 0 becomes 1
  /// `codes` index `levels`, -1 = missing; `levels` distinct, their order is kept.
  static Column category(std::string name, std::vector<std::int32_t> codes,
                         std::vector<std::string> levels);
  /// Levels are the distinct values that are not missing, as ordered_levels orders them.
  static Column category_of(std::string name, const std::vector<std::string>& values,
                            MissingMask missing = {});
  static Column date(std::string name, std::vector<Day> values, MissingMask missing = {});
  static Column text(std::string name, std::vector<std::string> values, MissingMask missing = {});

  const std::string& name() const { return name_; }
  ColumnType type() const { return static_cast<ColumnType>(values_.index()); }
  std::size_t size() const { return missing_.size(); }
  bool missing(std::size_t row) const { return missing_[row] != 0; }
  std::span<const std::uint8_t> missing_mask() const { return missing_; }
  std::size_t missing_count() const;

  // The values (n), of the type of the same name; asking for another type is a bug (asserted).
  std::span<const double> reals() const;
  std::span<const std::int64_t> integers() const;
  std::span<const std::uint8_t> booleans() const;
  std::span<const std::int32_t> codes() const;
  std::span<const Day> days() const;
  std::span<const std::string> texts() const;
  /// Levels of a category, empty for other types.
  const std::vector<std::string>& levels() const { return levels_; }

  /// The column as numbers (n), missing as NaN: real as it is, integer rounded to the nearest
  /// double, boolean as 0 and 1. Category, date and text: kInvalidArgument names column and type.
  Result<std::vector<double>> numeric() const;

  /// The value of one row as write_csv writes it, unquoted; "" when missing.
  std::string cell_text(std::size_t row) const;

  /// The rows of `rows`, in that order, repeats allowed; levels are kept even when unused.
  Column take(std::span<const std::size_t> rows) const;

  // For people: a unit such as "points/month" and a label; both may be empty.
  const std::string& unit() const { return unit_; }
  const std::string& label() const { return label_; }
  Column& with_unit(std::string unit);
  Column& with_label(std::string label);
  Column& with_name(std::string name);

  /// Same name, type, values, missing marks, levels, unit and label.
  friend bool operator==(const Column& a, const Column& b);

 private:
  // In the order of ColumnType; booleans and codes are told apart by their width.
  using Values =
      std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::uint8_t>,
                   std::vector<std::int32_t>, std::vector<Day>, std::vector<std::string>>;
  Column(std::string name, Values values, MissingMask missing);

  std::string name_;
  Values values_;
  MissingMask missing_;
  std::vector<std::string> levels_;
  std::string unit_;
  std::string label_;
};

/// Columns of one length with distinct, non-empty names, in a fixed order.
class Table {
 public:
  std::size_t rows() const { return columns_.empty() ? 0 : columns_.front().size(); }
  const std::vector<Column>& columns() const { return columns_; }
  std::vector<std::string> names() const;

  /// The column called `name`, or null. Valid until the table changes or goes.
  const Column* find(std::string_view name) const;
  /// The same; kNotFound names the column asked for and the nearest ones there are.
  Result<const Column*> column(std::string_view name) const;
  /// Column `name` as numbers, missing as NaN. Errors of column() and Column::numeric().
  Result<std::vector<double>> numeric(std::string_view name) const;

  /// Adds at the end. kInvalidArgument: no name, or not rows() long; kConflict: the name is taken.
  Result<Done> add_column(Column column);

  /// The columns `names` in that order. kNotFound; kConflict when a name is given twice.
  Result<Table> select(std::span<const std::string> names) const;
  /// The rows of `rows`, in that order, repeats allowed; each below rows() (asserted).
  Table take(std::span<const std::size_t> rows) const;
  /// The rows whose mark in `keep` (rows()) is not 0.
  Table filter(std::span<const std::uint8_t> keep) const;
  /// The rows in which none of the columns `names` is missing. kNotFound.
  Result<Table> complete_rows(std::span<const std::string> names) const;

  friend bool operator==(const Table& a, const Table& b) { return a.columns_ == b.columns_; }

 private:
  std::vector<Column> columns_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

}  // namespace thaw
