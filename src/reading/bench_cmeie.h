// The reader measured on CMeIE: which things a Chinese medical text names, and which pairs of them.
//
// CMeIE gives subject and object of 53 relations without sign. A mention is right when its words
// are a subject or object of the sentence; a pair when both ends are those of one triple. What a
// sentence names beside its triples counts as wrong, so that precision is a lower bound.
// Format: one JSON object a line with "text" and "spo_list". Figures: docs/methods/reader.md.
#pragma once

#include <cstdint>

#include "evidence/grounding.h"
#include "exchange/format.h"
#include "reading/mention_scores.h"

namespace thaw::reading {

struct CmeieReport {
  std::size_t sentences = 0, refused = 0;
  MentionScores mentions;       // the same words
  MentionScores near_mentions;  // one holds the other
  MentionScores pairs;          // by the same words
};

/// kInvalidArgument when not one line could be read.
Result<CmeieReport> bench_cmeie(exchange::ByteSource& bytes, const evidence::Grounder& grounder,
                                std::uint64_t seed);

}  // namespace thaw::reading
