// Any bytes as an evidence item: refused, or read back the same. `make fuzz F=evidence_fuzz`
#include <boost/json.hpp>
#include <cstdlib>

#include "evidence/effect_scale.h"
#include "evidence/records_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  boost::json::error_code error;
  const auto value = boost::json::parse({reinterpret_cast<const char*>(bytes), size}, error);
  if (error || !value.is_object()) {
    return 0;
  }
  const auto item = thaw::evidence::item_from_json(value.get_object());
  if (!item) {
    return 0;
  }
  const auto written = thaw::evidence::to_json(*item);
  const auto again = thaw::evidence::item_from_json(written);
  if (!again ||
      boost::json::serialize(thaw::evidence::to_json(*again)) != boost::json::serialize(written)) {
    std::abort();
  }
  if (item->effect) {
    (void)thaw::evidence::natural_effect(*item->effect, item->n);
  }
  return 0;
}
