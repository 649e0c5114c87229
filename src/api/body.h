// The JSON body of a request that changes something: one object, read strictly.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "base/result.h"

namespace thaw::api {

/// kInvalidArgument: not one JSON object, nested deeper than 16, or not UTF-8.
Result<boost::json::object> body_object(std::string_view body);

}  // namespace thaw::api
