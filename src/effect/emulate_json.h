// The `target_trial` document of docs/formats/target_trial.md, the text that people read of it, and
// the hash of the data behind it.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "effect/emulate.h"
#include "effect/emulation_spec.h"
#include "effect/g_formula.h"
#include "effect/ltmle.h"
#include "effect/structural_model.h"
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

/// Parts "g_formula", "ltmle" and "structural_model" of the document.
boost::json::object g_formula_json(const GFormulaResult& result, const EmulationSpec& spec);
boost::json::object ltmle_json(const LtmleResult& result, const EmulationSpec& spec);
boost::json::object structural_json(const StructuralResult& result);

/// The same for a terminal.
std::string g_formula_text(const GFormulaResult& result, const EmulationSpec& spec,
                           std::string_view lang);
std::string ltmle_text(const LtmleResult& result, const EmulationSpec& spec, std::string_view lang);
std::string structural_text(const StructuralResult& result, std::string_view lang);

}  // namespace thaw::effect
