// The addresses under which others in the same network can reach this machine.
#pragma once

#include <string>
#include <vector>

namespace thaw::api {

/// IPv4 addresses of interfaces that are up, without loopback and link-local ones; sorted.
std::vector<std::string> own_addresses();

}  // namespace thaw::api
