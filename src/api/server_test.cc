#include "api/server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>
#include <vector>

#include "api/own_addresses.h"
#include "api/route_guard.h"

namespace thaw::api {
namespace {

constexpr std::string_view kHelloAndClose =
    "GET /api/hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// One plain connection to the server under test.
class Client {
 public:
  explicit Client(std::uint16_t port, const std::string& address = "127.0.0.1")
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    ::inet_pton(AF_INET, address.c_str(), &to.sin_addr);
    const timeval limit{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) {
        return;
      }
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  /// Bytes up to and with `end`, or up to the close of the connection.
  std::string read_until(std::string_view end) {
    std::string bytes;
    char c = 0;
    while (bytes.find(end) == std::string::npos && ::recv(socket_, &c, 1, 0) == 1) {
      bytes.push_back(c);
    }
    return bytes;
  }
  std::string read_all() { return read_until("no answer holds this text"); }
  bool connected() const { return connected_; }

 private:
  int socket_;
  bool connected_;
};

/// Handlers that wait until the test lets them go.
class Gate {
 public:
  Handler handler() {
    return [this](const Request&) -> Result<Response> {
      std::unique_lock lock(mutex_);
      ++begun_;
      changed_.notify_all();
      changed_.wait_for(lock, std::chrono::seconds(20), [this] { return open_; });
      return json_response("\"late\"");
    };
  }
  void wait_for(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(10), [&] { return begun_ >= count; });
  }
  int begun() {
    const std::lock_guard lock(mutex_);
    return begun_;
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int begun_ = 0;
  bool open_ = false;
};

const Guard kAnyone = [](const Request&) -> Result<Done> { return Done{}; };

class ServerTest : public ::testing::Test {
 protected:
  void start(ServerOptions options = {}) {
    site_.route("GET", "/api/hello", {},
                [](const Request&) -> Result<Response> { return json_response("\"hello\""); });
    site_.route("POST", "/api/size", {}, [](const Request& request) -> Result<Response> {
      return json_response(std::to_string(request.body.size()));
    });
    options.port = 0;
    server_ = Server::listen(site_, options).value();
    thread_ = std::jthread([this] { server_->serve(); });
  }
  ~ServerTest() override {
    if (server_) {
      server_->stop();
      thread_.join();
    }
  }
  std::string ask(std::string_view bytes, const std::string& address = "127.0.0.1") {
    Client client(server_->port(), address);
    client.send(bytes);
    return client.read_all();
  }

  Gate gate_;  // outlives the handlers
  Site site_;
  std::unique_ptr<Server> server_;
  std::jthread thread_;
};

TEST_F(ServerTest, AnswersAndKeepsTheConnection) {
  start();
  Client client(server_->port());
  for (int i = 0; i < 3; ++i) {
    client.send("GET /api/hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const std::string answer = client.read_until("\"hello\"");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
    EXPECT_NE(answer.find("Content-Length: 7\r\n"), std::string::npos);
    EXPECT_NE(answer.find("Connection: keep-alive\r\n"), std::string::npos);
  }
}

TEST_F(ServerTest, RequestsSentTogetherAreAnsweredInOrder) {
  start();
  const std::string answers =
      ask("GET /api/hello HTTP/1.1\r\nHost: localhost\r\n\r\n"
          "GET /api/none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_LT(answers.find("200 OK"), answers.find("404 Not Found"));
  EXPECT_NE(answers.find("404 Not Found"), std::string::npos);
}

TEST_F(ServerTest, HeadHasTheLengthButNoBody) {
  start();
  const std::string answer =
      ask("HEAD /api/hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_NE(answer.find("Content-Length: 7\r\n"), std::string::npos);
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(ServerTest, OldClientsAreClosedAfterTheAnswer) {
  start();
  EXPECT_TRUE(ask("GET /api/hello HTTP/1.0\r\nHost: localhost\r\n\r\n").ends_with("\"hello\""));
}

TEST_F(ServerTest, AProxyThatHidesBehindTheOldHttpIsNotThisMachine) {
  site_.guarded_read("/api/own", {}, this_machine_only,
                     [](const Request&) -> Result<Response> { return json_response("\"own\""); });
  start();
  EXPECT_NE(ask("GET /api/own HTTP/1.0\r\nHost: 127.0.0.1:8080\r\n\r\n").find(" 403 "),
            std::string::npos);
  EXPECT_TRUE(ask("GET /api/own HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\n\r\n")
                  .ends_with("\"own\""));
}

TEST_F(ServerTest, LimitsAreAnsweredInWords) {
  start();
  const std::string big_header = "X-Long: " + std::string(20'000, 'x') + "\r\n\r\n";
  EXPECT_NE(ask("GET / HTTP/1.1\r\nHost: localhost\r\n" + big_header).find(" 431 "),
            std::string::npos);
  EXPECT_NE(ask("POST /api/size HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4097\r\n\r\n" +
                std::string(4097, 'b'))
                .find(" 413 "),
            std::string::npos);
  EXPECT_TRUE(ask("POST /api/size HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  "Content-Length: 4096\r\n\r\n" +
                  std::string(4096, 'b'))
                  .ends_with("4096"));
}

TEST_F(ServerTest, WhatIsNotHttpIsRefused) {
  start();
  EXPECT_NE(ask("hello\r\n\r\n").find(" 400 "), std::string::npos);
  EXPECT_NE(ask("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
                .find(" 400 "),
            std::string::npos);
  EXPECT_NE(ask("GET /api/hello HTTP/1.1\r\nConnection: close\r\n\r\n").find(" 400 "),
            std::string::npos);
  EXPECT_NE(ask("GET /api/hello HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                .find(" 403 "),
            std::string::npos);
}

TEST_F(ServerTest, ASlowClientIsLetGo) {
  ServerOptions options;
  options.timeout = std::chrono::milliseconds(100);
  start(options);
  EXPECT_EQ(ask("GET /api/hello HTTP/1.1\r\nHost: loc"), "");
}

TEST_F(ServerTest, OneClientTooManyIsTurnedAway) {
  ServerOptions options;
  options.connections.own = 1;
  start(options);
  Client first(server_->port());
  first.send("GET /api/hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  first.read_until("\"hello\"");
  EXPECT_NE(ask("").find(" 503 "), std::string::npos);
}

TEST_F(ServerTest, ManyClientsAtOnceAreAllAnswered) {
  start();
  std::vector<std::jthread> clients;
  std::atomic<int> answered{0};
  for (int i = 0; i < 20; ++i) {
    clients.emplace_back([&] {
      for (int round = 0; round < 10; ++round) {
        answered += ask("GET /api/hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .ends_with("\"hello\"");
      }
    });
  }
  clients.clear();
  EXPECT_EQ(answered, 200);
}

TEST_F(ServerTest, IdleClientsOfAnotherMachineKeepThisOneNotOut) {
  const std::vector<std::string> own = own_addresses();
  if (own.empty()) {
    GTEST_SKIP() << "this machine has no address but loopback";
  }
  ServerOptions options;
  options.address = "0.0.0.0";
  options.connections = {.own = 1, .others = 5, .each = 3};
  start(options);
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 3; ++i) {
    idle.push_back(std::make_unique<Client>(server_->port(), own[0]));
    idle.back()->send("GET /api/hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_NE(idle.back()->read_until("\"hello\"").find(" 200 "), std::string::npos);
  }
  EXPECT_NE(ask("", own[0]).find(" 503 "), std::string::npos);
  EXPECT_TRUE(ask(kHelloAndClose).ends_with("\"hello\""));
}

TEST_F(ServerTest, AnAddressOfTheNetworkIsBesideTheOneOfThisMachine) {
  const std::vector<std::string> own = own_addresses();
  if (own.empty()) {
    GTEST_SKIP() << "this machine has no address but loopback";
  }
  ServerOptions options;
  options.address = own[0];
  options.also = {"127.0.0.1"};
  start(options);
  EXPECT_TRUE(ask(kHelloAndClose).ends_with("\"hello\""));
  EXPECT_TRUE(ask(kHelloAndClose, own[0]).ends_with("\"hello\""));
}

TEST_F(ServerTest, WhatOthersWaitForNeverDelaysWriting) {
  site_.route("GET", "/api/rank", {}, gate_.handler());
  site_.guarded_read("/api/store", {}, kAnyone, gate_.handler());
  site_.guarded_read("/api/voice", {}, kAnyone, gate_.handler(), Pace::kOutside);
  site_.guarded_read(
      "/api/suggest", {}, kAnyone,
      [](const Request&) -> Result<Response> { return json_response("\"words\""); },
      Pace::kComposing);
  start();
  std::vector<std::unique_ptr<Client>> waiting;
  for (const char* path : {"/api/rank", "/api/store", "/api/voice"}) {
    for (int i = 0; i < 2; ++i) {
      waiting.push_back(std::make_unique<Client>(server_->port()));
      waiting.back()->send(fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", path));
    }
  }
  gate_.wait_for(6);
  EXPECT_EQ(gate_.begun(), 6);
  EXPECT_TRUE(ask("GET /api/suggest HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .ends_with("\"words\""));
  EXPECT_NE(ask("GET /page HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").find(" 404 "),
            std::string::npos);
  gate_.open();
}

TEST_F(ServerTest, AfterTheStopOnlyWhatHasBegunIsWaitedFor) {
  site_.route("GET", "/api/rank", {}, gate_.handler());
  ServerOptions options;
  options.threads = 1;
  start(options);
  bool told = false;
  server_->on_stop([&] {
    told = true;
    gate_.open();
  });
  std::vector<std::unique_ptr<Client>> waiting;
  for (int i = 0; i < 5; ++i) {
    waiting.push_back(std::make_unique<Client>(server_->port()));
    waiting.back()->send("GET /api/rank HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  gate_.wait_for(1);
  server_->stop();
  thread_.join();
  EXPECT_TRUE(told);
  EXPECT_EQ(gate_.begun(), 1);
  server_.reset();
}

TEST_F(ServerTest, ATakenPortIsOneClearSentence) {
  start();
  ServerOptions options;
  options.port = server_->port();
  const auto second = Server::listen(site_, options);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(second.error().message.find("is taken by another program"), std::string::npos);
}

TEST_F(ServerTest, ABadAddressIsSaid) {
  ServerOptions options;
  options.address = "nowhere";
  EXPECT_EQ(Server::listen(site_, options).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(ServerTest, StopsWithinASecondWithClientsConnected) {
  start();
  Client idle(server_->port());
  Client used(server_->port());
  used.send("GET /api/hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  used.read_until("\"hello\"");
  const auto begin = std::chrono::steady_clock::now();
  ::raise(SIGTERM);
  thread_.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
  server_.reset();
  EXPECT_EQ(idle.read_all(), "");
}

}  // namespace
}  // namespace thaw::api
