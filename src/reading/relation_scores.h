// How right asserted relations are: precision, recall, F1, sign, with intervals over documents.
//
// An asserted pair is right when the corpus gives it a signed relation (whatever the sign); the
// sign's accuracy is over the right ones; the strict figures count a wrong sign as wrong.
// Intervals: percentile bootstrap over documents (Efron 1979), seeded. Checked by
// relation_scores_test.cc: counts by hand, and equality with the formulas.
#pragma once

#include <cstdint>
#include <vector>

namespace thaw::reading {

/// One pair of things of one document, judged; or a relation of the corpus that no pair stood for.
struct JudgedPair {
  std::size_t document = 0;
  double probability = 0;  // of a signed relation with the likelier sign; -1: never asserted
  bool says_raises = false;
  double related = 0;  // probability of any relation
  bool gold_signed = false, gold_raises = false, gold_related = false;
  bool type_right = false;  // that the likeliest type of relation is the corpus' own
};

struct Estimate {
  double value = 0, low = 0, high = 0;  // 95 %
};

struct RelationScores {
  double threshold = 0;
  std::size_t asserted = 0, right = 0, gold = 0;
  Estimate precision, recall, f1, sign_accuracy;
  Estimate strict_precision, strict_recall, strict_f1;  // a wrong sign is wrong
};

/// Scores of what is asserted at `threshold`. Without a pair a share is 0.
RelationScores relation_scores(const std::vector<JudgedPair>& pairs, double threshold,
                               std::uint64_t seed, int resamples = 1000);

/// Scores of any relation at all, asserted where `related` is at least `threshold`; the strict
/// figures want the type right too.
RelationScores any_relation_scores(const std::vector<JudgedPair>& pairs, double threshold,
                                   std::uint64_t seed, int resamples = 1000);

/// The threshold with the best F1, and the lowest above which strict precision stays at least
/// `precision` at every higher threshold with 30 or more asserted (1 when there is none).
double best_f1_threshold(const std::vector<JudgedPair>& pairs);
double threshold_for_precision(const std::vector<JudgedPair>& pairs, double precision);

}  // namespace thaw::reading
