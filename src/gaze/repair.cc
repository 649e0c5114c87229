#include "gaze/repair.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

#include "gaze/en_text.h"
#include "gaze/pinyin.h"
#include "gaze/utf8.h"
#include "gaze/zh_text.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kMostOfKind = 400;  // words of one kind that are scored

/// A word that could stand there: how close its sound is, and how well it fits.
struct Choice {
  int kind;  // 0 homophone, 1 sounds alike, 2 same first letters, 3 other
  double fit;
  Word word;
};

std::vector<Offer> best(std::vector<Choice> choices, const RepairRequest& request) {
  std::stable_sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) {
    return a.kind != b.kind ? a.kind < b.kind : a.fit > b.fit;
  });
  std::vector<Offer> offers;
  std::unordered_set<std::string> seen{request.word.text};
  const auto add = [&](const Choice& choice) {
    if (offers.size() < request.offers && seen.insert(choice.word.text).second) {
      offers.push_back({{choice.word}, OfferSource::kWord, 0});
    }
  };
  // One place of the offers is kept for a word of another sound, when there are several.
  const auto other = std::find_if(choices.begin(), choices.end(), [&](const Choice& choice) {
    return choice.kind == 3 && choice.word.text != request.word.text;
  });
  for (const Choice& choice : choices) {
    if (request.offers > 2 && other != choices.end() && offers.size() + 1 == request.offers) {
      add(*other);
    }
    add(choice);
  }
  return offers;
}

class ZhRepair {
 public:
  ZhRepair(const ZhModel& model, const RepairRequest& request)
      : model_(model),
        request_(request),
        context_(zh_context(
            model, std::string_view(request.before).substr(last_sentence(request.before)))) {
    const auto after = zh_pieces(request.after);
    if (!after.empty() && after[0].kind == ZhPiece::Kind::kHanzi) {
      std::string_view text = after[0].text;
      while (utf8_length(text) > 12) {
        text = text.substr(0, text.size() - 3);
      }
      next_ = model.cut(text, model.begin()).front().word;
    } else {
      next_ = after.empty() ? kEnd : model.comma();
    }
  }

  std::vector<Offer> run() {
    const auto sound = own_sound();
    if (!sound.empty()) {
      add_alike(sound);
    }
    std::vector<WordId> likely;
    model_.likely_next(context_, 0, likely);
    for (const WordId word : likely) {
      if (word != kEnd && !model_.lexicon().readings_of(word).empty()) {
        add(3, model_.lexicon().as_word(word), word, 1);
      }
    }
    return best(std::move(choices_), request_);
  }

 private:
  std::vector<Syllable> own_sound() const {
    if (auto given = syllables_of(request_.word.pinyin)) {
      return *given;
    }
    const WordId word = model_.lexicon().find(request_.word.text);
    if (word == kNoWord || model_.lexicon().readings_of(word).empty()) {
      return {};
    }
    return *syllables_of(model_.lexicon().as_word(word).pinyin);
  }

  void add_alike(const std::vector<Syllable>& sound) {
    std::string full;
    std::string initials;
    for (const Syllable syllable : sound) {
      full += full.empty() ? "" : "'";
      full += spelling(syllable);
      initials += spelling(syllable)[0];
    }
    const TypedPinyin spelled(full, true);
    const TypedPinyin first(initials);
    std::array<std::size_t, 3> found{};
    for (const char letter : {full[0], full[0] == 'l' ? 'n' : 'l'}) {
      if (letter != full[0] && full[0] != 'l' && full[0] != 'n') {
        continue;
      }
      for (const std::uint32_t place : model_.lexicon().starting_with(letter)) {
        const ZhLexicon::Reading& reading = model_.lexicon().reading(place);
        const Syllable* syllables = model_.lexicon().syllables(reading);
        if (reading.count != sound.size()) {
          continue;
        }
        const bool same = std::equal(sound.begin(), sound.end(), syllables);
        const int kind = same                                        ? 0
                         : spelled.matches(syllables, reading.count) ? 1
                         : first.matches(syllables, reading.count)   ? 2
                                                                     : 3;
        if (kind < 3 && found[static_cast<std::size_t>(kind)]++ < kMostOfKind) {
          add(kind, model_.lexicon().as_word(reading), reading.word, double(reading.share));
        }
      }
    }
  }

  void add(int kind, Word word, WordId id, double share) {
    const double here = model_.probability(context_, id) * share;
    const double then = next_ == kNoWord ? 1 : model_.probability(model_.next(context_, id), next_);
    choices_.push_back({kind, std::log(here + 1e-12) + std::log(then + 1e-12), std::move(word)});
  }

  const ZhModel& model_;
  const RepairRequest& request_;
  ZhContext context_;
  WordId next_ = kNoWord;
  std::vector<Choice> choices_;
};

/// Letters to change, at most one kept cheap: equal but for one letter put in, left out or changed.
bool one_letter_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) {
    std::swap(a, b);
  }
  if (b.size() - a.size() > 1) {
    return false;
  }
  std::size_t front = 0;
  while (front < a.size() && a[front] == b[front]) {
    ++front;
  }
  return a.substr(front + (a.size() == b.size() && front < a.size() ? 1 : 0)) ==
         b.substr(std::min(b.size(), front + 1));
}

}  // namespace

std::vector<Offer> zh_repair(const ZhModel& model, const RepairRequest& request) {
  return ZhRepair(model, request).run();
}

std::vector<Offer> en_repair(const EnModel& model, const RepairRequest& request) {
  const auto context = model.context(request.before);
  const auto after = en_pieces(request.after);
  const WordId next = after.empty() ? kEnd : model.find(after[0]);
  const std::string word = lowered(request.word.text);
  const bool capital =
      en_pieces(std::string_view(request.before).substr(last_sentence(request.before))).empty();
  std::vector<Choice> choices;
  for (const WordId id : model.starting_with("")) {
    const std::string& text = model.counts().words()[id].text;
    const std::string low = lowered(text);
    const bool alike = one_letter_apart(low, word) || (low.size() > 3 && word.starts_with(low)) ||
                       (word.size() > 3 && low.starts_with(word));
    const int kind = alike ? 1 : !word.empty() && low[0] == word[0] ? 2 : 3;
    const double here = model.probability(context, id);
    const double then = model.probability(model.counts().next(context, id), next);
    choices.push_back({kind,
                       std::log(here + 1e-12) + std::log(then + 1e-12),
                       {capital ? capitalised(text) : text, ""}});
  }
  return best(std::move(choices), request);
}

}  // namespace thaw::gaze
