// A server for tests that answers each request with the next reply it was given, byte for byte.
//
// Listens on a free port of 127.0.0.1. A reply may come slowly, be shorter than it says, or not at
// all. Every request that came is kept.
#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace thaw::net::test {

struct ScriptedReply {
  std::string bytes;                        // as they go over the wire; none: only hang up
  std::chrono::milliseconds before_byte{};  // waits this long before each byte
};

/// A whole reply with its length.
inline ScriptedReply reply_of(int status, const std::string& body,
                              const std::string& headers = {}) {
  return {fmt::format("HTTP/1.1 {} Said\r\nContent-Length: {}\r\n{}\r\n{}", status, body.size(),
                      headers, body)};
}

/// A reply that says it is `announced` bytes long and then ends.
inline ScriptedReply cut_reply(std::size_t announced, const std::string& body) {
  return {fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", announced, body)};
}

class TestServer {
 public:
  explicit TestServer(std::deque<ScriptedReply> script) : script_(std::move(script)) {
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
        listen(listener_, 8) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
      return;
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~TestServer() {
    ended_ = true;
    if (thread_.joinable()) {
      thread_.join();
    }
    close(listener_);
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  std::string url(const std::string& path = "/") const {
    return fmt::format("http://127.0.0.1:{}{}", port_, path);
  }
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  bool wait_readable(int socket_number) const {
    while (!ended_) {
      pollfd waiting{socket_number, POLLIN, 0};
      if (poll(&waiting, 1, 20) > 0) {
        return true;
      }
    }
    return false;
  }

  /// The head of a request and as much body as it announces.
  std::string read_request(int link) const {
    std::string text;
    std::string block(4096, '\0');
    while (wait_readable(link)) {
      const auto got = recv(link, block.data(), block.size(), 0);
      if (got <= 0) {
        break;
      }
      text.append(block, 0, static_cast<std::size_t>(got));
      const auto end = text.find("\r\n\r\n");
      if (end == std::string::npos) {
        continue;
      }
      const auto at = text.find("Content-Length: ");
      const std::size_t body = at < end ? std::stoul(text.substr(at + 16)) : 0;
      if (text.size() >= end + 4 + body) {
        break;
      }
    }
    return text;
  }

  void answer(int link) {
    const std::string request = read_request(link);
    ScriptedReply reply = reply_of(410, "the script is over");
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      if (!script_.empty()) {
        reply = script_.front();
        script_.pop_front();
      }
    }
    if (reply.before_byte.count() == 0) {
      (void)::send(link, reply.bytes.data(), reply.bytes.size(), MSG_NOSIGNAL);
      return;
    }
    for (const char c : reply.bytes) {
      std::this_thread::sleep_for(reply.before_byte);
      if (ended_ || ::send(link, &c, 1, MSG_NOSIGNAL) != 1) {
        return;
      }
    }
  }

  void serve() {
    while (wait_readable(listener_)) {
      const int link = accept(listener_, nullptr, nullptr);
      if (link >= 0) {
        answer(link);
        shutdown(link, SHUT_RDWR);
        close(link);
      }
    }
  }

  mutable std::mutex mutex_;
  std::deque<ScriptedReply> script_;
  std::vector<std::string> requests_;
  std::atomic<bool> ended_ = false;
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace thaw::net::test
