// The words of a target trial in English and Chinese: measures, units, and the protocol restated
// beside what the data allow.
#pragma once

#include <string>
#include <vector>

#include "effect/emulate.h"
#include "effect/emulation_spec.h"

namespace thaw::effect {

/// Name of a measure in documents ("risk_difference", ...); ratios without their logarithm.
std::string_view measure_code(Measure measure);
/// Unit of its value: "probability", "months", "ratio", or the outcome's own.
std::string measure_unit(Measure measure, const EmulationSpec& spec);
BothTexts measure_words(Measure measure, const EmulationSpec& spec);

/// One part of the protocol: as a trial would have it, and as the table can show it.
struct ProtocolRow {
  std::string part;
  BothTexts target;
  BothTexts emulation;
};
std::vector<ProtocolRow> protocol_rows(const EmulationSpec& spec);

}  // namespace thaw::effect
