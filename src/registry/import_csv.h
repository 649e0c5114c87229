// Real tables into the registry: a CSV file and a map file that says which column is what.
//
// The map: docs/formats/registry.md. One file is one transaction: it is loaded but for the rows
// that the report refuses, or, on an error, not at all.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "registry/registry_store.h"
#include "table/table.h"

namespace thaw::registry {

/// One row of the file is one new person, or something more about a person who is there.
enum class Layout { kPerson, kMore };

enum class DateOrder { kIso, kDayMonthYear, kMonthDayYear, kYearMonthDay };

struct FieldSource {
  std::string column;  // in the file; empty: `value` stands for every row
  std::string value;
  std::map<std::string, std::string, std::less<>> codes;  // file's word -> ours
};

struct ImportMap {
  Layout layout = Layout::kPerson;
  Kind kind = Kind::kReal;
  Day as_of{};
  DateOrder dates = DateOrder::kIso;
  std::vector<std::string> missing;                        // words that mean not known, beside ""
  std::map<std::string, FieldSource, std::less<>> fields;  // our field -> where it is
};

/// Reads a map file. kInvalidArgument names the key and what is allowed there.
Result<ImportMap> read_import_map(std::string_view json, std::string_view source_name);

struct Refusal {
  std::size_t line;    // in the file, from 1; the header is line 1
  std::string column;  // in the file; "" when it is about the row
  std::string reason;  // never repeats a person's values beyond the cell that is wrong
};

struct ImportReport {
  std::size_t rows_read = 0;
  std::size_t rows_kept = 0;
  std::vector<Refusal> refused;  // in order of line
  StoreCounts added;
};

/// Loads `csv` (bytes of `source_name`) into `store`.
/// Fails: kInvalidArgument: not a CSV file, a mapped column is absent, a column `synthetic` holds a
/// word that is neither yes nor no (line and column are in the message), or no row could be kept
/// (the first refusal is in the message); kConflict: the store holds the other kind.
Result<ImportReport> import_csv(RegistryStore& store, std::string_view csv,
                                std::string_view source_name, const ImportMap& map);

/// The report as a JSON object (docs/formats/registry.md).
std::string to_json(const ImportReport& report);

}  // namespace thaw::registry
