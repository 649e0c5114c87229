#include "gaze/text_engine.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "gaze/en_model.h"
#include "gaze/en_text.h"
#include "gaze/own_text.h"
#include "gaze/repair.h"
#include "gaze/shown_offers.h"
#include "gaze/tuning.h"
#include "gaze/utf8.h"
#include "gaze/zh_offers.h"
#include "gaze/zh_text.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kMostShown = 12;  // letters up to which shorter ones are looked at
constexpr std::size_t kRebuiltAfter =
    200;                            // sentences learned, so that phrases stay among the latest
constexpr std::size_t kTail = 512;  // bytes of `before` and of `after` that are looked at

NgramCounts no_counts(std::string language) {
  return count_ngrams(std::move(language), {{"<s>", {}, 0}, {"</s>", {}, 0}}, {});
}

Result<NgramCounts> counts_of(std::string_view bytes, const std::string& language) {
  if (bytes.empty()) {
    return no_counts(language);
  }
  THAW_TRY(NgramCounts counts, decode_counts(bytes));
  if (counts.language != language) {
    return corrupt("the counts given for " + language + " are of " + counts.language);
  }
  return counts;
}

/// How likely `typed` is typed for the words from `begin` on: the pinyin of several words together.
OwnText::Fit zh_fit(const std::vector<Word>& words, std::size_t begin, const TypedPinyin& typed) {
  if (typed.size() == 0) {
    return {1, 0};
  }
  std::vector<Syllable> syllables;
  std::size_t touched = 0;
  for (std::size_t i = begin; i < words.size() && syllables.size() < typed.size(); ++i) {
    if (words[i].pinyin.empty()) {
      if (i == begin) {
        return {};
      }
      continue;  // marks are not typed
    }
    if (const auto more = syllables_of(words[i].pinyin)) {
      touched += syllables.size() < typed.size() ? 1 : 0;
      syllables.insert(syllables.end(), more->begin(), more->end());
    }
  }
  const auto style = typed.matches(syllables.data(), syllables.size());
  if (!style) {
    return {};
  }
  // Spelled out, the letters are mostly those of the first word.
  return {style_weight(*style), *style == TypingStyle::kInitials ? touched : 1};
}

/// The same of English: the beginning of the first word, or the first letters of the words.
OwnText::Fit en_fit(const std::vector<Word>& words, std::size_t begin, const std::string& typed) {
  if (typed.empty()) {
    return {1, 0};
  }
  if (lowered(words[begin].text).starts_with(typed)) {
    return {1, 0};
  }
  std::size_t used = 0;
  for (std::size_t i = begin; i < words.size() && used < typed.size(); ++i) {
    if (is_en_word(words[i].text)) {
      if (lowered(words[i].text)[0] != typed[used]) {
        return {};
      }
      ++used;
    }
  }
  return {used == typed.size() ? tuning().style_several : 0, used};
}

/// Joins what own text offers with the other candidates.
Candidates joined(Candidates base, OwnText::Found own, const std::string& typed, bool capital) {
  const double own_mass = own.share * own.mass;
  if (own_mass <= 0) {
    return base;
  }
  const double base_mass = (1 - own.share) * base.mass;
  const double weight = own_mass / (own_mass + base_mass);
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < base.all.size(); ++i) {
    base.all[i].probability *= 1 - weight;
    place.emplace(base.all[i].text, i);
  }
  for (Candidate& one : own.candidates) {
    one.probability *= weight / own.mass;
    one.offer.letters_used = typed.size();
    if (capital) {
      one.offer.words[0].text = capitalised(one.offer.words[0].text);
      one.text = text_of(one.offer.words);
      if (is_en_word(one.offer.words.back().text)) {
        one.text += ' ';
      }
    }
    const auto [at, fresh] = place.try_emplace(one.text, base.all.size());
    if (fresh) {
      base.all.push_back(std::move(one));
    } else {
      Candidate& same = base.all[at->second];
      same.probability += one.probability;
      same.saves = std::max(same.saves, one.saves);
      if (one.probability > same.probability / 2) {
        same.offer.source = one.offer.source;
      }
    }
  }
  return base;
}

}  // namespace

struct TextEngine::State {
  State(NgramCounts zh_counts, std::unique_ptr<LibimeModel> libime, NgramCounts en_counts)
      : zh(std::move(zh_counts), std::move(libime)), en(std::move(en_counts)) {}

  void rebuild() {
    ++learned;
    since_rebuild = 0;
    own = OwnText();
    if (history.size() > OwnText::kMostSentences) {
      history.erase(history.begin(),
                    history.end() - static_cast<std::ptrdiff_t>(OwnText::kMostSentences));
    }
    for (const Said& said : history) {
      own.learn(said);
    }
    for (const Phrase& phrase : phrases) {
      own.add_phrase(phrase);
    }
  }

  struct Ranked {
    std::vector<Candidate> candidates;
    std::vector<std::size_t> order;
  };

  /// The offers for `typed`, those offered for shorter letters lowered.
  Ranked ranked(Language language, const std::string& before, const std::string& typed,
                std::size_t places) const {
    std::vector<std::string> shown;
    for (std::size_t size = 0; size < typed.size() && typed.size() <= kMostShown; ++size) {
      const auto more = shown_for(language, before, typed.substr(0, size), places);
      shown.insert(shown.end(), more.begin(), more.end());
    }
    Ranked found;
    found.candidates = language == Language::kChinese ? chinese(before, TypedPinyin(typed)).all
                                                      : english(before, lowered(typed)).all;
    lower_shown(found.candidates, shown);
    found.order = rank_offers(found.candidates, places);
    shown.clear();
    for (std::size_t i = 0; i < std::min(places, found.order.size()); ++i) {
      shown.push_back(found.candidates[found.order[i]].text);
    }
    shown_offers.keep(key(language, before, typed, places), std::move(shown));
    return found;
  }

  std::vector<std::string> shown_for(Language language, const std::string& before,
                                     const std::string& typed, std::size_t places) const {
    const std::string request = key(language, before, typed, places);
    if (auto known = shown_offers.find(request)) {
      return *known;
    }
    ranked(language, before, typed, places);
    return shown_offers.find(request).value_or(std::vector<std::string>{});
  }

  std::string key(Language language, const std::string& before, const std::string& typed,
                  std::size_t places) const {
    return std::string(language_code(language)) + '\n' + std::to_string(places) + '\n' +
           std::to_string(learned) + '\n' + typed + '\n' + before;
  }

  std::vector<Word> chinese_words(std::string_view text) const {
    std::vector<Word> words = zh_words(zh, text);
    if (tones) {
      tones->read_by_words(words);
    }
    return words;
  }

  /// Reads the words of an offer as whole words are read, where the letters it uses allow it.
  void read_better(Offer& offer, const std::string& typed) const {
    if (!tones || offer.source == OfferSource::kHistory || offer.source == OfferSource::kPhrase) {
      return;
    }
    std::vector<Word> words = offer.words;
    tones->read_by_words(words);
    const std::string used = typed.substr(0, offer.letters_used);
    if (words != offer.words && zh_fit(words, 0, TypedPinyin(used)).weight > 0) {
      offer.words = std::move(words);
    }
  }

  Candidates chinese(const std::string& before, const TypedPinyin& typed) const {
    const std::string_view sentence = std::string_view(before).substr(last_sentence(before));
    Candidates base = zh_candidates(zh, zh_context(zh, sentence), sentence, typed);
    const std::shared_lock lock(own_mutex);
    if (own.empty()) {
      return base;
    }
    return joined(
        std::move(base),
        own.find(Language::kChinese, zh_words(zh, sentence),
                 [&](const auto& words, std::size_t begin) { return zh_fit(words, begin, typed); }),
        typed.letters(), false);
  }

  Candidates english(const std::string& before, const std::string& typed) const {
    const std::string_view sentence = std::string_view(before).substr(last_sentence(before));
    const auto words = en_pieces(sentence);
    const bool begins = words.empty();
    Candidates base = en_candidates(en, en.context(sentence), begins, typed);
    const std::shared_lock lock(own_mutex);
    if (own.empty()) {
      return base;
    }
    std::vector<Word> before_words;
    for (const std::string& word : words) {
      before_words.push_back({word, ""});
    }
    OwnText::Found found =
        own.find(Language::kEnglish, before_words,
                 [&](const auto& said, std::size_t begin) { return en_fit(said, begin, typed); });
    for (Candidate& one : found.candidates) {
      if (is_en_word(one.offer.words.back().text)) {
        one.text += ' ';
      }
    }
    return joined(std::move(base), std::move(found), typed, begins);
  }

  ZhModel zh;
  EnModel en;
  std::shared_ptr<const Tones> tones;
  std::string libime_note;
  bool asked_libime = true;
  mutable std::shared_mutex own_mutex;
  OwnText own;
  std::atomic<std::uint64_t> learned{0};  // grows with each change of own text
  mutable ShownOffers shown_offers;
  std::size_t since_rebuild = 0;  // sentences learned behind the phrases of the bank
  std::vector<Said> history;
  std::vector<Phrase> phrases;
};

std::string_view offer_source_word(OfferSource source) {
  switch (source) {
    case OfferSource::kHistory:
      return "history";
    case OfferSource::kPhrase:
      return "phrase";
    case OfferSource::kNext:
      return "next";
    case OfferSource::kWord:
      return "word";
    case OfferSource::kClause:
      return "clause";
    case OfferSource::kLetters:
      break;
  }
  return "letters";
}

TextEngine::TextEngine(std::unique_ptr<State> state) : state_(std::move(state)) {}
TextEngine::~TextEngine() = default;

Result<std::unique_ptr<TextEngine>> TextEngine::make(EngineOptions options) {
  THAW_TRY(NgramCounts zh_counts, counts_of(options.zh_counts, "zh"));
  THAW_TRY(NgramCounts en_counts, counts_of(options.en_counts, "en"));
  std::string why_not = "not asked";
  std::unique_ptr<LibimeModel> libime;
  if (options.use_libime) {
    libime = LibimeModel::open(why_not);
  }
  auto state =
      std::make_unique<State>(std::move(zh_counts), std::move(libime), std::move(en_counts));
  state->libime_note = why_not;
  state->tones = std::move(options.tones);
  state->history = std::move(options.history);
  state->phrases = std::move(options.phrases);
  state->rebuild();
  auto engine = std::unique_ptr<TextEngine>(new TextEngine(std::move(state)));
  engine->suggest({Language::kChinese, "我们一起", "q", 6, 0});
  engine->suggest({Language::kEnglish, "I would", "l", 6, 0});
  return engine;
}

Suggestions TextEngine::suggest(const SuggestRequest& request) const {
  const std::string before = clean_tail(request.before, kTail);
  std::string typed = clean_head(request.typed, kMaxTyped);
  const std::size_t places = std::clamp<std::size_t>(request.offers, 1, kMaxOffers);
  Suggestions found;
  if (request.language == Language::kChinese) {
    const TypedPinyin pinyin(typed);
    typed = pinyin.letters();
    found.reading = pinyin.shown();
  } else {
    found.reading = typed;
  }
  State::Ranked ranked = state_->ranked(request.language, before, typed, places);
  const bool letters = !typed.empty();
  const std::size_t all = ranked.order.size() + (letters ? 1 : 0);
  const std::size_t first = std::min(request.page, kMaxPages) * places;
  for (std::size_t i = first; i < std::min(all, first + places); ++i) {
    if (i == ranked.order.size()) {
      found.offers.push_back({{{typed, ""}}, OfferSource::kLetters, typed.size()});
    } else {
      found.offers.push_back(std::move(ranked.candidates[ranked.order[i]].offer));
      if (request.language == Language::kChinese) {
        state_->read_better(found.offers.back(), typed);
      }
    }
  }
  found.more = first + places < all && request.page + 1 < kMaxPages;
  return found;
}

std::vector<Offer> TextEngine::alternatives(const RepairRequest& request) const {
  RepairRequest clean = request;
  clean.before = clean_tail(request.before, kTail);
  clean.after = clean_head(request.after, kTail);
  clean.word.text = clean_head(request.word.text, kTail);
  clean.offers = std::clamp<std::size_t>(request.offers, 1, kMaxOffers);
  if (request.language == Language::kEnglish) {
    return en_repair(state_->en, clean);
  }
  std::vector<Offer> offers = zh_repair(state_->zh, clean);
  for (Offer& offer : offers) {
    const bool homophone = offer.words.size() == 1 && offer.words[0].pinyin == clean.word.pinyin;
    if (!homophone) {
      state_->read_better(offer, "");
    }
  }
  return offers;
}

std::vector<Word> TextEngine::words_of(Language language, std::string_view text) const {
  const std::string clean = clean_head(text, text.size());
  if (language == Language::kChinese) {
    return state_->chinese_words(clean);
  }
  std::vector<Word> words;
  for (const ZhPiece& piece : zh_pieces(clean)) {
    if (piece.kind == ZhPiece::Kind::kHanzi) {
      const auto more = state_->chinese_words(piece.text);
      words.insert(words.end(), more.begin(), more.end());
    } else {
      words.push_back({piece.text, ""});
    }
  }
  return words;
}

void TextEngine::learn(const Said& said) {
  const std::unique_lock lock(state_->own_mutex);
  state_->history.push_back(said);
  if (++state_->since_rebuild < kRebuiltAfter) {
    ++state_->learned;
    state_->own.learn(said);
  } else {
    state_->rebuild();
  }
}

void TextEngine::forget_all_and_learn(std::vector<Said> history) {
  const std::unique_lock lock(state_->own_mutex);
  state_->history = std::move(history);
  state_->rebuild();
}

void TextEngine::set_phrases(std::vector<Phrase> phrases) {
  const std::unique_lock lock(state_->own_mutex);
  state_->phrases = std::move(phrases);
  state_->rebuild();
}

EngineStatus TextEngine::status() const {
  if (state_->zh.has_libime()) {
    return {"libime", "", ""};
  }
  if (state_->libime_note == "no data") {
    return {
        "built_in",
        "The Chinese dictionary (package libime-data) was not found, so fewer Chinese words are "
        "offered; rare ones may be missing.",
        "没有找到中文词库（软件包 libime-data），所以给出的中文词较少，生僻词可能没有。"};
  }
  return {"built_in",
          "Chinese words come from the built-in counts alone; rare ones may be missing.",
          "中文词只来自内置的词频，生僻词可能没有。"};
}

}  // namespace thaw::gaze
