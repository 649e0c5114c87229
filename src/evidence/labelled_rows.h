// Delimited text with a header whose columns are found by name: how small outside tables are read.
//
// Strict: UTF-8, the same number of cells in every row, columns that are wanted and not there are
// an error that lists what is. Delimiters: tab, comma, semicolon, bar, or a blank where the header
// has none of these. Checked by its readers' tests and by tests/fuzz/observed_fuzz.cc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "table/csv_scan.h"

namespace thaw::evidence {

class LabelledRows {
 public:
  /// Reads the header. `bytes` must outlive the rows. kInvalidArgument with `source` for bytes that
  /// are not UTF-8, no header, or a column named twice.
  static Result<LabelledRows> open(std::string_view bytes, std::string source);

  const std::vector<std::string>& header() const { return header_; }

  /// The place of the first of `names` that is a column (letters folded), or -1.
  int find(const std::vector<std::string_view>& names) const;

  /// The same; kInvalidArgument says which columns there are.
  Result<std::size_t> require(const std::vector<std::string_view>& names) const;

  /// Goes to the next row; false at the end. kInvalidArgument with the line for a broken row.
  Result<bool> next();

  /// The trimmed cell of the current row. Valid until next().
  std::string_view cell(std::size_t column) const { return cells_[column]; }

  /// "SOURCE:LINE: ", the place of the current row.
  std::string place() const;

 private:
  LabelledRows(std::string_view bytes, std::string source, char delimiter)
      : bytes_(bytes), source_(std::move(source)), scanner_(bytes, delimiter) {}
  std::size_t line_of(const char* at);

  std::string_view bytes_;
  std::string source_;
  CsvScanner scanner_;
  std::vector<std::string> header_;
  std::vector<CsvCell> raw_;
  std::vector<std::string> cells_;
  std::size_t line_ = 1;
  const char* counted_to_ = nullptr;
};

}  // namespace thaw::evidence
