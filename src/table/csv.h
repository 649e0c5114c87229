// Tables from and to text of comma or tab separated values; docs/formats/csv.md is the contract.
//
// Format: RFC 4180 in UTF-8, with the choices that RFC leaves open stated in CsvOptions. Reading
// is strict: a cell that does not fit its column's type is an error, never a silent missing value.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "table/table.h"

namespace thaw {

/// What is known of one column beforehand; its key in CsvOptions is the name in the file.
struct CsvColumn {
  std::optional<ColumnType> type;  // Nothing: inferred from the cells.
  std::string rename;              // The name in the table; empty keeps the file's.
  std::string unit;
  std::string label;
  std::vector<std::string> missing;  // Codes of missing beside CsvOptions::missing.
  std::vector<std::string> levels;   // Not empty: these in this order; any other is an error.
  bool skip = false;                 // Leave the column out.
};

enum class CsvHeader { kFirstRecord, kNone };

struct CsvOptions {
  std::map<std::string, CsvColumn, std::less<>> columns;
  std::optional<ColumnType> other_type;  // For columns without a type; nothing: inferred.
  /// Cells that mean missing, compared without the ASCII white space around the cell.
  std::vector<std::string> missing = {"", "NA", "N/A", "NaN", "."};
  /// In category and text columns a quoted cell is a value even when it equals a missing code.
  bool quotes_protect = true;
  /// Nothing: the one of , tab ; | that is most frequent in the first record, earlier first.
  std::optional<char> delimiter;
  CsvHeader header = CsvHeader::kFirstRecord;
};

/// The table in `bytes`; `source_name` stands in messages. An unnamed column is called column_K
/// (K from 1), blank lines are skipped. An inferred column gets the first type that all its cells
/// that are not missing fit: boolean (true, false in any case), integer (64 bit, no leading zero),
/// real, date, category (at most 100 levels and at most half as many levels as cells), else text;
/// real when there is no such cell.
/// Fails: kInvalidArgument with source, line (from 1) and column (number and name) for a bad cell,
/// a short or long record, a name that is given twice, a stray or unclosed quote, a NUL byte,
/// bytes that are not UTF-8, text without a header; for options that name an absent column.
/// Checked: write_csv then read_csv gives the same table for random tables. Cost: linear; columns
/// without a type are read twice.
Result<Table> read_csv(std::string_view bytes, std::string_view source_name,
                       const CsvOptions& options = {});

/// read_csv of the file at `path`, unpacked first when it starts as gzip does.
/// Fails also: kNotFound when it cannot be opened, kCorrupt when gzip data are cut or damaged,
/// kInvalidArgument when it unpacks to more than 4 GiB.
Result<Table> read_csv_file(const std::filesystem::path& path, const CsvOptions& options = {});

/// `table` as CSV: header, comma, LF; missing as NA; reals in the fewest digits that read back the
/// same. Cells are quoted only where reading needs it.
/// Fails: kInvalidArgument with column and row for what CSV here cannot hold: NUL, bytes that are
/// not UTF-8, a date outside 1900 to 2199, a table without columns.
Result<std::string> write_csv(const Table& table);

/// Options with which read_csv reads write_csv(table) back to exactly `table`: types, levels, units
/// and labels.
CsvOptions csv_options_of(const Table& table);

/// Options from a map file (JSON, see docs/formats/csv.md). kInvalidArgument names the key, the
/// value that was and what is allowed there.
Result<CsvOptions> read_csv_map(std::string_view json, std::string_view source_name);

}  // namespace thaw
