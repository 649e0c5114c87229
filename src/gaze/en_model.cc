#include "gaze/en_model.h"

#include <algorithm>

#include "gaze/en_text.h"
#include "gaze/tuning.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kMostExtended = 30;
constexpr std::size_t kClasses = 80;
constexpr std::size_t kMostPhrase = 5;    // words and marks of a phrase
constexpr std::size_t kMostListed = 200;  // listed words that are offered
constexpr std::uint8_t kName = 9;

/// What an ending tells of where a word stands; names are a kind of their own.
std::uint8_t kind_of(std::string_view word) {
  if (word[0] >= 'A' && word[0] <= 'Z') {
    return kName;
  }
  static constexpr std::pair<std::string_view, std::uint8_t> kEndings[] = {
      {"ing", 1},  {"ed", 2},   {"ly", 4},   {"er", 5},   {"or", 5},  {"ist", 5},
      {"tion", 6}, {"ment", 6}, {"ness", 6}, {"ity", 6},  {"nce", 6}, {"ism", 6},
      {"ous", 7},  {"ful", 7},  {"ive", 7},  {"able", 7}, {"al", 7},  {"ic", 7},
      {"less", 7}, {"est", 8},  {"ss", 0},   {"us", 0},   {"is", 0},  {"s", 3}};
  for (const auto& [ending, kind] : kEndings) {
    if (word.size() > ending.size() + 1 && word.ends_with(ending)) {
      return kind;
    }
  }
  return 0;
}

std::vector<std::uint8_t> kinds_of(const NgramCounts& counts) {
  std::vector<std::uint8_t> kinds;
  for (WordId w = 0; w < counts.words.size() && !counts.listed.groups.empty(); ++w) {
    const std::string& text = counts.words[w].text;
    kinds.push_back(w > kEnd && is_en_word(text) ? kind_of(text) : WordClasses::kNoKind);
  }
  return kinds;
}

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
    if (!typed_.empty()) {  // no listed word is likely enough to be shown without a letter
      const auto listed = model_.listed_starting_with(lowered(typed_), context, kMostListed);
      for (const EnModel::Listed& one : listed.likeliest) {
        fits.emplace_back(one.word, one.probability);
      }
      total += listed.mass;
    }
    std::stable_sort(fits.begin(), fits.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::size_t extended = 0;
    for (const auto& [word, weight] : fits) {
      const double p = weight / total;
      const std::string& text = model_.text(word);
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

EnModel::EnModel(NgramCounts counts)
    : kinds_(kinds_of(counts)),
      classes_(counts, kClasses, kinds_, tuning().en_outside_class),
      counts_(std::move(counts), kinds_.empty() ? 0 : tuning().en_outside) {
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
  std::sort(sorted_.begin(), sorted_.end());
  list_words();
}

void EnModel::list_words() {
  double once = counts_.listed().unlisted_once;
  for (const ListedGroup& group : counts_.listed().groups) {
    once += group.seen_once;
  }
  std::array<double, WordClasses::kKinds> of_kind{};
  for (const ListedGroup& group : counts_.listed().groups) {
    // One seen in no group would make its words impossible: half of one at least.
    const double seen = std::max<double>(group.seen_once, 0.5);
    const double share = seen / (seen + double(group.words.size())) / std::max(once, 1.0) * 0.99;
    for (const std::string& word : group.words) {
      listed_.push_back({word, static_cast<float>(share), 0, kind_of(word)});
      of_kind[listed_.back().kind] += double(listed_.back().of_counts);
      unlisted_ -= double(listed_.back().of_counts);
    }
  }
  std::sort(listed_.begin(), listed_.end(),
            [](const ListedWord& a, const ListedWord& b) { return a.text < b.text; });
  unlisted_of_kind_.fill(1);
  for (ListedWord& word : listed_) {
    word.of_kind = static_cast<float>(word.of_counts / of_kind[word.kind] * (1 - unlisted_));
    unlisted_of_kind_[word.kind] -= double(word.of_kind);
  }
}

double EnModel::class_share(const NgramModel::Context& context) const {
  if (context.last >= counts_.size()) {
    return kinds_.empty() ? 0 : tuning().en_classes_unknown;
  }
  return context.pair == UINT32_MAX ? tuning().en_classes_pair : tuning().en_classes_triple;
}

double EnModel::listed_probability(const NgramModel::Context& context,
                                   const ListedWord& word) const {
  const double share = class_share(context);
  return (1 - share) * counts_.unknown(context) * double(word.of_counts) +
         share * classes_.outside(context.last, word.kind) * double(word.of_kind);
}

EnModel::ListedFound EnModel::listed_starting_with(std::string_view letters,
                                                   const NgramModel::Context& context,
                                                   std::size_t most) const {
  const double share = class_share(context);
  const double outside = (1 - share) * counts_.unknown(context);
  std::array<double, WordClasses::kKinds> of_kind{};
  for (std::size_t kind = 0; kind < of_kind.size(); ++kind) {
    of_kind[kind] = share * classes_.outside(context.last, kind);
  }
  ListedFound found;
  auto place = std::lower_bound(
      listed_.begin(), listed_.end(), letters,
      [](const ListedWord& one, std::string_view other) { return one.text < other; });
  for (; place != listed_.end() && place->text.starts_with(letters); ++place) {
    const double p =
        outside * double(place->of_counts) + of_kind[place->kind] * double(place->of_kind);
    found.likeliest.push_back(
        {static_cast<WordId>(counts_.size() + 1 + std::size_t(place - listed_.begin())), p});
    found.mass += p;
  }
  const auto likelier = [](const Listed& a, const Listed& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.word < b.word;
  };
  const auto kept = static_cast<std::ptrdiff_t>(std::min(most, found.likeliest.size()));
  std::partial_sort(found.likeliest.begin(), found.likeliest.begin() + kept, found.likeliest.end(),
                    likelier);
  found.likeliest.resize(static_cast<std::size_t>(kept));
  return found;
}

double EnModel::probability(const NgramModel::Context& context, WordId word) const {
  if (word > counts_.size()) {
    return listed_probability(context, listed_[word - counts_.size() - 1]);
  }
  const double share = class_share(context);
  if (word < counts_.size()) {
    return (1 - share) * counts_.probability(context, word) +
           share * classes_.probability(context.last, word);
  }
  double p = (1 - share) * counts_.unknown(context) * unlisted_;
  for (std::size_t kind = 0; kind < WordClasses::kKinds; ++kind) {
    p += share * classes_.outside(context.last, kind) * unlisted_of_kind_[kind];
  }
  return p;
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
