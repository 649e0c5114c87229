// Holds a reading to its text: every span inside it, on whole characters, every quotation verbatim.
//
// Checked by reading_check_test.cc, and used on every reading before anything of it is kept.
#pragma once

#include <string_view>

#include "base/result.h"
#include "reading/reading.h"

namespace thaw::reading {

/// kCorrupt names the first span of `reading` that does not say what `text` says there.
Result<Done> check_verbatim(const Reading& reading, std::string_view text);

}  // namespace thaw::reading
