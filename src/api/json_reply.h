// The answer that most routes give: one JSON document.
#pragma once

#include <boost/json/value.hpp>

#include "api/json_text.h"
#include "api/site.h"

namespace thaw::api {

/// A 200 with `document` on one line.
inline Response ok(const boost::json::value& document) {
  return json_response(json_line(document));
}

}  // namespace thaw::api
