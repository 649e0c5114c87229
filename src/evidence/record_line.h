// One line of our own JSON lines: {"concept":{...}}, {"source":{...}} or {"item":{...}}.
//
// Format: docs/formats/evidence.md. Reading is strict; writing then reading gives an equal record.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "evidence/model.h"

namespace thaw::evidence {

using Record = std::variant<Concept, Source, Item>;

/// The record that `line` holds. kInvalidArgument: not UTF-8, not JSON (with the column), not one
/// of the three kinds, or a key that is wrong. kDenied: an item of a synthetic registry, which may
/// be shown beside a weight and never enters it.
Result<Record> read_record_line(std::string_view line);

/// The line, without its end.
std::string record_line(const Concept& record);
std::string record_line(const Source& record);
std::string record_line(const Item& record);

}  // namespace thaw::evidence
