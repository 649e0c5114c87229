// Chinese candidates for typed letters: words, several words together, and phrases that go on.
//
// The probability of a candidate is that of its words at the place (zh_model.h), times how letters
// are usually typed for it, divided by that of all words that fit the letters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gaze/offer_ranking.h"
#include "gaze/pinyin.h"
#include "gaze/zh_model.h"

namespace thaw::gaze {

/// Candidates at `context` for `typed`, texts unique. `sentence` is what stands before in this
/// sentence: it tells a question from a statement. Every word that `typed` spells out is among
/// them.
Candidates zh_candidates(const ZhModel& model, const ZhContext& context, std::string_view sentence,
                         const TypedPinyin& typed);

/// How much of all typing is in this style, given a word of `syllables`.
double style_weight(TypingStyle style);

/// Letters that remain to be typed for a word by its initials and its last syllable.
double letters_left(const Syllable* syllables, std::size_t count, std::size_t typed);

}  // namespace thaw::gaze
