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
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <ctime>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

namespace thaw::api {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using ErrorCodeOf = boost::system::error_code;
using Parser = http::request_parser<http::string_body>;

constexpr std::chrono::milliseconds kGrace{700};         // for answers under way, after stop()
constexpr std::chrono::milliseconds kLinger{500};        // for a refused client to hear why
constexpr std::chrono::milliseconds kAcceptPause{50};    // when no more files can be opened
constexpr std::chrono::milliseconds kBetweenParts{150};  // of an answer that goes on
constexpr std::size_t kLingerBytesMax = 4 * 1024 * 1024;

bool is_loopback(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
  }
  return address.is_loopback();
}

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

}  // namespace

class Server::Impl {
 public:
  Impl(const Site& site, const ServerOptions& options)
      : site_(site),
        options_(options),
        context_(static_cast<int>(options.threads)),
        workers_(options.threads),
        acceptor_(asio::make_strand(context_)),
        signals_(context_),
        deadline_(context_) {}

  Result<Done> bind();
  void serve();
  void stop();
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  /// One client; touched only on its stream's strand.
  struct Connection {
    explicit Connection(tcp::socket socket) : stream(std::move(socket)) {}
    boost::beast::tcp_stream stream;
    boost::beast::flat_buffer buffer;
    bool waiting = false;   // for the client to ask something
    bool loopback = false;  // the client is on this machine
  };
  using ConnectionPtr = std::shared_ptr<Connection>;

  asio::awaitable<void> accept();
  asio::awaitable<void> converse(ConnectionPtr connection);
  asio::awaitable<bool> answer_one(Connection& connection);
  asio::awaitable<Reply> answer(Request request);
  asio::awaitable<bool> write(Connection& connection, Reply reply, http::verb verb,
                              unsigned version, bool keep_alive);
  asio::awaitable<void> go_on(Connection& connection, const Reply& reply);
  asio::awaitable<void> linger(Connection& connection);
  void welcome(tcp::socket socket);
  void end_all();

  const Site& site_;
  ServerOptions options_;
  asio::io_context context_;
  asio::thread_pool workers_;  // call handlers that may wait or work long
  tcp::acceptor acceptor_;
  asio::signal_set signals_;
  asio::steady_timer deadline_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::set<ConnectionPtr> connections_;
};

Result<Done> Server::Impl::bind() {
  ErrorCodeOf error;
  const asio::ip::address address = asio::ip::make_address(options_.address, error);
  if (error) {
    return invalid_argument(fmt::format("'{}' is not an IP address", options_.address));
  }
  const tcp::endpoint endpoint(address, options_.port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) {
    acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  }
  if (!error) {
    acceptor_.bind(endpoint, error);
  }
  if (!error) {
    acceptor_.listen(asio::socket_base::max_listen_connections, error);
  }
  if (error == asio::error::address_in_use) {
    return unavailable(
        fmt::format("port {} is taken by another program; stop it or give another "
                    "port with --port",
                    options_.port));
  }
  if (error == asio::error::access_denied) {
    return denied(
        fmt::format("port {} may not be opened without more rights; give one of 1024 or "
                    "more with --port",
                    options_.port));
  }
  if (error) {
    return unavailable(fmt::format("cannot listen on {} port {}: {}", options_.address,
                                   options_.port, error.message()));
  }
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
  asio::co_spawn(acceptor_.get_executor(), accept(), asio::detached);
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
  asio::post(acceptor_.get_executor(), [this] { end_all(); });
}

void Server::Impl::end_all() {
  ErrorCodeOf ignored;
  acceptor_.close(ignored);
  signals_.cancel(ignored);
  deadline_.expires_after(kGrace);
  deadline_.async_wait([this](const ErrorCodeOf& error) {
    if (!error) {
      context_.stop();
    }
  });
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

asio::awaitable<void> Server::Impl::accept() {
  asio::steady_timer pause(acceptor_.get_executor());
  while (!stopping_) {
    ErrorCodeOf error;
    tcp::socket socket = co_await acceptor_.async_accept(
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
  connection->loopback = !ignored && is_loopback(peer.address());
  {
    const std::lock_guard lock(mutex_);
    if (connections_.size() >= options_.connections_max) {
      static constexpr std::string_view kFull =
          "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      connection->stream.socket().non_blocking(true, ignored);
      connection->stream.socket().write_some(asio::buffer(kFull), ignored);
      return;
    }
    connections_.insert(connection);
  }
  asio::co_spawn(connection->stream.get_executor(), converse(connection),
                 [this, connection](std::exception_ptr) {
                   const std::lock_guard lock(mutex_);
                   connections_.erase(connection);
                   if (stopping_ && connections_.empty()) {
                     asio::post(acceptor_.get_executor(), [this] { deadline_.cancel(); });
                   }
                 });
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
  Reply reply = co_await answer(request_of(parser, connection.loopback));
  co_return co_await write(connection, std::move(reply), verb, version, keep_alive);
}

// A handler that waits for a locked store or computes for seconds must not hold the threads that
// read, write and answer what is quick: a call for help is one of those.
asio::awaitable<Reply> Server::Impl::answer(Request request) {
  if (site_.is_quick(request.method, request.target)) {
    co_return site_.answer(std::move(request));
  }
  std::optional<Reply> reply;
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(
      [&](auto done) {
        asio::post(workers_, [&, done = std::move(done)]() mutable {
          reply = site_.answer(std::move(request));
          const auto home = asio::get_associated_executor(done);
          asio::post(home, std::move(done));
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
  THAW_CHECK(impl->bind());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port() const {
  return impl_->port();
}
void Server::serve() {
  impl_->serve();
}
void Server::stop() {
  impl_->stop();
}

}  // namespace thaw::api
