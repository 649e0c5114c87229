// SHA-256 of bytes, for "same data, same answer" checks and manifests.
#pragma once

#include <string>
#include <string_view>

namespace thaw {

/// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

/// MD5 of `bytes` as 32 lower-case hexadecimal digits: only to reproduce the ids of other programs.
std::string md5_hex(std::string_view bytes);

}  // namespace thaw
