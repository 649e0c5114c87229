// Where the record speaks against itself: three kinds, found by index, strongest first.
//
// Within one claim, groups stand on both sides. Between claims of opposite sign about the same
// concepts, or about ones above or below them, both have support. Narrower: a claim holds in
// general and one that refines it is opposed. Not among them: two claims that only share a subject,
// or a claim that no item states and that only mirrors another. Definitions and what is left out:
// docs/methods/assembly.md. Check: contradictions_test.cc on the bundled knowledge.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/weigh.h"

namespace thaw::evidence {

enum class ContradictionKind : std::uint8_t { kWithinClaim, kOppositeSign, kNarrower };

/// "within_claim", "opposite_sign", "narrower".
std::string to_string(ContradictionKind kind);

/// Places in the weighed claims. Within a claim `one` and `other` are the same; else `one` is the
/// claim with the greater support (opposite sign), or the wider one (narrower).
struct Contradiction {
  ContradictionKind kind = ContradictionKind::kWithinClaim;
  std::size_t one = 0, other = 0;
  double at_stake = 0;  // nats: the lesser of the two sides
  double conflict = 0;  // 2 min / (sum) of the two sides, 0 to 1
};

/// All of them, by what is at stake falling, then conflict, then the claims' order. `weighed` is
/// weigh_all of `knowledge`. A side of less than `least` nats is no side.
std::vector<Contradiction> find_contradictions(const Knowledge& knowledge,
                                               const std::vector<WeighedClaim>& weighed,
                                               double least = 0.05);

}  // namespace thaw::evidence
