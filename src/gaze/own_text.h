// The person's own text: what was said before, how it goes on from here, and recall by initials.
//
// A place in a sentence said before speaks for its continuation, the more the longer the words
// before it agree with the words before the caret, and the more recently it was said (half as much
// every 30 days). Nothing is estimated from it beyond these weights, so forgetting a sentence
// leaves no trace: a rebuild from the rest gives the same answers as never having learned it
// (own_text_test.cc).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gaze/offer_ranking.h"
#include "gaze/text_engine.h"

namespace thaw::gaze {

class OwnText {
 public:
  static constexpr std::size_t kMostSentences = 20000;  // the oldest are dropped beyond
  static constexpr std::size_t kMostWords = 200;        // of one sentence; the rest is not kept

  void learn(const Said& said);
  void add_phrase(const Phrase& phrase);
  bool empty() const { return first_ == sentences_.size(); }

  /// Whether the letters typed can stand for the words from `begin` on.
  struct Fit {
    double weight = 0;      // how likely they are typed so; 0: they cannot
    std::size_t words = 0;  // how many words they touch
  };
  using Fits = std::function<Fit(const std::vector<Word>& words, std::size_t begin)>;

  struct Found {
    std::vector<Candidate> candidates;  // probabilities sum to at most 1 over next words
    double share = 0;                   // how much of all text here is own text, before letters
    double mass = 0;                    // how likely the letters are, given that it is own text
  };

  /// Continuations after `before`, the words of the sentence so far. Places where at least the last
  /// word agrees are all found, but for the oldest of over 1,000; others in the last 200 sentences.
  Found find(Language language, const std::vector<Word>& before, const Fits& fits) const;

 private:
  struct Sentence {
    Language language;
    std::vector<Word> words;
    std::vector<std::uint32_t> ids;
    std::int64_t at_s;
    bool phrase;
  };
  struct Place {
    std::uint32_t sentence;
    std::uint32_t at;
  };
  using Visit = std::function<void(const Sentence&, std::size_t at, std::size_t same)>;
  void visit(Language language, const std::vector<std::uint32_t>& before, const Visit& visit) const;
  std::uint32_t id_of(const std::string& text);
  std::uint32_t known_id(const std::string& text) const;
  double recency(const Sentence& sentence) const;

  std::vector<Sentence> sentences_;  // oldest first; those before first_ are dropped
  std::size_t first_ = 0;
  // By language and the word before, kNever for none: every place, oldest first.
  std::array<std::unordered_map<std::uint32_t, std::vector<Place>>, 2> after_;
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::int64_t latest_s_ = 0;
};

}  // namespace thaw::gaze
