// How right mentions are: exact and overlapping places, with intervals over documents.
#pragma once

#include <cstdint>
#include <vector>

#include "reading/relation_scores.h"

namespace thaw::reading {

/// Counts of one document.
struct MentionCounts {
  double found = 0, right = 0, gold = 0;
};

struct MentionScores {
  std::size_t found = 0, right = 0, gold = 0;
  Estimate precision, recall, f1;
};

/// Percentile bootstrap over documents, seeded.
MentionScores mention_scores(const std::vector<MentionCounts>& documents, std::uint64_t seed);

}  // namespace thaw::reading
