// From what a model said to a claim that can be kept, or the reason why not.
#pragma once

#include <string>
#include <string_view>

#include "evidence/grounding.h"
#include "reading/llm_protocol.h"
#include "reading/reading.h"
#include "reading/verbatim.h"

namespace thaw::reading {

/// Holds `said` to `text` (folded: `folded`), of which `piece` was shown to the model: the
/// quotation must stand in the piece, both things must be named in the text and at least one in the
/// quotation, each must lead to one concept, and not to the same. The claim goes to `reading`, or
/// the reason to its refusals.
void take_said_claim(const SaidClaim& said, std::string_view text, const FoldedText& folded,
                     const Span& piece, const evidence::Grounder& grounder, double probability,
                     Reading& reading);

}  // namespace thaw::reading
