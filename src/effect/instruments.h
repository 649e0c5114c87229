// Instruments: variables that move the treatment and have nothing to do with the outcome but
// through it, maybe only given some others.
//
// Brito and Pearl 2002, UAI; found by the separator nearest to the outcome: van der Zander, Textor
// and Liskiewicz 2015, IJCAI. An instrument gives the effect only under a further assumption: a
// linear effect, or nobody who does the opposite of what the instrument pushes to (and then of
// those only whom it moves). Check: against the definition over all sets.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "effect/adjustment.h"

namespace thaw::effect {

struct Instrument {
  std::uint32_t node;
  graph::NodeSet given;  // to be adjusted for with it; may be empty
};

/// Whether `node` is an instrument for the question given `given`: joined with the treatment, and
/// separated from the outcomes once the causal paths' first edges are cut. O(n + m).
bool valid_instrument(const AdjustmentProblem& problem, const Instrument& instrument);

/// `node` with a set that makes it an instrument, of `measured`; nothing when none was found.
std::optional<Instrument> instrument_at(const AdjustmentProblem& problem, std::uint32_t node);

/// One instrument a node that can be one, by number. For a single treatment; else, and when it has
/// no effect on the outcomes, none. O(n (n + m)).
std::vector<Instrument> instruments(const AdjustmentProblem& problem);

}  // namespace thaw::effect
