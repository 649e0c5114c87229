// What one evidence item says of a claim, in nats of log odds.
//
// With an effect and an error: the log likelihood ratio of the smallest effect that would matter
// against none, (d y - d^2 / 2) / se^2 for a normal estimate y. So an underpowered null adds
// ignorance and not opposition. Without: the kind of study's cap times the grade. Each is bounded
// by the cap, then discounted by directness, quality, transport and the source's status, and last
// by how surely it was read. Known answers: strength_test.cc, from the worked example.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "evidence/effect_scale.h"
#include "evidence/weigh.h"

namespace thaw::evidence {

/// (d y - d^2 / 2) / se^2: nats for an effect of at least `d` > 0 in the claim's direction against
/// none, given an estimate `y` oriented the same way with standard error `se` > 0.
double log_likelihood_ratio(double y, double se, double d);

/// sign(l0) ln(faithful e^|l0| + 1 - faithful): a misread item says nothing.
double discount_for_reading(double l0, double faithful);

/// The kind whose cap holds for the item: a trial is confirmatory by phase 3 or by size.
std::string effective_kind(const Item& item, const WeightParameters& parameters);

using TypicalErrors = std::map<std::string, TypicalError>;  // by scale

/// The item's strength for the claim `subject sign object`; `counts` is set by the group later.
/// `nats_low` and `nats_high` span what was not printed (the sign of a null's estimate).
WeighedItem item_strength(const Knowledge& knowledge, std::size_t item, Sign asked,
                          const WeightParameters& parameters, const WeighOptions& options,
                          const TypicalErrors& errors);

}  // namespace thaw::evidence
