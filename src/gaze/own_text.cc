#include "gaze/own_text.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "gaze/en_text.h"
#include "gaze/tuning.h"

namespace thaw::gaze {
namespace {

constexpr double kHalfLife = 30.0 * 86400;
constexpr std::size_t kMostAgreeing = 4;  // words before, the sentence's beginning counted as one
constexpr std::uint32_t kNever = UINT32_MAX;
constexpr std::size_t kMostPlaces = 1000;  // after one word: the latest
constexpr std::size_t kMostUnlike = 200;   // sentences looked at where no word before agrees
constexpr double kPhraseWeight = 0.3;      // of a phrase of the bank beside a sentence said now

bool is_mark(const std::string& text) {
  return !text.empty() &&
         (ends_sentence(text) || text == "，" || text == "," || text == "；" || text == ";");
}

/// How many words before `place` agree with the end of `before`; the two beginnings agree as well.
std::size_t agreeing(const std::vector<std::uint32_t>& ids, std::size_t place,
                     const std::vector<std::uint32_t>& before) {
  std::size_t same = 0;
  while (same < kMostAgreeing && same < place && same < before.size() &&
         ids[place - 1 - same] == before[before.size() - 1 - same]) {
    ++same;
  }
  if (same < kMostAgreeing && same == place && same == before.size()) {
    ++same;
  }
  return same;
}

}  // namespace

std::uint32_t OwnText::id_of(const std::string& text) {
  return ids_.try_emplace(lowered(text), static_cast<std::uint32_t>(ids_.size())).first->second;
}

std::uint32_t OwnText::known_id(const std::string& text) const {
  const auto found = ids_.find(lowered(text));
  return found == ids_.end() ? kNever : found->second;
}

double OwnText::recency(const Sentence& sentence) const {
  if (sentence.phrase) {
    return kPhraseWeight;
  }
  return std::exp2(-static_cast<double>(latest_s_ - sentence.at_s) / kHalfLife);
}

void OwnText::learn(const Said& said) {
  Sentence one{said.language, said.words, {}, said.at_s, false};
  if (one.words.size() > kMostWords) {
    one.words.resize(kMostWords);
  }
  for (const Word& word : one.words) {
    one.ids.push_back(id_of(word.text));
  }
  latest_s_ = sentences_.empty() ? said.at_s : std::max(latest_s_, said.at_s);
  if (!one.words.empty()) {
    auto& after = after_[one.language == Language::kChinese ? 0 : 1];
    for (std::size_t at = 0; at < one.ids.size(); ++at) {
      after[at == 0 ? kNever : one.ids[at - 1]].push_back(
          {static_cast<std::uint32_t>(sentences_.size()), static_cast<std::uint32_t>(at)});
    }
    sentences_.push_back(std::move(one));
  }
  if (sentences_.size() - first_ > kMostSentences) {
    ++first_;
  }
}

void OwnText::add_phrase(const Phrase& phrase) {
  learn({phrase.language, phrase.words, latest_s_});
  if (!sentences_.empty()) {
    sentences_.back().phrase = true;
  }
}

void OwnText::visit(Language language, const std::vector<std::uint32_t>& before,
                    const Visit& visit) const {
  const std::uint32_t last = before.empty() ? kNever : before.back();
  const auto& after = after_[language == Language::kChinese ? 0 : 1];
  // A word never said is in no list, and is told from the beginning by `before`.
  const auto found = !before.empty() && last == kNever ? after.end() : after.find(last);
  if (found != after.end()) {
    const auto& places = found->second;
    for (std::size_t i = places.size() - std::min(places.size(), kMostPlaces); i < places.size();
         ++i) {
      const Sentence& sentence = sentences_[places[i].sentence];
      if (places[i].sentence >= first_ && (!sentence.phrase || places[i].at == 0)) {
        visit(sentence, places[i].at, agreeing(sentence.ids, places[i].at, before));
      }
    }
  }
  std::size_t looked = 0;
  for (std::size_t s = sentences_.size(); s-- > first_ && looked < kMostUnlike;) {
    const Sentence& sentence = sentences_[s];
    if (sentence.language != language || sentence.phrase) {
      continue;
    }
    ++looked;
    for (std::size_t at = 0; at < sentence.words.size(); ++at) {
      if (agreeing(sentence.ids, at, before) == 0) {
        visit(sentence, at, 0);
      }
    }
  }
}

OwnText::Found OwnText::find(Language language, const std::vector<Word>& before,
                             const Fits& fits) const {
  std::vector<std::uint32_t> ids;
  for (const Word& word : before) {
    ids.push_back(known_id(word.text));
  }
  struct Spoken {
    const Sentence* sentence;
    std::size_t at;
    std::size_t same;
    double weight;
  };
  std::vector<Spoken> places;
  std::array<double, kMostAgreeing + 1> all{};  // weight of places by words that agree
  visit(language, ids, [&](const Sentence& sentence, std::size_t at, std::size_t same) {
    const double weight = recency(sentence);
    all[same] += weight;
    places.push_back({&sentence, at, same, weight});
  });
  Found found;
  // Each length of agreement speaks with a share of what the longer ones leave over.
  double left = 1;
  std::array<double, kMostAgreeing + 1> share{};
  for (std::size_t same = kMostAgreeing + 1; same-- > 0;) {
    if (all[same] > 0) {
      const double trust =
          tuning().own_trust[same] * all[same] / (all[same] + tuning().own_prior[same]);
      share[same] = left * trust;
      left -= share[same];
    }
  }
  found.share = 1 - left;
  std::unordered_map<std::string, std::size_t> known;
  for (const Spoken& place : places) {
    const Fit fit = fits(place.sentence->words, place.at);
    if (fit.weight <= 0 || share[place.same] <= 0) {
      continue;
    }
    const double p = share[place.same] * place.weight / all[place.same] / found.share * fit.weight;
    found.mass += p;
    const auto& words = place.sentence->words;
    Offer offer{{}, place.sentence->phrase ? OfferSource::kPhrase : OfferSource::kHistory, 0};
    double saves = 0;
    // Letters of several words agree as words do.
    const std::size_t sure =
        std::min(kMostAgreeing, place.same + (fit.words > 0 ? fit.words - 1 : 0));
    for (std::size_t i = place.at; i < words.size(); ++i) {
      offer.words.push_back(words[i]);
      saves += is_mark(words[i].text) ? 1 : i == place.at ? 1 : tuning().own_word_saves;
      // The next words one by one, then up to each mark.
      const bool stop = i < place.at + 2 || i + 1 == words.size() || is_mark(words[i].text) ||
                        is_mark(words[i + 1].text);
      if (!stop || (i == place.at && is_mark(words[i].text))) {
        continue;
      }
      // Longer pieces of a place that agrees little are unlikely to be wanted whole.
      const double whole =
          i == place.at ? 1 : std::pow(tuning().own_goes_on[sure], double(i - place.at));
      std::string text = text_of(offer.words);
      const auto [at, fresh] = known.try_emplace(text, found.candidates.size());
      if (fresh) {
        found.candidates.push_back({std::move(text), p * whole, saves, offer});
      } else {
        found.candidates[at->second].probability += p * whole;
      }
    }
  }
  return found;
}

}  // namespace thaw::gaze
