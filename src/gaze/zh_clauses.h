// Letters of several Chinese words: the likeliest ways to cut them, by a beam over places.
#pragma once

#include <vector>

#include "gaze/pinyin.h"
#include "gaze/zh_model.h"

namespace thaw::gaze {

/// Some words for the first `letters` letters.
struct ZhClause {
  std::vector<std::uint32_t> readings;  // places in the lexicon
  double probability = 1;               // of the words, one after the other
  std::size_t letters = 0;
  ZhContext context;
};

/// Two or more words that use all letters, likeliest first, at most 12; then single words and more
/// that use only some of the letters, longest part first.
struct ZhClauses {
  std::vector<ZhClause> whole;
  std::vector<ZhClause> parts;
};
ZhClauses zh_clauses(const ZhModel& model, const ZhContext& context, const TypedPinyin& typed);

}  // namespace thaw::gaze
