// The body of POST /api/care/report, read strictly from outside bytes. Check: report_routes_test.cc
// and the fuzz target speak_body_fuzz.
#pragma once

#include <string_view>

#include "base/date.h"
#include "base/result.h"
#include "care/self_report.h"

namespace thaw::api {

/// A report that can be kept, but for its `id` and `at`. kInvalidArgument with one sentence: not as
/// docs/formats/care.md says, or of a day after `today`.
Result<care::SelfReport> read_report(std::string_view body, Day today);

}  // namespace thaw::api
