// From a few letters or words to whole sentences, by a language model of the person's choice: what
// it is asked, and what of its answer is offered.
//
// Pure: text in, text out; who sends it is elsewhere (api/expand_desk.h). The model only proposes:
// what it says is never said or sent by itself. Sentences that do not agree with the initials typed
// are dropped, so the person always gets what he began. After SpeakFaster (Cai et al., Nature
// Communications 2024), which expands initials with the dialogue as context. Checked by
// expander_test.cc and expander_fuzz.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gaze/word.h"

namespace thaw::gaze {

struct ExpandRequest {
  Language language = Language::kChinese;
  std::string keywords;               // initials ("wxhs", "iwsw") or words
  std::vector<std::string> dialogue;  // what was said before, the oldest first
};

inline constexpr std::size_t kKeywordsBytesMax = 200;
inline constexpr std::size_t kDialogueLinesMax = 6;    // the last ones are sent
inline constexpr std::size_t kDialogueBytesMax = 600;  // of each line
inline constexpr std::size_t kSentencesMax = 4;

/// The request as it is sent: trimmed to the limits. kInvalidArgument: no keywords, or too many.
Result<ExpandRequest> trimmed(ExpandRequest request);

/// Whether the keywords are initials: letters without a space that are no word by themselves. In
/// Chinese those that do not all belong to whole syllables, in English those without a vowel or
/// with four consonants in a row.
bool are_initials(const ExpandRequest& request);

/// The instruction, in English; the same for every request of its language and kind.
std::string expander_instruction(const ExpandRequest& request);

/// What the instruction is about: the dialogue and the keywords as JSON, so that nothing in them
/// can pass for an instruction's end.
std::string expander_text(const ExpandRequest& request);

/// The form of the answer: {"sentences": [texts]}.
boost::json::object expander_schema();

struct Expansion {
  std::vector<std::string> sentences;  // at most kSentencesMax, each once
  std::size_t dropped = 0;             // not of the asked form, or not of the initials
};

/// What to offer of the model's answer. `words_of` cuts a text into words with readings. kCorrupt:
/// not the JSON that was asked for. A sentence of another form is dropped: empty, over 400 bytes,
/// over one line, with control characters, or, for initials, of others.
Result<Expansion> read_expansion(
    std::string_view content, const ExpandRequest& request,
    const std::function<std::vector<Word>(Language, std::string_view)>& words_of);

/// Whether `words` begin with `initials` one by one: the syllables of Hanzi (zh, ch, sh by one
/// letter or two), the words of Latin text. Marks do not count; digits agree with nothing.
bool agree_with_initials(const std::vector<Word>& words, std::string_view initials);

}  // namespace thaw::gaze
