// Whether an effect follows from a diagram and the distribution of what is measured at all, and the
// expression that gives it.
//
// Complete for P(y | do(x)) and P(y | do(x), z): Tian and Pearl 2002, AAAI; Shpitser and Pearl
// 2006, AAAI and UAI; Huang and Valtorta 2006, UAI. A refusal comes with its hedge, the structure
// that makes two models agree on everything measured and differ on the effect. Check: on random
// diagrams the value of the expression on the exact joint distribution is the truncated
// factorisation of the full model, and every hedge has the properties that it must have.
#pragma once

#include <optional>

#include "effect/estimand.h"
#include "graph/admg.h"

namespace thaw::effect {

/// Why an effect cannot be had: two sets joined by <-> within, the smaller inside the larger, all
/// of whose members are causes (within the set) of the same roots; the treatments are in the larger
/// only.
struct Hedge {
  graph::NodeSet larger, smaller;
  graph::NodeSet roots;
};

struct Identification {
  std::optional<Estimand> estimand;  // nothing: not identifiable, see `hedge`
  std::optional<Hedge> hedge;
  /// Treatments that were left aside since nothing asked about is caused by them here.
  graph::NodeSet without_effect;
};

/// P(y | do(x)) in `graph`, whose nodes are all measured (project latent ones first). The estimand
/// is as it falls out; see simplified(). Cost: O(n (n + m)) and the size of the expression.
Identification identify_effect(const graph::Admg& graph, const graph::NodeSet& x,
                               const graph::NodeSet& y);

/// P(y | do(x), z). The three are disjoint; `z` may be empty.
Identification identify_conditional_effect(const graph::Admg& graph, const graph::NodeSet& x,
                                           const graph::NodeSet& y, const graph::NodeSet& z);

}  // namespace thaw::effect
