// Counts from texts: what `thaw gaze train` does.
//
// Chinese text is lines of `clause TAB pinyin`, one syllable a character; an empty line ends a
// sentence, and clauses of one sentence are parted by a comma. English text is a sentence a line.
#pragma once

#include <string_view>

#include "base/result.h"
#include "gaze/listed_words.h"
#include "gaze/ngram_counts.h"
#include "gaze/zh_model.h"

namespace thaw::gaze {

/// Words are cut by `cutter`, which should know many. kInvalidArgument, with the line, when a line
/// has not the form above. Characters other than Hanzi part the text.
Result<NgramCounts> train_chinese(std::string_view text, const ZhModel& cutter,
                                  std::uint32_t least = 2);

/// Words seen once stay in the vocabulary. A word keeps the case that it mostly has inside
/// sentences. Words of `lists` that the text does not have are kept beside it.
Result<NgramCounts> train_english(std::string_view text, const WordLists& lists = {},
                                  std::uint32_t least = 2);

}  // namespace thaw::gaze
