// A program of the site's own that is run at a call: a bell, a message to a phone.
//
// It is started from its words, never through a shell, and left alone: whether it fails is written
// to stderr and stops nothing.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace thaw::care {

/// Starts `words` with nothing to read or write, in a session of its own, none of our files open,
/// and `environment` beside ours. Returns at once. kUnavailable when it cannot be started.
Result<Done> start_detached(const std::vector<std::string>& words,
                            const std::vector<std::pair<std::string, std::string>>& environment);

}  // namespace thaw::care
