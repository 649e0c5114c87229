// The max-p rule, weighed: what tests between two say of the neighbours that they share.
//
// Ramsey 2016 (arXiv 1610.00378) takes a - c - b for a collider when the set that makes a and b
// most independent leaves c out. How sure that is, is how much more independent they are without c
// than with it, on the scale of standard normal deviates.
#pragma once

#include <vector>

#include "discovery/skeleton.h"

namespace thaw::discovery {

/// a - c - b with a < b not joined, and what was claimed of it.
struct TripleClaim {
  std::uint32_t a = 0, c = 0, b = 0;
  bool collider = false;
  double strength = 0;  // difference of the two deviates, >= 0
  double deviate = 0;   // of the most independent set
};

/// The claim on every such triple of the skeleton of which sets with and without c could be
/// tested, by (a, b, c): over the sets of neighbours of a and of b, sizes up to the options' depth
/// and while their work per variable lasts. `tests` counts on. Fails: kUnavailable when stopped.
Result<std::vector<TripleClaim>> claim_triples(IndependenceTest& test, const Knowledge& knowledge,
                                               const SkeletonOptions& options,
                                               const Skeleton& skeleton, std::uint64_t& tests);

}  // namespace thaw::discovery
