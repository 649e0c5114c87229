// The reader measured on BioRED: relation and sign with the given things, and with its own.
//
// Method and figures: docs/methods/reader.md. Any file of the same form can be given.
#pragma once

#include <cstdint>
#include <optional>

#include "evidence/grounding.h"
#include "exchange/format.h"
#include "reading/mention_scores.h"
#include "reading/relation_model.h"
#include "reading/relation_scores.h"

namespace thaw::reading {

struct BioredReport {
  std::size_t documents = 0, signed_relations = 0, relations = 0, refused = 0;
  RelationScores given_default, given_best;  // with the given things: two thresholds
  RelationScores given_any;                  // any relation, for orientation; strict: type right
  RelationScores own_default, own_best;      // with its own mentions
  MentionScores mentions;                    // own, overlapping one of the same kind
};

/// Reads every marked document of `bytes` and scores. `threshold` replaces the model's default.
/// kInvalidArgument when there is no document.
Result<BioredReport> bench_biored(exchange::ByteSource& bytes, const RelationModel& model,
                                  const evidence::Grounder& grounder,
                                  const evidence::Knowledge& knowledge,
                                  std::optional<double> threshold, std::uint64_t seed);

}  // namespace thaw::reading
