#include "reading/mention_scores.h"

namespace thaw::reading {

MentionScores mention_scores(const std::vector<MentionCounts>& documents, std::uint64_t seed) {
  // As asserted pairs: one a found thing, and one never asserted a missed one.
  std::vector<JudgedPair> pairs;
  for (std::size_t d = 0; d < documents.size(); ++d) {
    const MentionCounts& counts = documents[d];
    for (double i = 0; i < counts.found; i += 1) {
      pairs.push_back({.document = d, .probability = 1, .gold_signed = i < counts.right});
    }
    for (double i = counts.right; i < counts.gold; i += 1) {
      pairs.push_back({.document = d, .probability = -1, .gold_signed = true});
    }
  }
  const RelationScores scores = relation_scores(pairs, 0.5, seed);
  return {scores.asserted, scores.right, scores.gold, scores.precision, scores.recall, scores.f1};
}

}  // namespace thaw::reading
