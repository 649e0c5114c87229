// Which covariates to adjust for so that the effect of treatments on outcomes can be read off.
//
// Complete criterion: Shpitser, VanderWeele and Robins 2010, UAI; as separation in the proper
// back-door graph: van der Zander, Liskiewicz and Textor 2019, Artif Intell 270:1. For CPDAG, MAG
// and PAG: Perkovic, Textor, Kalisch and Maathuis 2018, JMLR 18(220). The set with the least
// variance: Henckel, Perkovic and Maathuis 2022, JRSS B 84:579. Check: against the definition by
// paths on every DAG of 4 nodes (5 in tests/laws), and against the truncated factorisation on
// random distributions; classes against all their members.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "effect/estimand.h"
#include "graph/admg.h"
#include "graph/mixed_graph.h"
#include "graph/separators.h"

namespace thaw::effect {

/// The question as a search for separators, made once and then asked.
struct AdjustmentProblem {
  graph::Admg graph;         // the diagram, or one member of its class
  graph::NodeSet x, y;       // treatments, outcomes
  graph::NodeSet causal;     // nodes on proper causal paths from x to y (y included, x not)
  graph::NodeSet forbidden;  // what no set may hold: `causal` and all they (possibly) cause
  graph::NodeSet usable;     // what a set may hold: measured, not forbidden, not in x or y
  graph::NodeSet include;    // what every set must hold; empty at first
  graph::Cuts cuts;          // of the first edges of proper causal paths
  /// False: a path that may be causal starts with an edge of unknown direction (or that may hide a
  /// common cause); no set is valid then. `unclear` is the first such edge, from a treatment.
  bool amenable = true;
  std::optional<graph::NodePair> unclear;
};

/// Of a diagram in which `measured` can be adjusted for. `x` and `y`: disjoint, not empty. O(n +
/// m).
AdjustmentProblem adjustment_problem(const graph::Admg& graph, const graph::NodeSet& x,
                                     const graph::NodeSet& y, const graph::NodeSet& measured);

/// Of a CPDAG, MAG or PAG. `hidden_causes`: edges may hide common causes (MAG, PAG); then only a
/// visible edge counts as causal for sure. Nothing when `graph` has no member (no such class), or
/// has lines or tails of selection though `hidden_causes`. Cost: O(n^3) at worst.
std::optional<AdjustmentProblem> adjustment_problem(const graph::MixedGraph& graph,
                                                    const graph::NodeSet& x,
                                                    const graph::NodeSet& y,
                                                    const graph::NodeSet& measured,
                                                    bool hidden_causes);

/// Whether adjusting for `set` gives the effect. O(n + m), as the next two.
bool valid_adjustment(const AdjustmentProblem& problem, const graph::NodeSet& set);
/// A valid set from which nothing can be left out; nothing when no set is valid.
std::optional<graph::NodeSet> minimal_adjustment(const AdjustmentProblem& problem);
/// All usable causes of treatments or outcomes: valid whenever any set is.
graph::NodeSet canonical_adjustment(const AdjustmentProblem& problem);

/// All minimal sets, `most` at the most.
graph::SeparatorList minimal_adjustments(const AdjustmentProblem& problem, std::size_t most);

/// The valid set with the least asymptotic variance in a linear model (and for non-parametric
/// estimators); nothing when common causes are hidden (then there may be no best one), when no set
/// is valid or when a treatment has no effect on the outcomes.
std::optional<graph::NodeSet> optimal_adjustment(const AdjustmentProblem& problem);

/// The sum over `set` of P(y | x, set) P(set): the effect, when `set` is valid.
Estimand adjustment_estimand(const graph::NodeSet& x, const graph::NodeSet& y,
                             const graph::NodeSet& set);

/// The minimal sets for the direct effect of the only treatment on the only outcome, every other
/// way held fixed. Nothing is usable that the outcome causes. `most` as above.
graph::SeparatorList direct_effect_adjustments(const graph::Admg& graph, const graph::NodeSet& x,
                                               const graph::NodeSet& y,
                                               const graph::NodeSet& measured,
                                               const graph::NodeSet& include, std::size_t most);

}  // namespace thaw::effect
