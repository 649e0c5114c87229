#include "gaze/word_classes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace thaw::gaze {
namespace {

constexpr int kTurns = 6;
constexpr double kSmooth = 0.5;  // added to each pair of classes, shared by how common the class is

double term(double n) {
  return n > 1e-9 ? n * std::log(n) : 0;
}

}  // namespace

WordClasses::WordClasses(const NgramCounts& counts, std::size_t classes,
                         const std::vector<std::uint8_t>& kinds, double outside)
    : classes_(classes), knows_outside_(!kinds.empty()) {
  start(counts);
  for (int turn = 0; turn < kTurns && improve(counts); ++turn) {
  }
  estimate(counts, kinds, outside);
  after_ = {};
  before_ = {};
}

void WordClasses::start(const NgramCounts& counts) {
  const std::size_t n = counts.words.size();
  after_.resize(n);
  before_.resize(n);
  std::vector<double> weight(n, 0);
  for (WordId v = 0; v < n; ++v) {
    for (std::uint32_t i = counts.pair_begin[v]; i < counts.pair_begin[v + 1]; ++i) {
      const double count = counts.pairs[i].count;
      after_[v].push_back({counts.pairs[i].word, count});
      before_[counts.pairs[i].word].push_back({v, count});
      weight[v] += count;
      weight[counts.pairs[i].word] += count;
    }
  }
  // The commonest words begin alone, the rest together in the last class.
  std::vector<WordId> order(n);
  std::iota(order.begin(), order.end(), WordId{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](WordId a, WordId b) { return weight[a] > weight[b]; });
  class_.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    class_[order[i]] = static_cast<std::uint16_t>(std::min(i, classes_ - 1));
  }
  pair_.assign(classes_ * classes_, 0);
  left_.assign(classes_, 0);
  right_.assign(classes_, 0);
  for (WordId v = 0; v < n; ++v) {
    for (const Neighbour& next : after_[v]) {
      pair_[class_[v] * classes_ + class_[next.word]] += next.count;
      left_[class_[v]] += next.count;
      right_[class_[next.word]] += next.count;
    }
  }
}

bool WordClasses::improve(const NgramCounts& counts) {
  bool moved = false;
  std::vector<double> next(classes_);
  std::vector<double> last(classes_);
  for (WordId word = 2; word < counts.words.size(); ++word) {
    std::fill(next.begin(), next.end(), 0);
    std::fill(last.begin(), last.end(), 0);
    double begins = 0;
    double ends = 0;
    const std::size_t from = class_[word];
    // Pairs of the word with itself are left where they are: they are few.
    for (const Neighbour& one : after_[word]) {
      next[class_[one.word]] += one.word == word ? 0 : one.count;
      begins += one.word == word ? 0 : one.count;
    }
    for (const Neighbour& one : before_[word]) {
      last[class_[one.word]] += one.word == word ? 0 : one.count;
      ends += one.word == word ? 0 : one.count;
    }
    std::vector<std::size_t> touched;
    for (std::size_t c = 0; c < classes_; ++c) {
      if (next[c] > 0 || last[c] > 0) {
        touched.push_back(c);
      }
    }
    const auto apply = [&](std::size_t to, double sign) {
      for (const std::size_t c : touched) {
        pair_[to * classes_ + c] += sign * next[c];
        pair_[c * classes_ + to] += sign * last[c];
      }
      left_[to] += sign * begins;
      right_[to] += sign * ends;
    };
    apply(from, -1);
    double best = -1e300;
    std::size_t chosen = from;
    for (std::size_t to = 0; to < classes_; ++to) {
      double gain =
          term(left_[to]) - term(left_[to] + begins) + term(right_[to]) - term(right_[to] + ends);
      for (const std::size_t c : touched) {
        if (next[c] > 0) {
          const double n = pair_[to * classes_ + c];
          gain += term(n + next[c]) - term(n);
        }
        if (last[c] > 0) {
          const double n = pair_[c * classes_ + to];
          gain += term(n + last[c]) - term(n);
        }
      }
      if (gain > best + 1e-9) {
        best = gain;
        chosen = to;
      }
    }
    apply(chosen, 1);
    class_[word] = static_cast<std::uint16_t>(chosen);
    moved = moved || chosen != from;
  }
  return moved;
}

void WordClasses::estimate(const NgramCounts& counts, const std::vector<std::uint8_t>& kinds,
                           double outside) {
  // Counted anew, so that no rounding of the moves is left over. The last row is that of words
  // outside: what follows the words that were seen after one word only.
  std::vector<double> of_class(classes_, 0);
  std::vector<double> outside_of(classes_ * kKinds, 0);
  std::vector<double> weight(counts.words.size(), 0);
  const auto is_rare = [&](WordId word) {
    return knows_outside_ && kinds[word] != kNoKind && counts.words[word].followed == 1;
  };
  for (WordId word = 0; word < counts.words.size(); ++word) {
    weight[word] = counts.words[word].followed + (word == kBegin ? 0.0 : 0.1);
    of_class[class_[word]] += weight[word];
    if (is_rare(word)) {
      outside_of[class_[word] * kKinds + kinds[word]] += outside;
      of_class[class_[word]] += outside;
    }
  }
  pair_.assign((classes_ + 1) * classes_, 0);
  left_.assign(classes_ + 1, 0);
  right_.assign(classes_, 0);
  double total = 0;
  for (WordId v = 0; v < counts.words.size(); ++v) {
    for (const Neighbour& next : after_[v]) {
      const std::size_t to = class_[next.word];
      pair_[class_[v] * classes_ + to] += next.count;
      left_[class_[v]] += next.count;
      right_[to] += next.count;
      total += next.count;
      if (is_rare(v)) {
        pair_[classes_ * classes_ + to] += next.count;
        left_[classes_] += next.count;
      }
    }
  }
  outside_.assign((classes_ + 1) * kKinds, 0);
  for (std::size_t a = 0; a <= classes_; ++a) {
    for (std::size_t b = 0; b < classes_; ++b) {
      const double prior = total > 0 ? right_[b] / total : 0;
      pair_[a * classes_ + b] = (pair_[a * classes_ + b] + kSmooth * prior * double(classes_)) /
                                (left_[a] + kSmooth * double(classes_));
      for (std::size_t kind = 0; kind < kKinds && of_class[b] > 0; ++kind) {
        outside_[a * kKinds + kind] +=
            pair_[a * classes_ + b] * outside_of[b * kKinds + kind] / of_class[b];
      }
    }
  }
  for (WordId word = 0; word < counts.words.size(); ++word) {
    const double all = of_class[class_[word]];
    of_class_.push_back(all > 0 ? weight[word] / all : 0);
  }
}

std::size_t WordClasses::row(WordId last) const {
  return last < class_.size() ? class_[last] : classes_;
}

double WordClasses::probability(WordId last, WordId word) const {
  if ((last >= class_.size() && !knows_outside_) || word >= class_.size()) {
    return 0;
  }
  return pair_[row(last) * classes_ + class_[word]] * of_class_[word];
}

double WordClasses::outside(WordId last, std::size_t kind) const {
  return knows_outside_ ? outside_[row(last) * kKinds + kind] : 0;
}

}  // namespace thaw::gaze
