// Bytes compressed for the wire (RFC 1952).
#pragma once

#include <string>
#include <string_view>

namespace thaw::api {

/// `plain` as one gzip member without a time stamp: equal input gives equal output.
std::string gzip(std::string_view plain);

/// The bytes of one gzip member, or an empty string when `packed` is not one.
std::string gunzip(std::string_view packed);

}  // namespace thaw::api
