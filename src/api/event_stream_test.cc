// Events and calls over real connections: what a started server does while everything else waits.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <boost/json.hpp>
#include <thread>

#include "api/event_hub.h"
#include "api/route_guard.h"
#include "api/server.h"

namespace thaw::api {
namespace {

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(std::string_view bytes) const {
    ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  std::string read_until(std::string_view end) const {
    std::string bytes;
    char c = 0;
    while (bytes.find(end) == std::string::npos && ::recv(socket_, &c, 1, 0) == 1) {
      bytes.push_back(c);
    }
    return bytes;
  }

 private:
  int socket_;
};

class EventStream : public ::testing::Test {
 protected:
  EventStream() {
    const Guard guard = this_machine_only;
    site.guarded_read(
        "/api/events", {}, guard,
        [this](const Request&) {
          return hub.listen(EventHub::Listener::kOwn, [] {
            return EventHub::Events{{"hello", 1}};
          });
        },
        Pace::kQuick);
    site.guarded_write(
        "/api/call", 100, guard,
        [this](const Request&) -> Result<Response> {
          hub.publish("call", 7, EventHub::Audience::kEveryone);
          return json_response("\"called\"");
        },
        Pace::kQuick);
    site.guarded_write("/api/slow", 100, guard, [this](const Request&) -> Result<Response> {
      ++waiting;
      while (!go_on) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
      }
      return json_response("\"slow\"");
    });
    ServerOptions options;
    options.port = 0;
    server = Server::listen(site, options).value();
    thread = std::jthread([this] { server->serve(); });
  }
  ~EventStream() override {
    go_on = true;
    server->stop();
    thread.join();
  }
  static std::string post(std::string_view path, std::string_view more = "") {
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more) +
           "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
  }

  EventHub hub{std::chrono::milliseconds(300)};
  Site site;
  std::atomic<int> waiting{0};
  std::atomic<bool> go_on{false};
  std::unique_ptr<Server> server;
  std::jthread thread;
};

TEST_F(EventStream, ACallIsAnsweredAndToldWhileEveryWorkerWaits) {
  const Client listener(server->port());
  listener.send("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_NE(listener.read_until("data: 1\n\n").find("text/event-stream"), std::string::npos);
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 6; ++i) {
    slow.push_back(std::make_unique<Client>(server->port()));
    slow.back()->send(post("/api/slow"));
  }
  while (waiting < 2) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  const Client caller(server->port());
  caller.send(post("/api/call"));
  EXPECT_NE(caller.read_until("\"called\"").find("200 OK"), std::string::npos);
  EXPECT_NE(listener.read_until("data: 7\n\n").find("event: call"), std::string::npos);
  go_on = true;
  for (const auto& client : slow) {
    EXPECT_NE(client->read_until("\"slow\"").find("200 OK"), std::string::npos);
  }
}

TEST_F(EventStream, HasHeartbeatsAndForgetsWhoWentAway) {
  {
    const Client listener(server->port());
    listener.send("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    listener.read_until(":\n\n");
    EXPECT_EQ(hub.listeners(), 1U);
  }
  for (int i = 0; i < 500 && hub.listeners() > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(hub.listeners(), 0U);
}

TEST_F(EventStream, ALoopbackPeerBehindAProxyIsNotThisMachine) {
  for (const char* header : {"X-Forwarded-For: 10.0.0.1\r\n", "Forwarded: for=10.0.0.1\r\n",
                             "X-Real-IP: 10.0.0.1\r\n", "Via: 1.1 proxy\r\n"}) {
    const Client client(server->port());
    client.send(post("/api/call", header));
    EXPECT_NE(client.read_until("}}").find("403 Forbidden"), std::string::npos) << header;
  }
  const Client client(server->port());
  client.send(post("/api/call"));
  EXPECT_NE(client.read_until("\"called\"").find("200 OK"), std::string::npos);
}

}  // namespace
}  // namespace thaw::api
