// How likely an English word is at a place, and the words that begin with typed letters.
#pragma once

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

  /// P(word | context): the counts mixed with the classes of words.
  double probability(const NgramModel::Context& context, WordId word) const;

  /// The word's id, whatever its case; size() when it is not in the vocabulary.
  WordId find(std::string_view word) const;

  /// After the words of `text`, its last sentence only.
  NgramModel::Context context(std::string_view text) const;

  /// Words whose letters begin with `letters` (lower case), in the order of their letters.
  std::vector<WordId> starting_with(std::string_view letters) const;

  bool is_word(WordId id) const { return is_word_[id]; }  // not a mark, not kBegin or kEnd

 private:
  WordClasses classes_;
  NgramModel counts_;
  std::unordered_map<std::string, WordId> by_letters_;  // lowered
  std::vector<std::pair<std::string, WordId>> sorted_;  // lowered
  std::vector<bool> is_word_;
};

/// Candidates after `before` for typed letters; texts unique. A sentence begins with a capital.
Candidates en_candidates(const EnModel& model, const NgramModel::Context& context,
                         bool begins_sentence, std::string_view typed);

}  // namespace thaw::gaze
