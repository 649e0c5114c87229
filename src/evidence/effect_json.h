// A printed effect as JSON, read strictly and written back the same.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "base/result.h"
#include "evidence/model.h"

namespace thaw::evidence {

boost::json::object to_json(const PrintedEffect& effect);

/// kInvalidArgument for an unknown measure, an interval upside down, p outside 0 to 1, an error or
/// a duration that is not above 0, or a measure with a direction whose `positive_means` is missing.
Result<PrintedEffect> effect_from_json(const boost::json::object& object);

/// "+" or "raises", "-" or "lowers".
Result<Sign> sign_from(std::string_view text);

}  // namespace thaw::evidence
