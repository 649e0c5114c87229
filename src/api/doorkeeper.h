// How many connections are open, and from where: strangers never keep this machine out.
//
// A person calls for help from a page on this machine. So connections from this machine are counted
// apart from all others, and no other address may hold more than a few of those.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace thaw::api {

/// Whether `address`, an IP address as text, is one of this machine alone: 127.0.0.0/8, ::1, or
/// such an IPv4 address written in IPv6 (::ffff:127.0.0.1). False for what is no address.
bool is_loopback(std::string_view address);

/// What counts as one peer: an IPv4 address, or the first 64 bits of an IPv6 address, since one
/// device may use all the addresses that begin so. What is no address comes back as it is.
std::string peer_key(std::string_view address);

/// Safe to use from several threads.
class Doorkeeper {
 public:
  struct Limits {
    std::size_t own = 512;     // from this machine
    std::size_t others = 192;  // from all others together
    std::size_t each = 32;     // from one of the others
  };

  explicit Doorkeeper(Limits limits) : limits_(limits) {}

  /// Counts one connection from `address` in, unless a limit is reached. Cost: O(log addresses).
  bool enter(std::string_view address);

  /// Counts out one that came in.
  void leave(std::string_view address);

 private:
  Limits limits_;
  std::mutex mutex_;
  std::size_t own_ = 0, others_ = 0;
  std::map<std::string, std::size_t> by_peer_;
};

}  // namespace thaw::api
