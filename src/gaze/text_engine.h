// Text by few selections: what to offer for the letters typed so far, in Chinese and in English.
//
// Offers come from word counts (docs/methods/gaze_text.md), libime where it is present, the
// person's own text and the phrase bank. Check: the simulated user of `thaw gaze bench`, and
// text_engine_test.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gaze/tones.h"
#include "gaze/word.h"

namespace thaw::gaze {

/// Where an offer comes from: said before, the phrase bank, the next word before any letter, a word
/// of the letters, several words of the letters, or the letters as they stand.
enum class OfferSource { kHistory, kPhrase, kNext, kWord, kClause, kLetters };

/// "history", "phrase", "next", "word", "clause" or "letters".
std::string_view offer_source_word(OfferSource source);

struct Offer {
  std::vector<Word> words;
  OfferSource source = OfferSource::kWord;
  std::size_t letters_used = 0;  // bytes of `typed`, from its front, that this offer replaces
};

struct SuggestRequest {
  Language language = Language::kChinese;
  std::string before;      // text of the draft before the caret; only its tail is looked at
  std::string typed;       // letters a-z and ' of pinyin, or letters of English; at most kMaxTyped
  std::size_t offers = 6;  // places for offers, 1..kMaxOffers
  std::size_t page = 0;    // 0 is the first
};

inline constexpr std::size_t kMaxTyped = 64;   // bytes of `typed`; what follows is not looked at
inline constexpr std::size_t kMaxOffers = 20;  // places on one page
inline constexpr std::size_t kMaxPages = 200;

struct Suggestions {
  std::vector<Offer> offers;  // at most `offers`, texts unique over all pages, best first
  bool more = false;          // there is another page
  std::string reading;        // `typed` as it was read: "wen'shui"
};

struct RepairRequest {
  Language language = Language::kChinese;
  std::string before;
  Word word;  // the one to replace
  std::string after;
  std::size_t offers = 6;
};

/// One sentence that the person said.
struct Said {
  Language language = Language::kChinese;
  std::vector<Word> words;
  std::int64_t at_s = 0;  // seconds since 1970, UTC
};

/// One entry of the phrase bank.
struct Phrase {
  Language language = Language::kChinese;
  std::vector<Word> words;
};

struct EngineOptions {
  bool use_libime = true;      // where it is built in and its data are installed
  std::string_view zh_counts;  // bytes of data/gaze/zh.counts; "" for none; read in make() only
  std::string_view en_counts;  // bytes of data/gaze/en.counts
  std::vector<Said> history;   // oldest first
  std::vector<Phrase> phrases;
  /// The readings of whole words go before what the counts and the dictionary guess where no
  /// letters decide; may be absent.
  std::shared_ptr<const Tones> tones;
};

struct EngineStatus {
  std::string name;     // "libime" or "built_in"
  std::string note_en;  // what is missing and what follows from it; "" when nothing is
  std::string note_zh;
};

/// All functions may be called from several threads at once; equal requests with equal learning
/// give equal answers. Only the last 512 bytes of `before` and the first 512 of `after` are looked
/// at, and bytes that are not UTF-8 there are skipped. Cost of a call: docs/methods/gaze_text.md.
class TextEngine {
 public:
  /// Loads and warms everything; under a second. kCorrupt when counts are given and damaged.
  static Result<std::unique_ptr<TextEngine>> make(EngineOptions options);
  ~TextEngine();
  TextEngine(const TextEngine&) = delete;
  TextEngine& operator=(const TextEngine&) = delete;

  Suggestions suggest(const SuggestRequest& request) const;

  /// Words for the place of `word`: homophones first, then others that fit the place; never `word`
  /// itself. letters_used is 0.
  std::vector<Offer> alternatives(const RepairRequest& request) const;

  /// Any text cut into words with readings; text_of() of them gives the text back but for spaces.
  /// Never fails: what is not known is a word without reading.
  std::vector<Word> words_of(Language language, std::string_view text) const;

  void learn(const Said& said);
  void forget_all_and_learn(std::vector<Said> history);
  void set_phrases(std::vector<Phrase> phrases);

  EngineStatus status() const;

 private:
  struct State;
  explicit TextEngine(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace thaw::gaze
