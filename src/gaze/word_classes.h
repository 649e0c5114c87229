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
  /// Classes of `counts`, at most `classes`. Cost: about 0.1 s for 6,000 words and 64 classes.
  WordClasses(const NgramCounts& counts, std::size_t classes);

  /// P(class of word | class of last) P(word | its class); 0 for words outside the vocabulary.
  double probability(WordId last, WordId word) const;

  std::size_t class_of(WordId word) const { return class_[word]; }

 private:
  void start(const NgramCounts& counts);
  bool improve(const NgramCounts& counts);
  void estimate(const NgramCounts& counts);

  struct Neighbour {
    WordId word;
    double count;
  };
  std::size_t classes_;
  std::vector<std::uint16_t> class_;            // [word]
  std::vector<std::vector<Neighbour>> after_;   // while learning
  std::vector<std::vector<Neighbour>> before_;  // while learning
  std::vector<double> pair_;                    // [class before * classes + class]
  std::vector<double> left_;                    // [class]: pairs that begin with it
  std::vector<double> right_;                   // [class]: pairs that end with it
  std::vector<double> of_class_;                // [word]: P(word | its class)
};

}  // namespace thaw::gaze
