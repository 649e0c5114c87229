// The tone of each Hanzi at the syllable that was typed for it, so that a voice reads polyphones
// right: chong2 qing4, yin2 hang2 hang2 zhang3.
//
// Two tables: the readings of single Hanzi (data/gaze/readings.tsv, from Unihan's counts, made by
// tools/make_readings.py) and a short list of words whose tone differs (data/gaze/word_tones.tsv).
// Checked: every polyphone of the list and every syllable, by espeak-ng's own phonemes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "gaze/word.h"

namespace thaw::gaze {

/// One character of a text.
struct Sign {
  std::string_view text;  // UTF-8, of the word it is in
  char32_t code = 0;
  std::size_t word = 0;  // which word of the text it is in
  bool hanzi = false;
  std::string syllable;  // of a Hanzi with a known reading: numbered, "lv4", neutral tone 5
};

class Tones {
 public:
  /// The tables as the two files hold them. kCorrupt, naming the line, for a line of another form.
  static Result<Tones> read(std::string_view readings, std::string_view words);

  /// The characters of `words` in their order, Hanzi with their citation tones (bu4 shi4: what
  /// neighbours do to a tone is the speaker's part). A word's pinyin decides between readings;
  /// where it has none, or as many syllables as Hanzi it has not, each Hanzi gets its likeliest
  /// reading. Views stay valid as long as `words`. Bytes that are no UTF-8 are left out. Cost:
  /// linear.
  std::vector<Sign> read_out(const std::vector<Word>& words) const;
  std::vector<Sign> read_out(std::vector<Word>&& words) const = delete;

  /// Gives words the toneless syllables of the table's words that they make up, one or several of
  /// them whole, whatever they had: for readings guessed from a text, never for typed ones. Longest
  /// first. Cost: linear.
  void read_by_words(std::vector<Word>& words) const;

  /// The numbered syllable of `hanzi`; `typed` (toneless) chooses among its readings, "" takes the
  /// likeliest. Empty: not in the table, or never read so.
  std::string_view reading(char32_t hanzi, std::string_view typed = "") const;

 private:
  struct Reading {
    char32_t hanzi;
    std::uint16_t syllable;  // of syllables_
    bool rarer;              // another toneless syllable is likelier
  };
  void take_words(std::vector<Sign>& signs) const;
  const std::vector<std::string>* longest_word(const std::vector<Sign>& signs,
                                               std::size_t at) const;
  std::string by_itself(const Sign& sign) const;

  std::vector<std::string> syllables_;
  std::vector<Reading> readings_;  // by Hanzi, the likeliest first
  std::map<std::string, std::vector<std::string>, std::less<>> words_;
  std::size_t longest_word_ = 0;  // bytes
};

/// A syllable as it is typed in any way, without its tone and with v for u with two dots:
/// "L\u00fc4", "lu:" give "lv". Other bytes than letters, dots and a digit give "".
std::string typed_syllable(std::string_view text);

/// Whether `code` is a Hanzi of the basic plane or a rare one of the planes above.
bool is_hanzi(char32_t code);

}  // namespace thaw::gaze
