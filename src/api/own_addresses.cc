#include "api/own_addresses.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>

namespace thaw::api {

std::vector<std::string> own_addresses() {
  ifaddrs* first = nullptr;
  std::vector<std::string> out;
  if (::getifaddrs(&first) != 0) {
    return out;
  }
  for (const ifaddrs* each = first; each != nullptr; each = each->ifa_next) {
    const bool up = (each->ifa_flags & IFF_UP) != 0 && (each->ifa_flags & IFF_LOOPBACK) == 0;
    if (!up || each->ifa_addr == nullptr || each->ifa_addr->sa_family != AF_INET) {
      continue;
    }
    const auto* address = reinterpret_cast<const sockaddr_in*>(each->ifa_addr);
    std::array<char, INET_ADDRSTRLEN> text{};
    if (::inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size()) != nullptr) {
      out.emplace_back(text.data());
    }
  }
  ::freeifaddrs(first);
  std::erase_if(out, [](const std::string& text) { return text.starts_with("169.254."); });
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace thaw::api
