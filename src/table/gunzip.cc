#include "table/gunzip.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>

namespace thaw {
namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 30U;
constexpr int kAnyWindowGzip = 15 + 16;  // zlib.h inflateInit2: largest window, gzip only.

struct EndInflate {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};

/// The text of `packed`: one or more gzip members, one after another (RFC 1952 section 2.2).
Result<std::string> unpack_gzip(std::string packed, std::string_view source) {
  z_stream stream{};
  if (inflateInit2(&stream, kAnyWindowGzip) != Z_OK) {
    return unavailable("no memory to unpack gzip");
  }
  const std::unique_ptr<z_stream, EndInflate> owner(&stream);
  std::string out;
  std::array<char, 1 << 16> block{};
  std::size_t at = 0;
  while (at < packed.size()) {
    constexpr std::size_t kMostStep = 1U << 30U;
    const auto step = static_cast<uInt>(std::min(kMostStep, packed.size() - at));
    stream.next_in = reinterpret_cast<Bytef*>(packed.data() + at);
    stream.avail_in = step;
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    at += step - stream.avail_in;
    out.append(block.data(), block.size() - stream.avail_out);
    if (out.size() > kMostBytes) {
      return invalid_argument(fmt::format("{}: unpacks to more than 4 GiB; split it", source));
    }
    if (status == Z_STREAM_END) {
      if (at == packed.size()) {
        return out;
      }
      inflateReset(&stream);
    } else if (status != Z_OK) {
      break;
    }
  }
  while (true) {  // All input is taken; what is left waits inside zlib.
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    const int status = at < packed.size() ? Z_DATA_ERROR : inflate(&stream, Z_NO_FLUSH);
    out.append(block.data(), block.size() - stream.avail_out);
    if (status == Z_STREAM_END) {
      return out;
    }
    if (status != Z_OK || out.size() > kMostBytes) {
      return corrupt(fmt::format("{}: the gzip data are damaged or cut short", source));
    }
  }
}

}  // namespace

Result<std::string> gunzip(std::string bytes, std::string_view source) {
  if (!bytes.starts_with("\x1F\x8B")) {
    return bytes;
  }
  return unpack_gzip(std::move(bytes), source);
}

}  // namespace thaw
