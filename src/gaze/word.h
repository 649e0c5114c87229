// What a person writes with: languages and words that know how they are read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::gaze {

enum class Language { kChinese, kEnglish };

/// "zh" or "en".
std::string_view language_code(Language language);

/// The language of a code. kInvalidArgument for any other.
Result<Language> parse_language(std::string_view code);

/// One word, or one mark of punctuation, as it stands in a text.
struct Word {
  std::string text;    // UTF-8; an English word without its space
  std::string pinyin;  // of Hanzi: toneless syllables parted by one space, "wen shui"; else empty

  bool operator==(const Word&) const = default;
};

/// The text of `words` as it is shown: no spaces between Chinese words, one before an English word
/// but not before punctuation, and one where Latin letters or digits stand beside each other.
std::string text_of(const std::vector<Word>& words);

}  // namespace thaw::gaze
