// One HTTP exchange: what is asked, what comes back, and the door that tests can put a fake behind.
//
// A reply of any status is a value; only an exchange that did not come to a whole reply is an
// error. No message ever holds a query, a header or a body: keys travel there.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace thaw::net {

struct HttpReply {
  int status = 0;  // 200, 404, ...
  std::string body;
  std::map<std::string, std::string> headers;  // names in lower case; the last of equal names
};

struct HttpRequest {
  std::string url;                                           // http or https
  std::vector<std::pair<std::string, std::string>> headers;  // name, value
  std::optional<std::string> body;                           // with one it is a POST, else a GET

  std::chrono::milliseconds connect_within{10'000};
  std::chrono::milliseconds done_within{120'000};  // the whole exchange
  std::size_t bytes_max = std::size_t{64} << 20U;  // of the unpacked body
  int redirects_max = 5;                           // of a GET; a POST is never sent on elsewhere

  std::stop_token stop;  // asked while it runs: the exchange is given up
  std::function<void(std::size_t bytes)> on_progress;
  /// Whether the reply, whose status is 200, is whole: what it returns false for counts as cut
  /// short. For servers that do not send the length.
  std::function<bool(const HttpReply&)> is_whole;
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;

  /// kInvalidArgument: not a http or https address, or a header with a line's end. kDenied: the
  /// server's certificate is not trusted, or it sent on to another scheme. kCorrupt: a body over
  /// `bytes_max`. kUnavailable: no connection, too slow, cut short, or stopped; worth another try
  /// unless stopped.
  virtual Result<HttpReply> send(const HttpRequest& request) = 0;
};

}  // namespace thaw::net
