#include "gaze/ngram_model.h"

#include <algorithm>

namespace thaw::gaze {
namespace {

double discount(const NgramCounts::Discounts& discounts, std::uint32_t count) {
  return count == 0 ? 0 : discounts[std::min<std::uint32_t>(count, 3) - 1];
}

/// `count` less its discount, or 0 when `word` is not among the followers.
double kept(const std::vector<Follower>& all, std::uint32_t begin, std::uint32_t end, WordId word,
            const NgramCounts::Discounts& discounts) {
  const auto place =
      std::lower_bound(all.begin() + begin, all.begin() + end, word,
                       [](const Follower& one, WordId other) { return one.word < other; });
  if (place == all.begin() + end || place->word != word) {
    return 0;
  }
  return std::max(0.0, place->count - discount(discounts, place->count));
}

}  // namespace

NgramModel::NgramModel(NgramCounts counts, double outside) : counts_(std::move(counts)) {
  const std::size_t n = counts_.words.size();
  double total = 0;
  double left = 0;
  for (const VocabularyWord& word : counts_.words) {
    total += word.followed;
    left += std::min<double>(word.followed, discount(counts_.discounts[0], word.followed));
  }
  // kBegin never follows: its share is that of all words outside.
  const double spread = total > 0 ? left / total : 1;
  const bool given = outside > 0 && n > 1;
  const double uniform = given ? spread * (1 - outside) / double(n - 1) : spread / double(n);
  unknown_ = given ? spread * outside : uniform;
  for (const VocabularyWord& word : counts_.words) {
    const double less = word.followed - discount(counts_.discounts[0], word.followed);
    single_.push_back((total > 0 ? std::max(0.0, less) / total : 0) + uniform);
  }
  single_[kBegin] = 0;
  for (std::size_t w = 0; w < n; ++w) {
    double sum = 0;
    double keeps = 0;
    for (std::uint32_t i = counts_.pair_begin[w]; i < counts_.pair_begin[w + 1]; ++i) {
      sum += counts_.pairs[i].count;
      keeps += counts_.pairs[i].count - discount(counts_.discounts[1], counts_.pairs[i].count);
    }
    pair_total_.push_back(sum);
    pair_rest_.push_back(sum > 0 ? 1 - keeps / sum : 1);
  }
  for (std::size_t pair = 0; pair < counts_.pairs.size(); ++pair) {
    double keeps = 0;
    for (std::uint32_t i = counts_.triple_begin[pair]; i < counts_.triple_begin[pair + 1]; ++i) {
      keeps += counts_.triples[i].count - discount(counts_.discounts[2], counts_.triples[i].count);
    }
    const double sum = counts_.triple_total[pair];
    triple_rest_.push_back(static_cast<float>(sum > 0 ? 1 - keeps / sum : 1));
  }
}

NgramModel::Context NgramModel::context(WordId before_last, WordId last) const {
  Context found{before_last, last, UINT32_MAX};
  if (before_last >= size() || last >= size()) {
    return found;
  }
  const auto begin = counts_.pairs.begin() + counts_.pair_begin[before_last];
  const auto end = counts_.pairs.begin() + counts_.pair_begin[before_last + 1];
  const auto place = std::lower_bound(
      begin, end, last, [](const Follower& one, WordId other) { return one.word < other; });
  if (place != end && place->word == last) {
    const auto pair = static_cast<std::uint32_t>(place - counts_.pairs.begin());
    if (counts_.triple_total[pair] > 0) {
      found.pair = pair;
    }
  }
  return found;
}

double NgramModel::given_last(WordId last, WordId word) const {
  const double alone = word < size() ? single_[word] : unknown_;
  if (last >= size() || pair_total_[last] <= 0) {
    return alone;
  }
  return kept(counts_.pairs, counts_.pair_begin[last], counts_.pair_begin[last + 1], word,
              counts_.discounts[1]) /
             pair_total_[last] +
         pair_rest_[last] * alone;
}

double NgramModel::probability(const Context& context, WordId word) const {
  const double lower = given_last(context.last, word);
  if (context.pair == UINT32_MAX) {
    return lower;
  }
  return kept(counts_.triples, counts_.triple_begin[context.pair],
              counts_.triple_begin[context.pair + 1], word, counts_.discounts[2]) /
             counts_.triple_total[context.pair] +
         triple_rest_[context.pair] * lower;
}

double NgramModel::unknown(const Context& context) const {
  return probability(context, static_cast<WordId>(size()));
}

void NgramModel::followers(const Context& context, double least, std::vector<WordId>& out) const {
  if (context.pair != UINT32_MAX) {
    const double enough = least * counts_.triple_total[context.pair];
    for (std::uint32_t i = counts_.triple_begin[context.pair];
         i < counts_.triple_begin[context.pair + 1]; ++i) {
      if (counts_.triples[i].count >= enough) {
        out.push_back(counts_.triples[i].word);
      }
    }
  }
  if (context.last < size()) {
    const double enough = least * pair_total_[context.last];
    for (std::uint32_t i = counts_.pair_begin[context.last];
         i < counts_.pair_begin[context.last + 1]; ++i) {
      if (counts_.pairs[i].count >= enough) {
        out.push_back(counts_.pairs[i].word);
      }
    }
  }
}

}  // namespace thaw::gaze
