// The belief that a peer's formula gives to one of our claims, from the same items.
//
// What becomes what is a table of docs/methods/presets.md and of the preset files: an extractor
// becomes an INDRA source, a kind of study an Open Targets datasource. Check:
// preset_belief_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/knowledge.h"
#include "evidence/strength.h"

namespace thaw::evidence {

enum class Words : std::uint8_t { kNo, kYes };

struct PresetBelief {
  double belief = 0;  // INDRA: 0 to 1, a probability; Open Targets: a score from 0 to 1
  std::vector<std::string> lines;  // how it came about; only with Words::kYes
};

/// `preset` is a peer's, which preset_named gave: the parameters of `table` hold the peers.
/// Retracted items count nothing (the peers' users filter them by hand), nor do synthetic ones.
PresetBelief preset_belief(const Knowledge& knowledge, const StrengthTable& table, Preset preset,
                           const Claim& claim, Words words = Words::kNo);

/// "thaw", "indra", "open-targets".
std::string to_string(Preset preset);

/// kNotFound lists the presets there are.
Result<Preset> preset_named(std::string_view name);

}  // namespace thaw::evidence
