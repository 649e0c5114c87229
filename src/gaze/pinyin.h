// Pinyin: syllables as numbers, and letters as a person types them matched against syllables.
//
// A word matches typed letters when they can be cut into pieces, each a beginning of the next
// syllable: "w", "wx", "wenx", "wenshui" and "wshui" all match wen shui. Fuzzy: z/zh c/ch s/sh at
// the front, n/ng at the end, and l/n where asked. Check: a brute-force cutter in pinyin_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thaw::gaze {

using Syllable = std::uint16_t;

/// How many syllables there are; a Syllable is below it.
std::size_t syllable_count();

/// The letters of a syllable.
std::string_view spelling(Syllable syllable);

/// The syllable of these letters: lower case, v for u with two dots.
std::optional<Syllable> syllable_of(std::string_view letters);

/// "wen shui" (or "wen'shui") as syllables; nothing when a part is not a syllable.
std::optional<std::vector<Syllable>> syllables_of(std::string_view reading);

/// Syllables as a reading: "wen shui".
std::string reading_of(const Syllable* syllables, std::size_t count);

/// How a word's syllables account for typed letters.
enum class TypingStyle {
  kEither,    // both of the next two: a first letter, or a word of one syllable
  kFull,      // the letters are a beginning of the full spelling
  kInitials,  // the first letter of each syllable, or those and then the rest of the last one
  kMixed,     // some other cut
  kFuzzy,     // only with a fuzzy syllable
};

/// Letters as typed, ready to be matched against many words.
class TypedPinyin {
 public:
  static constexpr std::size_t kMost = 60;  // letters looked at

  /// a-z and ' are kept, A-Z lowered, the rest dropped. `l_is_n` also takes l for n and n for l.
  explicit TypedPinyin(std::string_view typed, bool l_is_n = false);

  const std::string& letters() const { return letters_; }
  std::size_t size() const { return letters_.size(); }

  /// The style when `syllables` can account for all letters from `from` on, so that every letter is
  /// used and the word may be longer; nothing otherwise. Cost: a few operations a syllable.
  std::optional<TypingStyle> matches(const Syllable* syllables, std::size_t count,
                                     std::size_t from = 0) const;

  /// Places (bit i: i letters) where a word all of whose syllables were typed from `from` may end.
  std::uint64_t word_ends(const Syllable* syllables, std::size_t count, std::size_t from) const;

  /// True when the letters from `from` on spell the whole word out, letter by letter.
  bool spells_out(const Syllable* syllables, std::size_t count, std::size_t from = 0) const;

  /// The letters cut into syllables as far as they can be, for show: "wen'sh".
  std::string shown() const;

 private:
  std::uint64_t ends(Syllable syllable, std::size_t from, bool fuzzy) const;
  bool is_prefix_spelling(const Syllable* syllables, std::size_t count, std::size_t from) const;
  bool is_initials(const Syllable* syllables, std::size_t count, std::size_t from) const;

  std::string letters_;
  std::size_t width_ = 0;             // positions: letters + 1
  std::vector<std::uint64_t> exact_;  // [syllable * width_ + position]
  std::vector<std::uint64_t> fuzzy_;
};

}  // namespace thaw::gaze
