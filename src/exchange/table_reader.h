// Rows of a comma or tab separated file by column name, one at a time.
//
// Tab separated files here have no quoting; comma separated ones follow RFC 4180 (a quoted cell may
// hold line breaks). Memory is one row.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/line_reader.h"

namespace thaw::exchange {

class TableReader {
 public:
  /// `delimiter` is ',' (with quoting) or '\t' (without).
  TableReader(ByteSource& bytes, char delimiter) : lines_(bytes), delimiter_(delimiter) {}

  /// Reads the header line, comment lines starting with '#' before it left out.
  /// kInvalidArgument: no header, a name twice, or a line that cannot be read.
  Result<Done> read_header();

  /// True and the next row, or false at the end; blank lines are left out. fault() is not empty
  /// when the row cannot be read; it has a place all the same.
  Result<bool> next();

  const std::string& fault() const { return fault_; }
  const Place& place() const { return place_; }

  /// The cell under `name` without white space around it; "" when there is no such column.
  std::string_view cell(std::string_view name) const;
  /// The first of `names` whose cell is not empty.
  std::string_view first_of(std::initializer_list<std::string_view> names) const;
  bool has(std::string_view name) const { return columns_.find(name) != columns_.end(); }
  const std::vector<std::string>& cells() const { return cells_; }

 private:
  Result<bool> read_record(bool& any);

  LineReader lines_;
  char delimiter_;
  std::map<std::string, std::size_t, std::less<>> columns_;  // lower case
  std::vector<std::string> cells_;
  std::string fault_;
  Place place_;
};

/// Gives each row to `batch_of` and what it makes to `sink`; a row that cannot be read, or that
/// `batch_of` refuses, is refused with its place.
Result<Done> read_rows(TableReader& rows, Sink& sink,
                       Result<Batch> (*batch_of)(const TableReader&));

/// Column names of the first line that is no comment, lower case; for telling formats apart.
std::vector<std::string> header_of(std::string_view head, char delimiter);

}  // namespace thaw::exchange
