// What a graph that is not settled still says of one cause: the set of effects it may have.
//
// CPDAG with linear data: one total effect for every choice of the cause's parents that some graph
// of the class has (IDA; Maathuis, Kalisch and Buehlmann 2009, Ann Stat 37:3133), each choice
// checked against the whole graph, so that tiers and other knowledge hold too (Perkovic, Kalisch
// and Maathuis 2017, UAI 33). PAG: only whether it is a cause, may be, or cannot be (Zhang 2006,
// PhD thesis, Carnegie Mellon).
// Checked by enumeration: the parents' sets, and on exact covariances the effects, equal those of
// all graphs of the class, for every graph of up to 5 nodes at random.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "discovery/moments.h"
#include "graph/mixed_graph.h"

namespace thaw::discovery {

struct PossibleEffect {
  std::vector<std::uint32_t> parents;  // of the cause, under which this effect holds; rising
  double estimate = 0;                 // units of the effect per unit of the cause
  double se = 0;                       // of a regression given this graph; 0 when zero_by_graph
  double ci_low = 0, ci_high = 0;      // 95 %, Student's t
  bool zero_by_graph = false;          // under these parents no directed way leads there
};

struct EffectBounds {
  std::uint32_t cause = 0, effect = 0;
  std::vector<PossibleEffect> effects;  // by parents; never empty
  bool cut = false;                     // more than kMostParentSets choices; the rest is left out
};

inline constexpr std::size_t kMostParentSets = 4096;

/// The possible total effects of `cause` on `effect`, two different nodes of `graph`, whose edges
/// are --> and --- only, from the `moments` of its variables.
/// Fails: kInvalidArgument for edges of another kind, a graph that no directed graph without a
/// circle fits, too few rows, or columns that depend on each other. The intervals hold the graph
/// for known: they do not carry that it was learned from the same rows.
/// Cost: per choice of parents, O(n^3) for n nodes at worst.
Result<EffectBounds> possible_effects(const graph::MixedGraph& graph, const Moments& moments,
                                      std::uint32_t cause, std::uint32_t effect);

/// Every choice of the parents of `node` that a directed acyclic graph of the class of `graph` has;
/// each rising. Empty when no such graph is. `cut` as above.
std::vector<std::vector<std::uint32_t>> possible_parents(const graph::MixedGraph& graph,
                                                         std::uint32_t node, bool& cut);

enum class Causation { kIs, kMayBe, kCannotBe };

/// "is", "may_be", "cannot_be".
std::string_view to_string(Causation causation);

/// Whether `cause` causes `effect` in every, some, or no graph that a CPDAG or PAG stands for:
/// a directed way, a way with no arrow that points back, none. "May be" also where some only: this
/// rule looks at ways, and a way of "is" may be more than one. Cost: O(n^2).
Causation causation(const graph::MixedGraph& graph, std::uint32_t cause, std::uint32_t effect);

}  // namespace thaw::discovery
