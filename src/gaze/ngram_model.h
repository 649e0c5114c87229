// Probability of the next word: interpolated modified Kneser-Ney over pairs and triples.
//
// Chen and Goodman, Computer Speech and Language 13 (1999) 359-394. Left-out triples give their
// share to the pairs, so the probabilities over the vocabulary and "any other word" sum to one;
// that is the check in ngram_model_test.cc, beside a brute-force computation.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "gaze/ngram_counts.h"

namespace thaw::gaze {

class NgramModel {
 public:
  /// `outside`: the share of words outside in what discounts leave over; 0 for that of one word.
  explicit NgramModel(NgramCounts counts, double outside = 0);

  /// The words before the next one; kBegin twice at the start.
  struct Context {
    WordId before_last = kBegin;
    WordId last = kBegin;
    std::uint32_t pair = UINT32_MAX;  // place of the pair when triples of it are known
  };
  Context context(WordId before_last, WordId last) const;
  Context next(const Context& context, WordId word) const {
    return this->context(context.last, word);
  }

  /// P(word | context); a word outside the vocabulary has unknown(). Cost: two binary searches.
  double probability(const Context& context, WordId word) const;

  /// The share of all words together that are not in the vocabulary.
  double unknown(const Context& context) const;

  /// Appends words seen after the context whose share of what was seen is `least` or more: of the
  /// triple, then of the pair; may repeat.
  void followers(const Context& context, double least, std::vector<WordId>& out) const;

  /// P(word) without context.
  double alone(WordId word) const { return single_[word]; }

  const std::vector<VocabularyWord>& words() const { return counts_.words; }
  const ListedWords& listed() const { return counts_.listed; }
  std::size_t size() const { return counts_.words.size(); }

 private:
  double given_last(WordId last, WordId word) const;

  NgramCounts counts_;
  std::vector<double> single_;      // [word]
  double unknown_ = 0;              // of a word outside, without context
  std::vector<double> pair_total_;  // [word]
  std::vector<double> pair_rest_;   // [word]: share left to single words
  std::vector<float> triple_rest_;  // [pair]: share left to pairs
};

}  // namespace thaw::gaze
