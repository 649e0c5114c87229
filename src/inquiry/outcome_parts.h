// An outcome and what it is made of by definition: where a treatment can have been tested directly.
//
// "ALS progression" is counted as loss of function or earlier death, so a trial on the ALSFRS-R or
// on survival has tested it. Such arrows hold by definition: they are never the weakest link.
#pragma once

#include <cstdint>
#include <vector>

#include "inquiry/mechanism.h"

namespace thaw::inquiry {

/// The outcome itself, or a concept that a definition joins to it.
struct OutcomePart {
  std::uint32_t node = 0;  // index into mechanism.weighed.nodes
  evidence::Sign wanted = evidence::Sign::kLowers;
};

/// True when something of the claim weighs and all of it is of study kind `definition`.
bool is_definition(const evidence::WeighedClaim& claim);

/// The outcome at node `target`, then its definitional parts by node; parts of parts are left out.
std::vector<OutcomePart> parts_of(const Mechanism& mechanism, std::uint32_t target,
                                  evidence::Sign wanted);

/// The claims, as they would help, of the concept at `from` on each of `parts` where anything
/// weighs (as it would harm where only that is claimed): that on the first part first, then by
/// support and opposition together, falling.
std::vector<Link> direct_claims(const Mechanism& mechanism, std::uint32_t from,
                                const std::vector<OutcomePart>& parts);

}  // namespace thaw::inquiry
