// The part of the mechanism graph around one concept, small enough to draw.
#pragma once

#include <cstddef>
#include <vector>

#include "inquiry/mechanism.h"

namespace thaw::inquiry {

struct NearConcept {
  const evidence::Concept* self = nullptr;
  std::size_t degree = 0;  // causal claims without qualifiers that it takes part in
};

/// The part of the graph within `depth` arrows of `centre`, either way.
struct Neighbourhood {
  const evidence::Concept* centre = nullptr;
  std::vector<NearConcept> nodes;  // the centre first, then by distance and weight
  std::vector<const evidence::WeighedClaim*> edges;       // causal, both ends among the nodes
  std::vector<const evidence::WeighedClaim*> not_causal;  // associations at the centre
  bool truncated = false;                                 // nodes were left out
};

/// At most `max` nodes, and the far ends of associations: nearer ones first, at one distance those
/// joined by more nats (support and opposition), then by id. A concept in no causal claim stands
/// alone with its associations. Edges whose claim has no weight at all (no group speaks) are left
/// out. Pointers are into `mechanism`.
Neighbourhood neighbourhood(const Mechanism& mechanism, const evidence::Knowledge& knowledge,
                            const evidence::Concept& centre, int depth, std::size_t max);

}  // namespace thaw::inquiry
