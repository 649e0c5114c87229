#include "api/own_addresses.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>

#include "api/doorkeeper.h"

namespace thaw::api {
namespace {

std::string url_of(const std::string& address, std::uint16_t port) {
  const bool v6 = address.find(':') != std::string::npos;
  return v6 ? fmt::format("http://[{}]:{}", address, port)
            : fmt::format("http://{}:{}", address, port);
}

bool is_any(const std::string& address) {
  return address == "0.0.0.0" || address == "::";
}

}  // namespace

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

bool reaches_own_pages(const std::string& address) {
  return address == "127.0.0.1" || address == "::1" || is_any(address);
}

std::string own_url(const std::string& address, std::uint16_t port) {
  return url_of(address == "::1" ? address : "127.0.0.1", port);
}

std::vector<std::string> urls_for_others(const std::string& address, std::uint16_t port) {
  std::vector<std::string> out;
  if (is_loopback(address)) {
    return out;
  }
  for (const std::string& each :
       is_any(address) ? own_addresses() : std::vector<std::string>{address}) {
    out.push_back(url_of(each, port));
  }
  return out;
}

}  // namespace thaw::api
