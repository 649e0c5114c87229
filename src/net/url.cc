#include "net/url.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>

namespace thaw::net {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

/// One part of a parsed address, "" when it has none.
std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) {
    return "";
  }
  std::string out(text);
  curl_free(text);
  return out;
}

struct Origin {
  std::string scheme, host, port;
};

Result<Origin> parse(std::string_view url) {
  const std::unique_ptr<CURLU, FreeUrl> handle(curl_url());
  const std::string text(url);
  if (!handle || text.find('\0') != std::string::npos ||
      curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    return invalid_argument("this is not a http or https address");
  }
  Origin origin{part_of(handle.get(), CURLUPART_SCHEME), part_of(handle.get(), CURLUPART_HOST),
                part_of(handle.get(), CURLUPART_PORT)};
  if ((origin.scheme != "http" && origin.scheme != "https") || origin.host.empty()) {
    return invalid_argument("an address must begin with http:// or https:// and name a host");
  }
  for (char& c : origin.host) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return origin;
}

std::string host_and_port(const Origin& origin) {
  return origin.port.empty() ? origin.host : fmt::format("{}:{}", origin.host, origin.port);
}

/// 127.x.x.x, not a name that begins so.
bool is_loopback_number(std::string_view host) {
  return host.starts_with("127.") &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

Result<std::string> origin_of(std::string_view url) {
  THAW_TRY(const Origin origin, parse(url));
  return fmt::format("{}://{}", origin.scheme, host_and_port(origin));
}

std::string host_of(std::string_view url) {
  const auto origin = parse(url);
  return origin ? host_and_port(*origin) : "?";
}

bool is_this_machine(std::string_view url) {
  const auto origin = parse(url);
  return origin && (origin->host == "localhost" || origin->host == "[::1]" ||
                    is_loopback_number(origin->host));
}

std::string escape_url(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string with_query(std::string_view base,
                       const std::vector<std::pair<std::string, std::string>>& parts) {
  std::string out(base);
  char separator = '?';
  for (const auto& [name, value] : parts) {
    out += fmt::format("{}{}={}", separator, escape_url(name), escape_url(value));
    separator = '&';
  }
  return out;
}

}  // namespace thaw::net
