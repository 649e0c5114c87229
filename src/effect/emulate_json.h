// The `target_trial` document of docs/formats/target_trial.md, the text that people read of it, and
// the hash of the data behind it.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "effect/emulate.h"
#include "effect/emulation_spec.h"
#include "table/table.h"

namespace thaw::effect {

/// SHA-256 of the columns `names` of `table` (those it has) by name and of their rows in the order
/// of `id` and `month`, so that neither order of rows nor of columns changes it.
Result<std::string> emulation_hash(const Table& table, const EmulationSpec& spec);

/// The document, cautions first. Numbers are those of `result`, unrounded.
boost::json::object emulation_document(const EmulationResult& result, const EmulationSpec& spec,
                                       std::string_view data_hash);

/// The same for a terminal, in "en" or "zh".
std::string emulation_text(const EmulationResult& result, const EmulationSpec& spec,
                           std::string_view lang);

}  // namespace thaw::effect
