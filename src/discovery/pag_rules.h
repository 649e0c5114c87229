// The orientation rules of a PAG: what colliders and separating sets say of the other marks.
//
// R1-R10 of Zhang 2008, Artif Intell 172:1873, looped until none applies; R5-R7 only when the
// sample may be selected. Sound and complete: checked against enumeration of all MAGs of up to
// four nodes (five in tests/laws).
#pragma once

#include <functional>
#include <optional>

#include "discovery/knowledge.h"
#include "discovery/pag_paths.h"
#include "discovery/skeleton.h"
#include "graph/mixed_graph.h"

namespace thaw::discovery {

struct PagRules {
  /// Whether being in the sample may hang on the variables (an effect of theirs was selected on):
  /// then tails at both ends are possible, and R5-R7 find them.
  bool selection = false;
  /// R4 asks whether beta is in the set that separates theta from gamma; `nullopt` = not known, and
  /// the path is passed over.
  std::function<std::optional<bool>(const std::vector<std::uint32_t>& path)> beta_separates;
};

/// A graph with the edges of `adjacent`, circles at every end but for what `knowledge` says: an
/// arrow at a variable that does not cause the other one (of a later tier, say), never a tail; a
/// required arrow whole.
graph::MixedGraph circle_graph(const Neighbours& adjacent, const Knowledge& knowledge);

/// a *-> c <-* b where the marks at c are circles or arrows; false, and nothing changed, where one
/// is a tail.
bool orient_collider(graph::MixedGraph& pag, std::uint32_t a, std::uint32_t c, std::uint32_t b);

/// Turns circles of `pag` into arrows and tails until no rule applies. No other mark is changed, so
/// what knowledge put there stays.
void close_under_pag_rules(graph::MixedGraph& pag, const PagRules& rules);

/// The PAG of the Markov equivalence class of `mag`, which must be maximal and ancestral: what all
/// its members share. `selection`: whether members with --- count.
graph::MixedGraph pag_of(const graph::MixedGraph& mag, bool selection);

/// beta_separates from sets that were found: nothing where there is none.
std::function<std::optional<bool>(const std::vector<std::uint32_t>&)> by_sets(
    const SeparatingSets& sets);

/// Where the marks of `pag` cannot be those of a MAG: directed edges in a circle, or an arrow at a
/// cause of the other end. Empty when it may be one; finite data can bring it about.
std::vector<std::pair<std::uint32_t, std::uint32_t>> not_ancestral(const graph::MixedGraph& pag);

}  // namespace thaw::discovery
