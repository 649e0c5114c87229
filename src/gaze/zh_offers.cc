#include "gaze/zh_offers.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "gaze/tuning.h"
#include "gaze/zh_clauses.h"
#include "gaze/zh_marks.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kMostWords = 1000;   // words of the letters that are scored
constexpr std::size_t kMostExtended = 30;  // words from which phrases go on
constexpr std::size_t kMostPhrase = 4;     // words of a phrase
constexpr double kPartShare = 0.002;       // of offers that use only some of the letters

/// A word that fits the letters.
struct Fit {
  std::uint32_t reading;
  double weight;  // of its style of typing
  double probability = 0;
};

class Finder {
 public:
  Finder(const ZhModel& model, const ZhContext& context, std::string_view sentence,
         const TypedPinyin& typed)
      : model_(model), context_(context), sentence_(sentence), typed_(typed) {}

  Candidates run() {
    std::vector<Fit> fits = typed_.size() == 0 ? next_words() : words_of_letters();
    ZhClauses clauses;
    if (typed_.size() > 1) {
      clauses = zh_clauses(model_, context_, typed_);
    }
    double total = 1e-30;
    for (Fit& fit : fits) {
      const ZhLexicon::Reading& reading = lexicon().reading(fit.reading);
      fit.probability =
          model_.probability(context_, reading.word) * double(reading.share) * fit.weight;
      total += fit.probability;
    }
    for (ZhClause& clause : clauses.whole) {
      clause.probability *= tuning().style_several;
      total += clause.probability;
    }
    std::stable_sort(fits.begin(), fits.end(),
                     [](const Fit& a, const Fit& b) { return a.probability > b.probability; });
    add_words(fits, total);
    add_clauses(clauses, total);
    return {std::move(candidates_), typed_.size() == 0 ? 1 : total};
  }

 private:
  const ZhLexicon& lexicon() const { return model_.lexicon(); }

  std::vector<Fit> next_words() {
    std::vector<Fit> fits;
    std::vector<WordId> likely;
    model_.likely_next(context_, 0, likely);
    std::unordered_set<std::uint32_t> seen;
    for (const WordId word : likely) {
      const auto readings =
          word == kEnd ? std::vector<std::uint32_t>{} : lexicon().readings_of(word);
      if (!readings.empty() && seen.insert(readings[0]).second) {
        fits.push_back({readings[0], 1});
      }
    }
    for (const std::uint32_t place : lexicon().common()) {
      if (seen.insert(place).second) {
        fits.push_back({place, 1});
      }
    }
    return fits;
  }

  std::vector<Fit> words_of_letters() {
    std::vector<Fit> fits;
    std::unordered_set<std::uint32_t> seen;
    const auto try_reading = [&](std::uint32_t place, bool always) {
      const ZhLexicon::Reading& reading = lexicon().reading(place);
      const Syllable* syllables = lexicon().syllables(reading);
      const auto style = typed_.matches(syllables, reading.count);
      if (!style) {
        return;
      }
      const bool spelled_out =
          *style <= TypingStyle::kFull && typed_.spells_out(syllables, reading.count);
      if ((always || spelled_out || fits.size() < kMostWords) && seen.insert(place).second) {
        fits.push_back({place, style_weight(*style)});
      }
    };
    std::vector<WordId> likely;
    model_.likely_next(context_, 0, likely);
    for (const WordId word : likely) {
      for (const std::uint32_t place : lexicon().readings_of(word)) {
        try_reading(place, true);
      }
    }
    for (const std::uint32_t place : lexicon().starting_with(typed_.letters()[0])) {
      try_reading(place, false);
    }
    return fits;
  }

  void add_words(const std::vector<Fit>& fits, double total) {
    std::size_t extended = 0;
    for (const Fit& fit : fits) {
      const ZhLexicon::Reading& reading = lexicon().reading(fit.reading);
      const double p = fit.probability / total;
      const double left = letters_left(lexicon().syllables(reading), reading.count, typed_.size());
      Offer offer{{lexicon().as_word(reading)},
                  typed_.size() == 0 ? OfferSource::kNext : OfferSource::kWord,
                  typed_.size()};
      const double saves =
          std::max(1.0, letters_until_shown(p, tuning().bits_free, tuning().bits_a_letter, left));
      if (extended++ < kMostExtended && p > tuning().phrase_least) {
        extend(offer, model_.next(context_, reading.word), p, saves,
               sentence_ + offer.words[0].text);
      }
      const bool spelled_out =
          typed_.size() > 0 && typed_.spells_out(lexicon().syllables(reading), reading.count);
      add(std::move(offer), p, saves, spelled_out);
    }
  }

  void add_clauses(const ZhClauses& clauses, double total) {
    for (const ZhClause& clause : clauses.whole) {
      add(offer_of(clause), clause.probability / total, double(clause.readings.size()));
    }
    for (const ZhClause& clause : clauses.parts) {
      add(offer_of(clause), kPartShare * std::min(1.0, clause.probability / total), 0.5);
    }
  }

  Offer offer_of(const ZhClause& clause) const {
    Offer offer{
        {}, clause.readings.size() > 1 ? OfferSource::kClause : OfferSource::kWord, clause.letters};
    for (const std::uint32_t place : clause.readings) {
      offer.words.push_back(lexicon().as_word(lexicon().reading(place)));
    }
    return offer;
  }

  /// Adds what may follow `offer`, which has probability `p`: words and marks.
  void extend(const Offer& offer, const ZhContext& after, double p, double saves,
              const std::string& sentence) {
    add_marks(offer, after, p, saves, sentence);
    if (offer.words.size() >= kMostPhrase) {
      return;
    }
    std::vector<WordId> likely;
    model_.likely_next(after, tuning().phrase_least / p / 2, likely);
    std::sort(likely.begin(), likely.end());
    likely.erase(std::unique(likely.begin(), likely.end()), likely.end());
    for (const WordId word : likely) {
      if (word == kEnd || word == model_.comma()) {
        continue;
      }
      const double q = model_.probability(after, word);
      if (p * q < tuning().phrase_least) {
        continue;
      }
      Offer longer = offer;
      longer.words.push_back(lexicon().as_word(word));
      const double more = 1 + letters_until_shown(q, tuning().bits_free, tuning().bits_a_letter, 4);
      extend(longer, model_.next(after, word), p * q, saves + more,
             sentence + longer.words.back().text);
      add(std::move(longer), p * q, saves + more);
    }
  }

  void add_marks(const Offer& offer, const ZhContext& after, double p, double saves,
                 const std::string& sentence) {
    const double end = model_.probability(after, kEnd);
    const double question = question_share(sentence);
    const auto add_mark = [&](const char* mark, double q) {
      if (p * q >= tuning().phrase_least) {
        Offer marked = offer;
        marked.words.push_back({mark, ""});
        add(std::move(marked), p * q, saves + 1);
      }
    };
    add_mark("。", end * (1 - question));
    add_mark("？", end * question);
    if (model_.comma() != kNoWord) {
      add_mark("，", model_.probability(after, model_.comma()));
    }
  }

  void add(Offer offer, double p, double saves, bool spelled_out = false) {
    std::string text = text_of(offer.words);
    const auto [place, fresh] = place_.try_emplace(text, candidates_.size());
    if (!fresh) {  // the same text in other words: its chances add up
      Candidate& known = candidates_[place->second];
      if (known.offer.letters_used == offer.letters_used) {
        known.probability += p;
        known.saves = std::max(known.saves, saves);
        known.spelled_out |= spelled_out;
      }
      return;
    }
    candidates_.push_back({std::move(text), p, saves, std::move(offer), spelled_out});
  }

  const ZhModel& model_;
  const ZhContext& context_;
  std::string sentence_;
  const TypedPinyin& typed_;
  std::vector<Candidate> candidates_;
  std::unordered_map<std::string, std::size_t> place_;
};

}  // namespace

double style_weight(TypingStyle style) {
  switch (style) {
    case TypingStyle::kEither:
      return tuning().style_full + tuning().style_initials;
    case TypingStyle::kFull:
      return tuning().style_full;
    case TypingStyle::kInitials:
      return tuning().style_initials;
    case TypingStyle::kMixed:
      return tuning().style_mixed;
    case TypingStyle::kFuzzy:
      break;
  }
  return tuning().style_fuzzy;
}

double letters_left(const Syllable* syllables, std::size_t count, std::size_t typed) {
  const double all = static_cast<double>(count + spelling(syllables[count - 1]).size()) - 1;
  return std::max(0.0, all - static_cast<double>(typed));
}

Candidates zh_candidates(const ZhModel& model, const ZhContext& context, std::string_view sentence,
                         const TypedPinyin& typed) {
  return Finder(model, context, sentence, typed).run();
}

}  // namespace thaw::gaze
