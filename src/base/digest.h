// SHA-256 of bytes, for "same data, same answer" checks and manifests.
#pragma once

#include <string>
#include <string_view>

namespace thaw {

/// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace thaw
