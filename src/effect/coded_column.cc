#include "effect/coded_column.h"

#include <map>

namespace thaw::effect {
namespace {

constexpr std::size_t kMostCodes = 25;

}  // namespace

std::optional<CodedColumn> coded_column(const Column& column) {
  const ColumnType type = column.type();
  if (type != ColumnType::kCategory && type != ColumnType::kBoolean &&
      type != ColumnType::kInteger) {
    return std::nullopt;
  }
  const auto value = [&](std::size_t row) -> std::int64_t {
    return type == ColumnType::kCategory  ? column.codes()[row]
           : type == ColumnType::kBoolean ? column.booleans()[row]
                                          : column.integers()[row];
  };
  std::map<std::int64_t, std::int32_t> number;
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (!column.missing(row)) {
      number.emplace(value(row), 0);
      if (type == ColumnType::kInteger && number.size() > kMostCodes) {
        return std::nullopt;
      }
    }
  }
  CodedColumn made;
  for (auto& [raw, code] : number) {
    code = static_cast<std::int32_t>(made.levels.size());
    made.levels.push_back(type == ColumnType::kCategory
                              ? column.levels()[static_cast<std::size_t>(raw)]
                          : type == ColumnType::kBoolean ? (raw != 0 ? "true" : "false")
                                                         : std::to_string(raw));
  }
  for (std::size_t row = 0; row < column.size(); ++row) {
    made.codes.push_back(column.missing(row) ? -1 : number.at(value(row)));
  }
  return made;
}

}  // namespace thaw::effect
