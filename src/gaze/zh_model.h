// How likely a Chinese word is at a place: the counts and libime's model, mixed.
//
// P(word) = a P_counts(word) + (1 - a)(1 - m) P_libime(word), where m is the share of punctuation
// and of the sentence's end, of which libime's model knows nothing. The weights were set on
// held-out sentences: docs/methods/gaze_text.md.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "gaze/libime_model.h"
#include "gaze/ngram_model.h"
#include "gaze/word.h"
#include "gaze/zh_lexicon.h"

namespace thaw::gaze {

/// What the model knows of the words before a place.
struct ZhContext {
  NgramModel::Context counts;
  LibimeModel::State libime;
  double marks = 0;          // probability of punctuation or the end here
  double counts_weight = 0;  // a
};

class ZhModel {
 public:
  ZhModel(NgramCounts counts, std::unique_ptr<LibimeModel> libime);

  const ZhLexicon& lexicon() const { return lexicon_; }
  bool has_libime() const { return libime_ != nullptr; }

  ZhContext begin() const;
  ZhContext next(const ZhContext& context, WordId word) const;  // kNoWord: a word not known here
  double probability(const ZhContext& context, WordId word) const;  // of kEnd as well; 0.3 us

  /// The comma's place in the lexicon; kNoWord when the counts have none.
  WordId comma() const { return comma_; }

  /// Appends words worth trying next: seen after the context in a share of `least`, or predicted by
  /// libime. May repeat.
  void likely_next(const ZhContext& context, double least, std::vector<WordId>& out) const;

  /// A run of Hanzi cut into the likeliest words, as ids; a character not known is kNoWord.
  struct Piece {
    WordId word;
    std::string_view text;
  };
  std::vector<Piece> cut(std::string_view hanzi, const ZhContext& context) const;

 private:
  ZhContext finish(ZhContext context) const;

  NgramModel counts_;
  std::unique_ptr<LibimeModel> libime_;
  ZhLexicon lexicon_;
  WordId comma_ = kNoWord;
};

}  // namespace thaw::gaze
