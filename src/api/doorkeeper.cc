#include "api/doorkeeper.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>

namespace thaw::api {
namespace {

constexpr std::size_t kPrefixBytes = 8;  // of an IPv6 address, given to one network

using Bytes4 = std::array<unsigned char, 4>;
using Bytes16 = std::array<unsigned char, 16>;

std::optional<Bytes16> parse_v6(std::string_view address) {
  Bytes16 bytes{};
  const std::string text(address.substr(0, address.find('%')));  // without its interface
  return ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1 ? std::optional(bytes)
                                                                : std::nullopt;
}

/// Also of one written in IPv6.
std::optional<Bytes4> parse_v4(std::string_view address) {
  Bytes4 bytes{};
  if (::inet_pton(AF_INET, std::string(address).c_str(), bytes.data()) == 1) {
    return bytes;
  }
  constexpr std::array<unsigned char, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const auto whole = parse_v6(address);
  if (!whole || !std::equal(kMapped.begin(), kMapped.end(), whole->begin())) {
    return std::nullopt;
  }
  std::copy(whole->begin() + kMapped.size(), whole->end(), bytes.begin());
  return bytes;
}

}  // namespace

bool is_loopback(std::string_view address) {
  if (const auto v4 = parse_v4(address)) {
    return (*v4)[0] == 127;
  }
  Bytes16 one{};
  one.back() = 1;
  const auto v6 = parse_v6(address);
  return v6 && *v6 == one;
}

std::string peer_key(std::string_view address) {
  if (const auto v4 = parse_v4(address)) {
    return {v4->begin(), v4->end()};
  }
  if (const auto v6 = parse_v6(address)) {
    return {v6->begin(), v6->begin() + kPrefixBytes};
  }
  return std::string(address);
}

bool Doorkeeper::enter(std::string_view address) {
  const std::lock_guard lock(mutex_);
  if (is_loopback(address)) {
    const bool free = own_ < limits_.own;
    own_ += free ? 1 : 0;
    return free;
  }
  const std::string key = peer_key(address);
  const auto place = by_peer_.find(key);
  if (others_ >= limits_.others || (place != by_peer_.end() && place->second >= limits_.each)) {
    return false;
  }
  ++others_;
  ++by_peer_[key];
  return true;
}

void Doorkeeper::leave(std::string_view address) {
  const std::lock_guard lock(mutex_);
  if (is_loopback(address)) {
    --own_;
    return;
  }
  --others_;
  const auto place = by_peer_.find(peer_key(address));
  if (--place->second == 0) {
    by_peer_.erase(place);
  }
}

}  // namespace thaw::api
