// Every thing that a text names: grounded names, the text's own abbreviations, written variants.
//
// Checked by find_mentions_test.cc.
#pragma once

#include <string_view>
#include <vector>

#include "evidence/grounding.h"
#include "reading/annotated_text.h"
#include "reading/reading.h"

namespace thaw::reading {

/// Mentions in order of place, not overlapping, each with a `meaning`.
std::vector<Mention> find_mentions(std::string_view text, const evidence::Grounder& grounder);

/// The coarse kind of a mention for the relation model and the rules. An outcome that one wants
/// lowered (a decline) stands as a disease does; one that one wants raised is kOther.
ThingKind thing_kind(const Mention& mention, const evidence::Knowledge* knowledge);

}  // namespace thaw::reading
