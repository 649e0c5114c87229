// How often a sentence rule is right, as a probability: what its claims are worth.
#pragma once

#include "reading/annotated_text.h"
#include "reading/sentence_rules.h"

namespace thaw::reading {

/// The share of such claims (same trigger class, same reach) whose pair BioRED Train gives a signed
/// relation of that sign; doubted ones times 0.8. Bounds from below: the corpus does not mark every
/// relation that a sentence states. For Chinese it is not measured: the same table times 0.9.
double sentence_claim_probability(const UnitSentence& sentence, const SentenceClaim& claim);

/// Whether the sentence holds a Chinese character.
bool is_chinese(const UnitSentence& sentence);

}  // namespace thaw::reading
