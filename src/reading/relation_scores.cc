#include "reading/relation_scores.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "base/random.h"

namespace thaw::reading {
namespace {

/// What one document adds.
struct Counts {
  double asserted = 0, right = 0, right_sign = 0, gold = 0;

  void add(const Counts& other) {
    asserted += other.asserted;
    right += other.right;
    right_sign += other.right_sign;
    gold += other.gold;
  }
};

double share(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}
double f1_of(double precision, double recall) {
  return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

constexpr std::size_t kFigures = 7;
std::array<double, kFigures> figures(const Counts& c) {
  const double p = share(c.right, c.asserted);
  const double r = share(c.right, c.gold);
  const double sp = share(c.right_sign, c.asserted);
  const double sr = share(c.right_sign, c.gold);
  return {p, r, f1_of(p, r), share(c.right_sign, c.right), sp, sr, f1_of(sp, sr)};
}

RelationScores scores_of(const std::vector<Counts>& documents, double threshold, std::uint64_t seed,
                         int resamples) {
  Counts all;
  for (const Counts& c : documents) {
    all.add(c);
  }
  std::array<std::vector<double>, kFigures> drawn;
  for (int b = 0; b < resamples && !documents.empty(); ++b) {
    Random random(seed, static_cast<std::uint64_t>(b));
    Counts sample;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      sample.add(documents[random.index(documents.size())]);
    }
    const auto x = figures(sample);
    for (std::size_t f = 0; f < kFigures; ++f) {
      drawn[f].push_back(x[f]);
    }
  }
  RelationScores out;
  out.threshold = threshold;
  out.asserted = static_cast<std::size_t>(all.asserted);
  out.right = static_cast<std::size_t>(all.right);
  out.gold = static_cast<std::size_t>(all.gold);
  const std::array<Estimate*, kFigures> into = {
      &out.precision,        &out.recall,        &out.f1,       &out.sign_accuracy,
      &out.strict_precision, &out.strict_recall, &out.strict_f1};
  const auto values = figures(all);
  for (std::size_t f = 0; f < kFigures; ++f) {
    auto& x = drawn[f];
    std::ranges::sort(x);
    *into[f] = {values[f], values[f], values[f]};
    if (!x.empty()) {
      into[f]->low = x[x.size() * 25 / 1000];
      into[f]->high = x[std::min(x.size() - 1, x.size() * 975 / 1000)];
    }
  }
  return out;
}

using Tell = std::function<void(const JudgedPair&, Counts&)>;

std::vector<Counts> by_document(const std::vector<JudgedPair>& pairs, const Tell& tell) {
  std::vector<Counts> out;
  for (const JudgedPair& pair : pairs) {
    out.resize(std::max(out.size(), pair.document + 1));
    tell(pair, out[pair.document]);
  }
  return out;
}

}  // namespace

RelationScores relation_scores(const std::vector<JudgedPair>& pairs, double threshold,
                               std::uint64_t seed, int resamples) {
  const auto tell = [threshold](const JudgedPair& pair, Counts& c) {
    c.gold += pair.gold_signed ? 1 : 0;
    if (pair.probability >= threshold) {
      c.asserted += 1;
      c.right += pair.gold_signed ? 1 : 0;
      c.right_sign += pair.gold_signed && pair.says_raises == pair.gold_raises ? 1 : 0;
    }
  };
  return scores_of(by_document(pairs, tell), threshold, seed, resamples);
}

RelationScores any_relation_scores(const std::vector<JudgedPair>& pairs, double threshold,
                                   std::uint64_t seed, int resamples) {
  const auto tell = [threshold](const JudgedPair& pair, Counts& c) {
    c.gold += pair.gold_related ? 1 : 0;
    if (pair.related >= threshold) {
      c.asserted += 1;
      c.right += pair.gold_related ? 1 : 0;
      c.right_sign += pair.gold_related && pair.type_right ? 1 : 0;
    }
  };
  return scores_of(by_document(pairs, tell), threshold, seed, resamples);
}

double best_f1_threshold(const std::vector<JudgedPair>& pairs) {
  double best = 0.5;
  double best_f1 = -1;
  for (int i = 1; i < 100; ++i) {
    const double threshold = 0.01 * i;
    const double f1 = relation_scores(pairs, threshold, 1, 0).f1.value;
    if (f1 > best_f1) {
      best_f1 = f1;
      best = threshold;
    }
  }
  return best;
}

double threshold_for_precision(const std::vector<JudgedPair>& pairs, double precision) {
  double lowest = 1;
  for (int i = 99; i > 0; --i) {
    const double threshold = 0.01 * i;
    const auto scores = relation_scores(pairs, threshold, 1, 0);
    if (scores.asserted >= 30 && scores.strict_precision.value < precision) {
      break;
    }
    if (scores.asserted >= 30) {
      lowest = threshold;
    }
  }
  return lowest;
}

}  // namespace thaw::reading
