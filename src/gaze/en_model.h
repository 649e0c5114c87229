// How likely an English word is at a place, and the words that begin with typed letters.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gaze/ngram_model.h"
#include "gaze/offer_ranking.h"
#include "gaze/word_classes.h"

namespace thaw::gaze {

class EnModel {
 public:
  explicit EnModel(NgramCounts counts);

  const NgramModel& counts() const { return counts_; }

  /// P(word | context): the counts mixed with the classes of words. Ids above size() are listed
  /// words; size() itself is any word that is not even listed.
  double probability(const NgramModel::Context& context, WordId word) const;

  /// The word's id, whatever its case; size() when it is not in the vocabulary.
  WordId find(std::string_view word) const;

  /// After the words of `text`, its last sentence only.
  NgramModel::Context context(std::string_view text) const;

  /// Words whose letters begin with `letters` (lower case), in the order of their letters.
  std::vector<WordId> starting_with(std::string_view letters) const;

  /// A listed word and its probability.
  struct Listed {
    WordId word;
    double probability;
  };
  struct ListedFound {
    std::vector<Listed> likeliest;  // likeliest first
    double mass = 0;                // of all that fit
  };

  /// Listed words whose letters begin with `letters`, the `most` likeliest. Cost: the words that
  /// fit.
  ListedFound listed_starting_with(std::string_view letters, const NgramModel::Context& context,
                                   std::size_t most) const;
  std::size_t listed() const { return listed_.size(); }

  const std::string& text(WordId id) const {
    return id > counts_.size() ? listed_[id - counts_.size() - 1].text : counts_.words()[id].text;
  }

  /// Not a mark, not kBegin or kEnd.
  bool is_word(WordId id) const { return id >= counts_.size() || is_word_[id]; }

 private:
  struct ListedWord {
    std::string text;
    float of_counts;    // P(word | a word outside)
    float of_kind;      // P(word | a word outside, its kind)
    std::uint8_t kind;  // of its ending
  };
  void list_words();
  double class_share(const NgramModel::Context& context) const;
  double listed_probability(const NgramModel::Context& context, const ListedWord& word) const;

  std::vector<std::uint8_t> kinds_;  // [word]
  WordClasses classes_;
  NgramModel counts_;
  std::unordered_map<std::string, WordId> by_letters_;  // lowered
  std::vector<std::pair<std::string, WordId>> sorted_;  // lowered
  std::vector<bool> is_word_;
  std::vector<ListedWord> listed_;  // ascending
  double unlisted_ = 1;             // P(no listed word | a word outside)
  std::array<double, WordClasses::kKinds> unlisted_of_kind_{};
};

/// Candidates after `before` for typed letters; texts unique. A sentence begins with a capital.
Candidates en_candidates(const EnModel& model, const NgramModel::Context& context,
                         bool begins_sentence, std::string_view typed);

}  // namespace thaw::gaze
