#include "api/server.h"

// g++ 12 takes Asio's own aligned pair of new and delete of coroutine frames for a mismatch.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <ctime>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <type_traits>
#include <vector>

#include "api/workers.h"

namespace thaw::api {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using V6Only = asio::ip::v6_only;
using ErrorCodeOf = boost::system::error_code;
using Parser = http::request_parser<http::string_body>;

constexpr std::chrono::milliseconds kGrace{700};         // for answers under way, after stop()
constexpr std::chrono::milliseconds kLinger{500};        // for a refused client to hear why
constexpr std::chrono::milliseconds kAcceptPause{50};    // when no more files can be opened
constexpr std::chrono::milliseconds kBetweenParts{150};  // of an answer that goes on
constexpr std::size_t kLingerBytesMax = 4 * 1024 * 1024;

bool says_forwarded(const Parser::value_type& message) {
  for (const char* name :
       {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"}) {
    if (message.find(name) != message.end()) {
      return true;
    }
  }
  return false;
}

Request request_of(const Parser& parser, bool peer_is_loopback) {
  const auto& message = parser.get();
  Request request;
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  request.host = std::string(message[http::field::host]);
  request.if_none_match = std::string(message[http::field::if_none_match]);
  request.origin = std::string(message[http::field::origin]);
  request.fetch_site = std::string(message["Sec-Fetch-Site"]);
  request.content_type = std::string(message[http::field::content_type]);
  request.cookie = std::string(message[http::field::cookie]);
  request.peer_is_loopback = peer_is_loopback;
  request.forwarded = says_forwarded(message);
  request.old_http = message.version() < 11;
  request.gzip_accepted =
      message[http::field::accept_encoding].find("gzip") != boost::beast::string_view::npos;
  request.body = message.body();
  return request;
}

/// Nothing for a connection that simply ended; else what is wrong with what came.
std::optional<Reply> refusal_of(const ErrorCodeOf& error, const ServerOptions& options,
                                std::size_t body_bytes_max) {
  if (error == http::error::header_limit) {
    return Site::refuse(
        431, fmt::format("the request's header is over {} bytes", options.header_bytes_max));
  }
  if (error == http::error::body_limit) {
    return Site::refuse(413, fmt::format("the request's body is over {} bytes", body_bytes_max));
  }
  if (error == boost::beast::error::timeout || error == http::error::end_of_stream ||
      error.category() != make_error_code(http::error::bad_method).category()) {
    return std::nullopt;
  }
  return Site::refuse(400, fmt::format("this is not an HTTP request: {}", error.message()));
}

std::string header_of(const Reply& reply, unsigned version, bool keep_alive) {
  const std::time_t now = std::time(nullptr);
  std::string header =
      fmt::format("HTTP/1.{} {} {}\r\n", version % 10, reply.status,
                  std::string_view(http::obsolete_reason(static_cast<http::status>(reply.status))));
  for (const auto& [name, value] : reply.headers) {
    header += fmt::format("{}: {}\r\n", name, value);
  }
  if (reply.status != 304 && !reply.next) {
    header += fmt::format("Content-Length: {}\r\n", reply.body.size());
  }
  header += fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} GMT\r\nConnection: {}\r\n\r\n",
                        fmt::gmtime(now), keep_alive ? "keep-alive" : "close");
  return header;
}

/// Why nothing can listen there, and what to do.
Error why_not(const ErrorCodeOf& error, const std::string& address, std::uint16_t port) {
  if (error == asio::error::address_in_use) {
    return unavailable(
        fmt::format("port {} is taken by another program; stop it or give another "
                    "port with --port",
                    port));
  }
  if (error == asio::error::access_denied) {
    return denied(
        fmt::format("port {} may not be opened without more rights; give one of 1024 or "
                    "more with --port",
                    port));
  }
  return unavailable(
      fmt::format("cannot listen on {} port {}: {}", address, port, error.message()));
}

}  // namespace

class Server::Impl {
 public:
  Impl(const Site& site, const ServerOptions& options)
      : site_(site),
        options_(options),
        context_(static_cast<int>(options.threads)),
        doorkeeper_(options.connections),
        workers_(options.threads),
        entrance_(asio::make_strand(context_)),
        signals_(context_),
        deadline_(context_) {}

  /// Listens on `address`, on the port of the address before where there is one.
  Result<Done> bind(const std::string& address);
  void serve();
  void stop();
  void on_stop(std::function<void()> act) { on_stop_ = std::move(act); }
  std::uint16_t port() const { return acceptors_.front().local_endpoint().port(); }

 private:
  /// One client; touched only on its stream's strand.
  struct Connection {
    explicit Connection(tcp::socket socket) : stream(std::move(socket)) {}
    boost::beast::tcp_stream stream;
    boost::beast::flat_buffer buffer;
    bool waiting = false;  // for the client to ask something
    std::string peer;      // its IP address
  };
  using ConnectionPtr = std::shared_ptr<Connection>;

  asio::awaitable<void> accept(tcp::acceptor& acceptor);
  asio::awaitable<void> converse(ConnectionPtr connection);
  asio::awaitable<bool> answer_one(Connection& connection);
  asio::awaitable<Reply> answer(Request request);
  asio::awaitable<bool> write(Connection& connection, Reply reply, http::verb verb,
                              unsigned version, bool keep_alive);
  asio::awaitable<void> go_on(Connection& connection, const Reply& reply);
  asio::awaitable<void> linger(Connection& connection);
  void welcome(tcp::socket socket);
  void part(const ConnectionPtr& connection);
  void end_all();

  const Site& site_;
  ServerOptions options_;
  asio::io_context context_;
  Doorkeeper doorkeeper_;
  Workers workers_;
  asio::strand<asio::io_context::executor_type> entrance_;
  std::vector<tcp::acceptor> acceptors_;  // used on the strand `entrance_` alone
  asio::signal_set signals_;
  asio::steady_timer deadline_;
  std::function<void()> on_stop_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::set<ConnectionPtr> connections_;
};

Result<Done> Server::Impl::bind(const std::string& text) {
  ErrorCodeOf error;
  const asio::ip::address address = asio::ip::make_address(text, error);
  if (error) {
    return invalid_argument(fmt::format("'{}' is not an IP address", text));
  }
  const std::uint16_t wanted = acceptors_.empty() ? options_.port : port();
  const tcp::endpoint endpoint(address, wanted);
  tcp::acceptor acceptor(entrance_);
  acceptor.open(endpoint.protocol(), error);
  if (!error) {
    acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  }
  if (!error && address.is_v6() && address.is_unspecified()) {
    acceptor.set_option(V6Only(false), error);
  }
  if (!error) {
    acceptor.bind(endpoint, error);
  }
  if (!error) {
    acceptor.listen(asio::socket_base::max_listen_connections, error);
  }
  if (error) {
    return why_not(error, text, wanted);
  }
  acceptors_.push_back(std::move(acceptor));
  return Done{};
}

void Server::Impl::serve() {
  signals_.add(SIGINT);
  signals_.add(SIGTERM);
  signals_.async_wait([this](const ErrorCodeOf& error, int) {
    if (!error) {
      stop();
    }
  });
  for (tcp::acceptor& acceptor : acceptors_) {
    asio::co_spawn(entrance_, accept(acceptor), asio::detached);
  }
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < options_.threads; ++i) {
    helpers.emplace_back([this] { context_.run(); });
  }
  context_.run();
  workers_.join();  // what they answer to lives in the context
}

void Server::Impl::stop() {
  if (stopping_.exchange(true)) {
    return;
  }
  asio::post(entrance_, [this] { end_all(); });
}

void Server::Impl::end_all() {
  ErrorCodeOf ignored;
  for (tcp::acceptor& acceptor : acceptors_) {
    acceptor.close(ignored);
  }
  signals_.cancel(ignored);
  signals_.clear(ignored);  // the next one ends the program at once
  deadline_.expires_after(kGrace);
  deadline_.async_wait([this](const ErrorCodeOf& error) {
    if (!error) {
      context_.stop();
    }
  });
  workers_.stop();
  if (on_stop_) {
    on_stop_();
  }
  const std::lock_guard lock(mutex_);
  if (connections_.empty()) {
    deadline_.cancel();
  }
  for (const ConnectionPtr& connection : connections_) {
    asio::post(connection->stream.get_executor(), [connection] {
      if (connection->waiting) {
        connection->stream.close();
      }
    });
  }
}

asio::awaitable<void> Server::Impl::accept(tcp::acceptor& acceptor) {
  asio::steady_timer pause(entrance_);
  while (!stopping_) {
    ErrorCodeOf error;
    tcp::socket socket = co_await acceptor.async_accept(
        asio::make_strand(context_), asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      welcome(std::move(socket));
    } else if (!stopping_) {
      pause.expires_after(kAcceptPause);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
  }
}

void Server::Impl::welcome(tcp::socket socket) {
  ErrorCodeOf ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const tcp::endpoint peer = socket.remote_endpoint(ignored);
  auto connection = std::make_shared<Connection>(std::move(socket));
  if (ignored) {
    return;  // gone already
  }
  connection->peer = peer.address().to_string();
  if (!doorkeeper_.enter(connection->peer)) {
    static constexpr std::string_view kFull =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    connection->stream.socket().non_blocking(true, ignored);
    connection->stream.socket().write_some(asio::buffer(kFull), ignored);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    connections_.insert(connection);
  }
  asio::co_spawn(connection->stream.get_executor(), converse(connection),
                 [this, connection](std::exception_ptr) { part(connection); });
}

void Server::Impl::part(const ConnectionPtr& connection) {
  doorkeeper_.leave(connection->peer);
  const std::lock_guard lock(mutex_);
  connections_.erase(connection);
  if (stopping_ && connections_.empty()) {
    asio::post(entrance_, [this] { deadline_.cancel(); });
  }
}

asio::awaitable<void> Server::Impl::converse(ConnectionPtr connection) {
  while (!stopping_ && co_await answer_one(*connection)) {
  }
  ErrorCodeOf ignored;
  connection->stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
}

asio::awaitable<bool> Server::Impl::answer_one(Connection& connection) {
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(options_.header_bytes_max));
  parser.body_limit(boost::none);  // set by the address, once its header is there
  connection.stream.expires_after(options_.timeout);
  connection.waiting = true;
  ErrorCodeOf error;
  co_await http::async_read_header(connection.stream, connection.buffer, parser,
                                   asio::redirect_error(asio::use_awaitable, error));
  std::size_t body_bytes_max = options_.body_bytes_max;
  if (!error) {
    connection.waiting = false;
    const auto& head = parser.get();
    body_bytes_max =
        site_.body_bytes_max(head.method_string(), head.target()).value_or(options_.body_bytes_max);
    if (parser.content_length().value_or(0) > body_bytes_max) {
      error = http::error::body_limit;
    } else {
      parser.body_limit(body_bytes_max);
      co_await http::async_read(connection.stream, connection.buffer, parser,
                                asio::redirect_error(asio::use_awaitable, error));
    }
  }
  connection.waiting = false;
  if (error) {
    std::optional<Reply> refusal = refusal_of(error, options_, body_bytes_max);
    if (refusal) {
      co_await write(connection, *std::move(refusal), http::verb::get, 11, false);
      co_await linger(connection);
    }
    co_return false;
  }
  const bool keep_alive = parser.get().keep_alive() && !stopping_;
  const unsigned version = parser.get().version();
  const http::verb verb = parser.get().method();
  Reply reply = co_await answer(request_of(parser, is_loopback(connection.peer)));
  co_return co_await write(connection, std::move(reply), verb, version, keep_alive);
}

// A handler that waits for a locked store or computes for seconds must hold neither the threads
// that read, write and answer what is quick (a call for help is), nor those of another pace.
asio::awaitable<Reply> Server::Impl::answer(Request request) {
  const Pace pace = site_.pace(request.method, request.target);
  if (pace == Pace::kQuick) {
    co_return site_.answer(std::move(request));
  }
  std::optional<Reply> reply;
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(
      [&](auto done) {
        auto kept = std::make_shared<std::decay_t<decltype(done)>>(std::move(done));
        workers_.post(pace, [&, kept] {
          reply = site_.answer(std::move(request));
          const auto home = asio::get_associated_executor(*kept);
          asio::post(home, std::move(*kept));
        });
      },
      asio::use_awaitable);
  co_return *std::move(reply);
}

asio::awaitable<bool> Server::Impl::write(Connection& connection, Reply reply, http::verb verb,
                                          unsigned version, bool keep_alive) {
  keep_alive = keep_alive && !reply.next;  // an answer that goes on ends with its connection
  const std::string header = header_of(reply, version, keep_alive);
  const std::string_view body = verb == http::verb::head ? std::string_view() : reply.body;
  const std::array<asio::const_buffer, 2> parts{asio::buffer(header), asio::buffer(body)};
  connection.stream.expires_after(options_.timeout);
  ErrorCodeOf error;
  co_await asio::async_write(connection.stream, parts,
                             asio::redirect_error(asio::use_awaitable, error));
  if (reply.next && !error && verb != http::verb::head) {
    co_await go_on(connection, reply);
  }
  co_return !error && keep_alive;
}

asio::awaitable<void> Server::Impl::go_on(Connection& connection, const Reply& reply) {
  asio::steady_timer pause(connection.stream.get_executor());
  ErrorCodeOf error;
  while (!error && !stopping_) {
    const std::optional<std::string> part = reply.next();
    if (!part) {
      co_return;
    }
    if (part->empty()) {
      pause.expires_after(kBetweenParts);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    connection.stream.expires_after(options_.timeout);
    co_await asio::async_write(connection.stream, asio::buffer(*part),
                               asio::redirect_error(asio::use_awaitable, error));
  }
}

// Closing with unread bytes would reset the connection and lose the answer on its way.
asio::awaitable<void> Server::Impl::linger(Connection& connection) {
  ErrorCodeOf error;
  connection.stream.socket().shutdown(tcp::socket::shutdown_send, error);
  connection.stream.expires_after(kLinger);
  std::array<char, 16 * 1024> unread{};
  std::size_t total = 0;
  while (!error && total < kLingerBytesMax) {
    total += co_await connection.stream.async_read_some(
        asio::buffer(unread), asio::redirect_error(asio::use_awaitable, error));
  }
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(const Site& site, const ServerOptions& options) {
  auto impl = std::make_unique<Impl>(site, options);
  THAW_CHECK(impl->bind(options.address));
  for (const std::string& address : options.also) {
    THAW_CHECK(impl->bind(address));
  }
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port() const {
  return impl_->port();
}
void Server::on_stop(std::function<void()> act) {
  impl_->on_stop(std::move(act));
}
void Server::serve() {
  impl_->serve();
}
void Server::stop() {
  impl_->stop();
}

}  // namespace thaw::api
