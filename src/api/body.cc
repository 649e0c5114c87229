#include "api/body.h"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace thaw::api {

Result<boost::json::object> body_object(std::string_view body) {
  boost::json::parse_options options;
  options.max_depth = 16;
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(body, error, {}, options);
  if (error) {
    return invalid_argument(fmt::format("the body is not JSON: {}", error.message()));
  }
  if (!value.is_object()) {
    return invalid_argument("the body must be one JSON object");
  }
  return std::move(value.get_object());
}

}  // namespace thaw::api
