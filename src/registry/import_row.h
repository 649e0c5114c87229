// One row of an imported table as a person's history, or why it is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "registry/import_csv.h"

namespace thaw::registry {

/// Our fields that a map can name, in the order of docs/formats/registry.md.
bool is_import_field(std::string_view field);
std::string import_fields();  // all of them, for a message

/// Why a row is refused; the line is added by whoever reads the file.
struct RowFault {
  std::string column;
  std::string reason;
};

/// The cell of a field in the current row, trimmed; empty when missing or not mapped.
class RowCells {
 public:
  virtual ~RowCells() = default;
  virtual std::string_view cell(const FieldSource& source) const = 0;
};

/// Reads the row that `cells` stands on. The history holds what the row says: at most one report,
/// one vital capacity, one treatment and the events with a date.
std::variant<History, RowFault> history_of_row(const ImportMap& map, const RowCells& cells);

}  // namespace thaw::registry
