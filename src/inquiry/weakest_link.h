// The claim whose resolution would change an answer most: docs/methods/net_influence.md.
#pragma once

#include <optional>

#include "graph/possible_worlds.h"
#include "inquiry/rank.h"

namespace thaw::inquiry {

/// Nats for harm from which on a treatment is asked about as harmful.
inline constexpr double kHarmFound = 1;

/// The candidate at `place` of the `candidates` that `table` was made for.
struct CandidatePlace {
  std::size_t place = 0;
  std::size_t candidates = 0;
};

/// Over every effect that moves the answer, the one of largest value; null when none does.
/// Definitions are left out. `wanted` is the sign that helps; `harms`: harm is likelier than help.
std::optional<WeakestLink> weakest_link(const Mechanism& mechanism,
                                        const evidence::Knowledge& knowledge,
                                        const graph::ImportanceTable& table, CandidatePlace at,
                                        evidence::Sign wanted, bool harms);

}  // namespace thaw::inquiry
