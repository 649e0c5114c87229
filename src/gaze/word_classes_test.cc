#include "gaze/word_classes.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace thaw::gaze {
namespace {

/// Sentences of a word of {2,3,4}, then one of {5,6,7}, then one of {8,9,10}.
NgramCounts planted() {
  std::vector<VocabularyWord> words{{"<s>", {}, 0}, {"</s>", {}, 0}};
  for (char c = 'a'; c < 'j'; ++c) {
    words.push_back({std::string(1, c), {}, 0});
  }
  Random random(3);
  std::vector<std::vector<WordId>> sentences;
  for (int i = 0; i < 300; ++i) {
    std::vector<WordId> sentence;
    for (WordId first : {2U, 5U, 8U}) {
      sentence.push_back(first + static_cast<WordId>(random.index(3)));
    }
    sentences.push_back(sentence);
  }
  return count_ngrams("en", words, sentences, 2);
}

TEST(WordClasses, PlantedClassesAreFound) {
  const WordClasses classes(planted(), 5);
  for (const WordId first : {2U, 5U, 8U}) {
    EXPECT_EQ(classes.class_of(first), classes.class_of(first + 1));
    EXPECT_EQ(classes.class_of(first), classes.class_of(first + 2));
  }
  EXPECT_NE(classes.class_of(2), classes.class_of(5));
  EXPECT_NE(classes.class_of(5), classes.class_of(8));
}

TEST(WordClasses, ProbabilitiesSumToOne) {
  const NgramCounts counts = planted();
  const WordClasses classes(counts, 5);
  for (WordId last = 0; last < counts.words.size(); ++last) {
    double sum = 0;
    for (WordId word = 0; word < counts.words.size(); ++word) {
      sum += classes.probability(last, word);
    }
    EXPECT_NEAR(sum, 1, 1e-9) << last;
  }
}

}  // namespace
}  // namespace thaw::gaze
