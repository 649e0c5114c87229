// The standard word of a relation, as the evidence records use it, from what a trigger tells.
#pragma once

#include <optional>
#include <string>

#include "evidence/model.h"
#include "reading/annotated_text.h"

namespace thaw::reading {

/// "causes", "increases", "decreases", "slows", "extends", "protects_against", "worsens",
/// "increases_risk", "associated_with". `object_kind` as Mention::kind.
std::string relation_word(Cue cue, std::optional<evidence::Sign> sign, const Unit& trigger,
                          std::string_view object_kind);

}  // namespace thaw::reading
