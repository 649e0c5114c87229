// Any bytes as the request of an effect: read or refused; what is read is written and read back the
// same.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "effect/effect_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  boost::json::error_code error;
  const boost::json::value value =
      boost::json::parse(std::string_view(reinterpret_cast<const char*>(data), size), error);
  if (error || !value.is_object()) {
    return 0;
  }
  const auto request = thaw::effect::read_effect_request(value.get_object());
  if (request) {
    const auto document = thaw::effect::effect_request_document(*request);
    const auto again = thaw::effect::read_effect_request(document);
    if (!again || thaw::effect::effect_request_document(*again) != document) {
      std::abort();
    }
  }
  return 0;
}
