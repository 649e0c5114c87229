// What a person must know before believing a learned graph, in plain words.
#pragma once

#include <vector>

#include "discovery/discover.h"
#include "discovery/words.h"

namespace thaw::discovery {

/// What went less than well with `found`, the learner's own warnings first. Empty: nothing.
std::vector<Notice> warnings_of(const Discovery& found);

/// What must hold for the graph to be right: of the method, its test or score, the missing values,
/// the panel.
std::vector<Words> assumptions_of(const Discovery& found);

/// What was done about missing values and what that takes for granted.
Words missing_words(const Discovery& found);

/// Why a variable is of its kind.
Words reason_words(KindReason reason);

/// What a bootstrap frequency says and what it does not.
Words frequency_words(const BootstrapReport& report);

/// How to read the possible effects, or the answer that stands in their place.
Words ida_words(const Discovery& found);

}  // namespace thaw::discovery
