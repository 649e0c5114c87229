// Words in classes that stand in like places: what follows a word is guessed from its class as
// well.
//
// Exchange algorithm (Kneser and Ney 1993): each word moves to the class that makes the pairs of
// classes likeliest, in turns, from a fixed start, so the classes are the same every time. They are
// made from the pairs of the counts file when it is loaded; nothing more is stored. Check: the
// probabilities sum to one, and planted classes are found (word_classes_test.cc).
#pragma once

#include <cstdint>
#include <vector>

#include "gaze/ngram_counts.h"

namespace thaw::gaze {

class WordClasses {
 public:
  /// Classes of `counts`, at most `classes`. `kinds` are the kinds of words, one a word, kNoKind
  /// for marks: the rare words of a class tell which kinds of words outside the vocabulary stand
  /// there too, each by `outside`. Cost: about 0.1 s for 6,000 words and 64 classes.
  WordClasses(const NgramCounts& counts, std::size_t classes,
              const std::vector<std::uint8_t>& kinds = {}, double outside = 0);

  static constexpr std::size_t kKinds = 10;
  static constexpr std::uint8_t kNoKind = kKinds;

  /// P(class of word | class of last) P(word | its class); 0 for a `word` outside the vocabulary.
  /// After a `last` outside, what follows rare words; 0 when no kinds were given.
  double probability(WordId last, WordId word) const;

  /// How likely a word outside the vocabulary, of a kind, is after `last`. Together with the
  /// probabilities of all words they sum to one.
  double outside(WordId last, std::size_t kind) const;

  std::size_t class_of(WordId word) const { return class_[word]; }

 private:
  void start(const NgramCounts& counts);
  bool improve(const NgramCounts& counts);
  void estimate(const NgramCounts& counts, const std::vector<std::uint8_t>& kinds, double outside);
  std::size_t row(WordId last) const;

  struct Neighbour {
    WordId word;
    double count;
  };
  std::size_t classes_;
  std::vector<std::uint16_t> class_;            // [word]
  std::vector<std::vector<Neighbour>> after_;   // while learning
  std::vector<std::vector<Neighbour>> before_;  // while learning
  bool knows_outside_ = false;
  std::vector<double> outside_;   // [class before * kKinds + kind]
  std::vector<double> pair_;      // [class before * classes + class]; outside last
  std::vector<double> left_;      // [class]: pairs that begin with it
  std::vector<double> right_;     // [class]: pairs that end with it
  std::vector<double> of_class_;  // [word]: P(word | its class)
};

}  // namespace thaw::gaze
