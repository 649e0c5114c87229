#include "base/shorten.h"

#include "base/text.h"

namespace thaw {

std::string shorten(std::string_view text, std::size_t bytes) {
  const std::string_view head = text.substr(0, bytes);
  return std::string(head.substr(0, first_invalid_utf8(head).value_or(head.size())));
}

}  // namespace thaw
