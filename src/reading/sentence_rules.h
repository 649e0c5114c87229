// What one sentence says of the things named in it, by its words and their order.
//
// Method: a trigger word or phrase (cue_words.h) with the nearest names on its two sides; passive
// voice and nouns of action turn the sides round; "loss of", "inhibitor", "reduced" turn the sign;
// negation and doubt are looked for left of the trigger inside its clause. English and Chinese.
// Checked by sentence_rules_test.cc (sentences as true statements) and, for its precision, on
// BioRED Train (docs/methods/reader.md).
#pragma once

#include <optional>
#include <vector>

#include "evidence/model.h"
#include "reading/annotated_text.h"

namespace thaw::reading {

struct SentenceClaim {
  std::size_t subject = 0, object = 0;  // units of the sentence
  std::size_t trigger = 0;              // the unit that says so
  Cue cue = Cue::kNoSign;               // what the trigger tells
  std::optional<evidence::Sign> sign;   // what the subject does to the object
  bool causal = true;                   // false: association only
  bool negated = false;                 // the text denies it or saw no effect
  bool hedged = false;                  // the text asks, supposes or plans it
};

/// Claims of one sentence in order of trigger, subject, object; at most one for each pair of units
/// and trigger.
std::vector<SentenceClaim> sentence_claims(const UnitSentence& sentence);

}  // namespace thaw::reading
