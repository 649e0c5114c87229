// A column of a table as codes, where it has few values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "table/column.h"

namespace thaw::effect {

struct CodedColumn {
  std::vector<std::int32_t> codes;  // into levels, -1 = missing
  std::vector<std::string> levels;  // those that occur, in order
};

/// Categories, booleans, and integers of at most 25 different values, as codes of the values that
/// occur; nothing for other columns.
std::optional<CodedColumn> coded_column(const Column& column);

}  // namespace thaw::effect
