// One CSV column in the making: which type its cells fit, and the values they become.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "table/csv.h"
#include "table/csv_scan.h"
#include "table/csv_value.h"
#include "table/table.h"

namespace thaw {

/// Codes for level texts in the order in which they first come: a hash table with open addressing.
class LevelIndex {
 public:
  /// The code of `level`, which is added when `may_add` is true; -1 when absent and not added.
  std::int32_t code(std::string_view level, bool may_add);
  std::size_t size() const { return levels_.size(); }
  std::vector<std::string> take_levels() { return std::move(levels_); }

 private:
  void grow();

  std::vector<std::string> levels_;
  std::vector<std::int32_t> slots_;  // -1 = free; size a power of two.
};

/// The first type that all cells seen fit; the rule stands at read_csv.
class TypeGuess {
 public:
  TypeGuess(MissingCodes missing, bool quotes_protect)
      : missing_(std::move(missing)), quotes_protect_(quotes_protect) {}
  void add(const CsvCell& cell);
  ColumnType type() const;

 private:
  MissingCodes missing_;
  bool quotes_protect_;
  bool boolean_ = true, integer_ = true, real_ = true, date_ = true;
  std::size_t present_ = 0;  // Cells that are not missing, quoted or not.
  std::size_t values_ = 0;   // The same with quoted missing codes where quotes protect.
  LevelIndex levels_;
  std::string scratch_;
};

/// Cells of one column turned into a Column.
class ColumnReader {
 public:
  /// `spec.type` is set. `rows` is how many cells to make room for.
  ColumnReader(const CsvColumn& spec, MissingCodes missing, bool quotes_protect, std::size_t rows);

  /// Takes the next cell; false when it does not fit the type or is not one of the levels.
  bool add(const CsvCell& cell);

  /// What a cell has to be, for messages: "a number", "a date YYYY-MM-DD" and so on.
  std::string wanted() const;

  Column finish(std::string name) &&;

 private:
  bool add_value(std::string_view value);
  void add_missing();

  CsvColumn spec_;
  ColumnType type_;
  MissingCodes missing_codes_;
  bool protects_;
  std::vector<double> reals_;
  std::vector<std::int64_t> integers_;
  std::vector<std::uint8_t> booleans_;
  std::vector<std::int32_t> codes_;
  std::vector<Day> days_;
  std::vector<std::string> texts_;
  MissingMask missing_;
  LevelIndex levels_;
  std::string scratch_;
};

}  // namespace thaw
