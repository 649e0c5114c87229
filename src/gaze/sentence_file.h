// The sentences that a bench writes: a table with the columns lang, text and pinyin, parted by
// tabs.
//
// The pinyin has one syllable a Chinese character, without tones, clauses parted by " | "; it may
// be empty for English, and for Chinese, where the text engine's own reading is then taken.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gaze/word.h"

namespace thaw::gaze {

struct BenchSentence {
  Language language;
  std::string text;
  std::vector<std::string> syllables;  // one a Hanzi of `text`, in order; empty when not given
};

/// kInvalidArgument, with line and column, for what is not of this form; for no sentence at all.
Result<std::vector<BenchSentence>> parse_sentences(std::string_view bytes);

}  // namespace thaw::gaze
