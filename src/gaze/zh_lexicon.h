// Chinese words with their readings: those of the counts first, then those of libime's dictionary.
//
// Readings stand in one list for each first letter, most used first, so that a search for typed
// letters can stop early. Check: every word is found by its spelling (text_engine_test.cc).
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gaze/libime_model.h"
#include "gaze/ngram_model.h"
#include "gaze/word.h"

namespace thaw::gaze {

inline constexpr WordId kNoWord = UINT32_MAX;

class ZhLexicon {
 public:
  /// One way to read one word.
  struct Reading {
    WordId word;
    std::uint32_t begin;  // into the syllables
    std::uint8_t count;
    float share;  // of the word's use, 0..1
  };

  /// `counts` may be empty and `libime` absent; then there are no words.
  ZhLexicon(const NgramModel& counts, const LibimeModel* libime);

  std::size_t size() const { return texts_.size(); }
  std::string_view text(WordId word) const;
  WordId find(std::string_view text) const;  // kNoWord when absent
  std::uint32_t libime_index(WordId word) const { return libime_[word]; }

  /// How much of all text this word is, about; from both sources.
  double use(WordId word) const { return use_[word]; }

  const Reading& reading(std::uint32_t place) const { return readings_[place]; }
  const Syllable* syllables(const Reading& reading) const { return &syllables_[reading.begin]; }
  std::vector<std::uint32_t> readings_of(WordId word) const;  // most used first

  /// Places of the readings whose first letter this is, most used first.
  const std::vector<std::uint32_t>& starting_with(char letter) const;

  /// Places of the most used readings, at most 1500.
  const std::vector<std::uint32_t>& common() const { return common_; }

  /// The word with its commonest reading, or that of `reading`.
  Word as_word(WordId word) const;
  Word as_word(const Reading& reading) const;

  std::size_t longest() const { return longest_; }  // bytes of the longest word

 private:
  struct Text {
    std::uint32_t begin;
    std::uint32_t size;
  };
  WordId add_word(std::string_view text);
  void add_reading(WordId word, const std::vector<Syllable>& syllables, double share);
  void grow_table();
  void order_readings();

  std::string pool_;
  std::vector<Text> texts_;
  std::vector<std::uint32_t> libime_;
  std::vector<double> use_;
  std::vector<std::uint32_t> table_;  // open addressing by hash of the text; kNoWord is free
  std::vector<Reading> readings_;     // sorted by word after construction
  std::vector<std::uint32_t> first_reading_;
  std::vector<Syllable> syllables_;
  std::array<std::vector<std::uint32_t>, 26> by_letter_;
  std::vector<std::uint32_t> common_;
  std::size_t longest_ = 0;
};

}  // namespace thaw::gaze
