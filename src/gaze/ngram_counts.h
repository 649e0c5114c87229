// Word counts of a text: pairs and triples of words, as they are kept in data/gaze/*.counts.
//
// Nothing longer than a triple is kept, and no triple seen only once, so that no sentence of the
// text can be put together from it. The file: docs/formats/counts.md. Check: a round trip, damaged
// bytes, and tests/fuzz/counts_fuzz.cc.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::gaze {

using WordId = std::uint32_t;

inline constexpr WordId kBegin = 0;  // stands twice before each sentence
inline constexpr WordId kEnd = 1;    // after each sentence

/// One word of the vocabulary.
struct VocabularyWord {
  std::string text;
  std::vector<std::string> readings;  // pinyin, most frequent first; none for English and marks
  std::uint32_t followed = 0;         // after how many different words it was seen

  bool operator==(const VocabularyWord&) const = default;
};

/// What follows something: the words, ascending, and how often.
struct Follower {
  WordId word;
  std::uint32_t count;

  bool operator==(const Follower&) const = default;
};

/// Words outside the text that are about equally likely.
struct ListedGroup {
  std::uint32_t seen_once = 0;     // words of this kind that stood once in the text
  std::vector<std::string> words;  // ascending; none is in the vocabulary

  bool operator==(const ListedGroup&) const = default;
};

/// Words of a dictionary beside the vocabulary: listed_words.h.
struct ListedWords {
  std::vector<ListedGroup> groups;
  std::uint32_t unlisted_once = 0;  // words that stood once and are in no list

  bool operator==(const ListedWords&) const = default;
};

struct NgramCounts {
  using Discounts = std::array<double, 3>;  // of a count of 1, of 2, of 3 and more

  std::string language;                     // "zh" or "en"
  std::vector<VocabularyWord> words;        // kBegin and kEnd first
  std::array<Discounts, 3> discounts{};     // of single words, pairs, triples
  std::vector<std::uint32_t> pair_begin;    // [word], into `pairs`; words.size() + 1 long
  std::vector<Follower> pairs;              // different words before the pair; after kBegin, times
  std::vector<std::uint32_t> triple_begin;  // [pair], into `triples`; pairs.size() + 1 long
  std::vector<std::uint32_t> triple_total;  // [pair]: times anything followed; 0 without triples
  std::vector<Follower> triples;            // times seen
  ListedWords listed;                       // none in Chinese

  bool operator==(const NgramCounts&) const = default;
};

/// Counts of `sentences` (word ids, without kBegin and kEnd) over `words`. Triples seen fewer than
/// `least` times are left out. Discounts are those of modified Kneser-Ney (Chen and Goodman 1999).
NgramCounts count_ngrams(std::string language, std::vector<VocabularyWord> words,
                         const std::vector<std::vector<WordId>>& sentences,
                         std::uint32_t least = 2);

/// The counts as bytes, closed by their SHA-256.
std::string encode_counts(const NgramCounts& counts);

/// Strict: kCorrupt, with what is wrong, for anything that encode_counts does not write.
Result<NgramCounts> decode_counts(std::string_view bytes);

}  // namespace thaw::gaze
