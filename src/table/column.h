// One named column of values of one type, with missing values, read-only once built.
//
// Missing is a mark of its own, and the value behind it is fixed (NaN, 0, false, code -1,
// 1970-01-01, ""), so that equal columns are equal byte for byte. A real column's missing values
// are exactly its NaNs.
#pragma once

#include <cstddef>
#include <cstdint>
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

}  // namespace thaw
