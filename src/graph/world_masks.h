// Random worlds, 64 to a machine word: in which of them an edge raises, lowers or is absent.
//
// Bits are drawn by comparing a random number with the probability bit by bit, for all 64 worlds
// of a word at once, until every world is decided: about 8 random words in the mean.
#pragma once

#include <cstdint>
#include <span>

#include "graph/signed_graph.h"

namespace thaw::graph {

/// Writes for worlds [64 (first_word), 64 (first_word + plus.size())) in which of them `edge`
/// raises (`plus`) and lowers (`minus`, same length); no world has both. A pure function of seed,
/// edge id, probabilities and world number: neither threads, nor other edges, nor the cut into
/// blocks change a bit.
void draw_worlds(const SignedEdge& edge, std::uint64_t seed, std::uint64_t first_word,
                 std::span<std::uint64_t> plus, std::span<std::uint64_t> minus);

}  // namespace thaw::graph
