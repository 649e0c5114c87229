// The addresses under which this machine's own pages and other devices reach the server.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace thaw::api {

/// IPv4 addresses of interfaces that are up, without loopback and link-local ones; sorted.
std::vector<std::string> own_addresses();

/// Whether a server that listens on `address` alone is reached under an address that counts as this
/// machine (route_guard.h): not so on the address of one interface.
bool reaches_own_pages(const std::string& address);

/// Where the person's own machine opens the pages of a server that listens on `address`, and on
/// 127.0.0.1 where !reaches_own_pages(): http://127.0.0.1:PORT, or http://[::1]:PORT.
std::string own_url(const std::string& address, std::uint16_t port);

/// Where other devices of the network reach it; empty for a loopback address.
std::vector<std::string> urls_for_others(const std::string& address, std::uint16_t port);

}  // namespace thaw::api
