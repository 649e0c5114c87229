// Any bytes as the target of a request: refused, or read back the same. `make fuzz F=query_fuzz`
#include <cstdlib>

#include "api/query.h"
#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto target = thaw::api::parse_target(text);
  if (!target) {
    return 0;
  }
  const std::string canonical = target->query.canonical();
  const auto again = thaw::api::Query::parse(canonical);
  if (thaw::first_invalid_utf8(target->path) || !again || again->canonical() != canonical) {
    std::abort();
  }
  return 0;
}
