// Chinese text as pieces: runs of Hanzi, Latin words, numbers and marks; and as words with
// readings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gaze/zh_model.h"

namespace thaw::gaze {

struct ZhPiece {
  enum class Kind { kHanzi, kOther, kMark } kind;  // kOther: Latin, digits, emoji and the like
  std::string text;
};

/// Pieces of clean UTF-8; white space is left out.
std::vector<ZhPiece> zh_pieces(std::string_view text);

/// Words with readings; an unknown Hanzi is a word without one.
std::vector<Word> zh_words(const ZhModel& model, std::string_view text);

/// The context after `sentence`, of whose Hanzi only the last 16 are looked at.
ZhContext zh_context(const ZhModel& model, std::string_view sentence);

/// Where the last sentence of `text` begins: after its last 。！？ or their narrow forms, or a
/// line.
std::size_t last_sentence(std::string_view text);

}  // namespace thaw::gaze
