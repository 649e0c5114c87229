// The HTTP server: listens on one address, reads requests within limits, and hands each to a Site.
//
// Built on Boost.Beast and Asio coroutines, which only server.cc may include: they cost a minute of
// compile time, and this page is all that anyone else has to know.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/doorkeeper.h"
#include "api/site.h"
#include "base/result.h"

namespace thaw::api {

struct ServerOptions {
  std::string address = "127.0.0.1";  // 127.0.0.1 or ::1 unless a person says otherwise
  std::vector<std::string> also;      // further addresses, on the same port
  std::uint16_t port = 8080;          // 0: any free port, see Server::port()
  unsigned threads = 2;
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t body_bytes_max = 4 * 1024;      // where a route says nothing else
  Doorkeeper::Limits connections;             // over one of them: 503 and closed
  std::chrono::milliseconds timeout{30'000};  // for one request to arrive, or one answer to leave
};

class Server {
 public:
  /// Binds and listens. kUnavailable, one sentence, when the port is taken or the address is not
  /// this machine's; kDenied when the port needs a right we do not have.
  /// `site` must outlive the server and have all its routes.
  static Result<std::unique_ptr<Server>> listen(const Site& site, const ServerOptions& options);

  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;

  /// Called once, on a thread of the server, when it begins to stop: to end what handlers wait for.
  /// Set before serve().
  void on_stop(std::function<void()> act);

  /// Reads, writes and answers what is quick on `threads` threads, and calls the other handlers on
  /// workers, `threads` for Pace::kMayWait and two for each other pace, until stop(), SIGINT or
  /// SIGTERM. Then idle connections are closed, answers being written have 0.7 s, requests whose
  /// handler has not begun are dropped, and it returns as soon as the handlers that have begun are
  /// done: within a second where none is slow, else when the slowest is. After the first signal a
  /// second one ends the program at once.
  void serve();

  /// May be called from any thread.
  void stop();

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace thaw::api
