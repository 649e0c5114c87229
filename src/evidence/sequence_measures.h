// How near a predicted chain is to a curated one: the measures that benchmarks of chains use.
//
// F1 over sets of nodes; Levenshtein distance over sequences, divided by the longer; and 1 minus
// the ratio of Ratcliff and Obershelp (1988), as Python's difflib computes it for short sequences.
// Checked against worked examples and the published figures of the empty answer.
#pragma once

#include <cstdint>
#include <span>

namespace thaw::evidence {

using NodeSequence = std::span<const std::uint32_t>;

/// 2 |common| / (|a| + |b|) over the distinct nodes; 1 where both are empty, 0 where one is.
double set_f1(NodeSequence predicted, NodeSequence truth);

/// Fewest nodes changed, added or dropped, over the longer length; 0 where both are empty.
double levenshtein_share(NodeSequence a, NodeSequence b);

/// 1 - 2 M / (|a| + |b|), M the nodes in the longest common runs found one inside the other.
double matcher_distance(NodeSequence a, NodeSequence b);

}  // namespace thaw::evidence
