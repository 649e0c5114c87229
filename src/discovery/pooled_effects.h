// Possible effects from one data set, or pooled over its imputed copies.
#pragma once

#include <vector>

#include "discovery/data.h"
#include "discovery/ida.h"

namespace thaw::discovery {

/// possible_effects of each of `copies` (at least one) under one `graph`, pooled by Rubin's rules
/// (1987): the mean estimate, and its variance within plus (1 + 1/m) times that between copies,
/// with his degrees of freedom. One copy is left as it is.
Result<EffectBounds> pooled_effects(const graph::MixedGraph& graph, const std::vector<Data>& copies,
                                    std::uint32_t cause, std::uint32_t effect);

}  // namespace thaw::discovery
