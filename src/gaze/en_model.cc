#include "gaze/en_model.h"

#include <algorithm>

#include "gaze/en_text.h"
#include "gaze/tuning.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kMostExtended = 30;
constexpr std::size_t kClasses = 80;
constexpr std::size_t kMostPhrase = 5;  // words and marks of a phrase

class Finder {
 public:
  Finder(const EnModel& model, bool begins_sentence, std::string_view typed)
      : model_(model), capital_(begins_sentence), typed_(typed) {}

  Candidates run(const NgramModel::Context& context) {
    std::vector<std::pair<WordId, double>> fits;
    double total = 1e-30;
    for (const WordId word : model_.starting_with(lowered(typed_))) {
      const double p = model_.probability(context, word);
      fits.emplace_back(word, p);
      total += p;
    }
    std::stable_sort(fits.begin(), fits.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::size_t extended = 0;
    for (const auto& [word, weight] : fits) {
      const double p = weight / total;
      const std::string& text = model_.counts().words()[word].text;
      const double left = double(text.size()) + 1 - double(typed_.size());
      const double saves = std::max(
          1.0, letters_until_shown(p, tuning().en_bits_free, tuning().en_bits_a_letter, left));
      Offer offer{{{capital_ ? capitalised(text) : text, ""}},
                  typed_.empty() ? OfferSource::kNext : OfferSource::kWord,
                  typed_.size()};
      if (extended++ < kMostExtended && p > tuning().en_phrase_least) {
        extend(offer, model_.counts().next(context, word), p, saves);
      }
      add(std::move(offer), p, saves);
    }
    return {std::move(found_), typed_.empty() ? 1 : total};
  }

 private:
  void extend(const Offer& offer, const NgramModel::Context& after, double p, double saves) {
    std::vector<WordId> next;
    model_.counts().followers(after, tuning().en_phrase_least / p, next);
    std::sort(next.begin(), next.end());
    next.erase(std::unique(next.begin(), next.end()), next.end());
    for (const WordId word : next) {
      if (word == kEnd) {
        continue;
      }
      const double q = model_.probability(after, word);
      if (p * q < tuning().en_phrase_least) {
        continue;
      }
      Offer longer = offer;
      longer.words.push_back({model_.counts().words()[word].text, ""});
      const std::string& text = longer.words.back().text;
      const double more = model_.is_word(word) ? 1 + letters_until_shown(q, tuning().en_bits_free,
                                                                         tuning().en_bits_a_letter,
                                                                         double(text.size()))
                                               : 1;
      if (longer.words.size() < kMostPhrase && !ends_sentence(text)) {
        extend(longer, model_.counts().next(after, word), p * q, saves + more);
      }
      add(std::move(longer), p * q, saves + more);
    }
  }

  void add(Offer offer, double p, double saves) {
    std::string text =
        text_of(offer.words) + (model_.is_word(model_.find(offer.words.back().text)) ? " " : "");
    found_.push_back({std::move(text), p, saves, std::move(offer)});
  }

  const EnModel& model_;
  bool capital_;
  std::string_view typed_;
  std::vector<Candidate> found_;
};

}  // namespace

EnModel::EnModel(NgramCounts counts) : classes_(counts, kClasses), counts_(std::move(counts)) {
  for (WordId w = 0; w < counts_.size(); ++w) {
    const std::string& text = counts_.words()[w].text;
    is_word_.push_back(w > kEnd && (is_en_word(text) || (text[0] >= '0' && text[0] <= '9')));
    if (w > kEnd) {
      by_letters_.emplace(lowered(text), w);
      if (is_word_.back()) {
        sorted_.emplace_back(lowered(text), w);
      }
    }
  }
  is_word_.push_back(true);  // a word outside
  std::sort(sorted_.begin(), sorted_.end());
}

double EnModel::probability(const NgramModel::Context& context, WordId word) const {
  const double share =
      context.pair == UINT32_MAX ? tuning().en_classes_pair : tuning().en_classes_triple;
  return (1 - share) * counts_.probability(context, word) +
         share * classes_.probability(context.last, word);
}

WordId EnModel::find(std::string_view word) const {
  const auto found = by_letters_.find(lowered(word));
  return found == by_letters_.end() ? static_cast<WordId>(counts_.size()) : found->second;
}

NgramModel::Context EnModel::context(std::string_view text) const {
  auto context = counts_.context(kBegin, kBegin);
  for (const std::string& piece : en_pieces(text)) {
    context =
        ends_sentence(piece) ? counts_.context(kBegin, kBegin) : counts_.next(context, find(piece));
  }
  return context;
}

std::vector<WordId> EnModel::starting_with(std::string_view letters) const {
  std::vector<WordId> found;
  auto place = std::lower_bound(
      sorted_.begin(), sorted_.end(), letters,
      [](const auto& one, std::string_view other) { return std::string_view(one.first) < other; });
  for (; place != sorted_.end() && place->first.starts_with(letters); ++place) {
    found.push_back(place->second);
  }
  return found;
}

Candidates en_candidates(const EnModel& model, const NgramModel::Context& context,
                         bool begins_sentence, std::string_view typed) {
  return Finder(model, begins_sentence, typed).run(context);
}

}  // namespace thaw::gaze
