// A text as a voice is to say it: each word's Hanzi in numbered pinyin, numbers as they are spoken,
// pauses where the marks are, and what has no sound left out.
//
// espeak-ng misreads Hanzi and knows no polyphones, but says numbered pinyin right (voice
// cmn-latn-pinyin); tones of yi1 and bu4 change here, of two third tones there. Checked by the
// phonemes that espeak-ng itself prints.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gaze/tones.h"
#include "gaze/word.h"

namespace thaw::gaze {

/// What is said without a break for one word (or for several that are one number).
struct Piece {
  std::size_t word = 0;    // the first of them
  std::string text;        // "chong2 qing4", "thaw"
  std::string written;     // as it was written
  bool foreign = false;    // of the other language: Latin in Chinese, Hanzi in English
  unsigned syllables = 1;  // about
  char pause = '\0';       // after it: ',' '.' '!' '?'
};

/// The pieces of `words` in their order. Emoji, unknown Hanzi and other signs give none.
std::vector<Piece> spoken_text(Language language, const std::vector<Word>& words,
                               const Tones& tones);

/// Numbered pinyin of every Hanzi with its citation tone, by the word: "wo3 xiang3 he1 shui3"; what
/// is not Hanzi stands as it was written. For people to check.
std::string numbered_pinyin(const std::vector<Word>& words, const Tones& tones);

/// The same for each word alone, with the tones it has in the text: one entry a word.
std::vector<std::string> numbered_by_word(const std::vector<Word>& words, const Tones& tones);

/// Gives the syllables of `pinyin` (parted by spaces or ') to the Hanzi of `words` one by one.
/// kInvalidArgument, nothing given: another number of them than there are Hanzi.
Result<Done> give_pinyin(std::vector<Word>& words, std::string_view pinyin);

bool holds_hanzi(std::string_view text);

/// The text for espeak-ng's SSML reader (-m), started with the voice of `language`. `silent_odd`:
/// every second piece without sound, which tells where pieces begin and end.
std::string espeak_text(Language language, const std::vector<Piece>& pieces,
                        bool silent_odd = false);

/// Its voice for a language: "cmn-latn-pinyin", "en-us".
const char* espeak_voice(Language language);

}  // namespace thaw::gaze
