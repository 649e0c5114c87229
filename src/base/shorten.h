// The beginning of a text, for showing it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace thaw {

/// At most the first `bytes` bytes of `text`, ended before a character that would be cut and before
/// anything that is not UTF-8.
std::string shorten(std::string_view text, std::size_t bytes);

}  // namespace thaw
