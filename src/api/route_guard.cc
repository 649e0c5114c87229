#include "api/route_guard.h"

#include <algorithm>

#include "base/text.h"

namespace thaw::api {
namespace {

/// `host` without its port.
std::string_view name_of(std::string_view host) {
  const std::size_t after_bracket = host.starts_with('[') ? host.find(']') : 0;
  return host.substr(0, host.find(':', std::min(after_bracket, host.size())));
}

}  // namespace

bool is_from_this_machine(const Request& request) {
  const std::string_view name = name_of(request.host);
  return request.peer_is_loopback && !request.forwarded && !request.old_http &&
         (name == "localhost" || name == "127.0.0.1" || name == "[::1]");
}

Result<Done> this_machine_only(const Request& request) {
  if (is_from_this_machine(request)) {
    return Done{};
  }
  return denied(
      "this is answered only on the person's own machine, under http://localhost and not through "
      "a proxy");
}

std::optional<std::string_view> cookie_of(const Request& request, std::string_view name) {
  for (const std::string_view part : split(request.cookie, ';')) {
    const std::string_view pair = trim(part);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

}  // namespace thaw::api
