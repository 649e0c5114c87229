// What a question is answered on: outcomes that stand for a disease, and near concepts with chains.
#pragma once

#include <vector>

#include "inquiry/mechanism.h"
#include "inquiry/question.h"

namespace thaw::inquiry {

/// True for a drug or an intervention; false for null.
bool is_treatment(const evidence::Concept* thing);

/// The outcome that most treatments reach: what a question on the disease as a whole is asked of.
/// Null when no treatment reaches any outcome.
const evidence::Concept* hub_outcome(const evidence::Knowledge& knowledge,
                                     const Mechanism& mechanism);

/// Outcomes that the subject makes a causal claim on, by id. Null: none.
std::vector<const evidence::Concept*> tested_outcomes(const evidence::Knowledge& knowledge,
                                                      const evidence::Concept* subject);

/// The object of the pair that a question is about: itself; for a disease, or none, the outcome
/// that stands for it: the one with most findings on the subject, else the hub.
const evidence::Concept* pair_object(const evidence::Knowledge& knowledge,
                                     const Mechanism& mechanism, const Understood& asked);

/// What chains are followed to: the hub where a disease as a whole was asked about, else the pair's
/// object. Null only where pair_object is.
const evidence::Concept* chain_object(const evidence::Knowledge& knowledge,
                                      const Mechanism& mechanism, const Understood& asked,
                                      const evidence::Concept* pair);

/// At most `limit` concepts that share a word of their English name with `subject` and have a
/// chain to `object`: those that share most first, then by id.
std::vector<const evidence::Concept*> near_subjects(const evidence::Knowledge& knowledge,
                                                    const Mechanism& mechanism,
                                                    const evidence::Concept& subject,
                                                    const evidence::Concept& object,
                                                    std::size_t limit);

}  // namespace thaw::inquiry
