// One selection from the page to the disk and back, and a call to every listener: over HTTP on
// loopback, on a SQLite store that syncs at each commit. Must: a selection's p95 under 10 ms.
#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "api/server.h"
#include "api/speaker_desk.h"
#include "care/care_schema.h"

namespace {

using Steady = std::chrono::steady_clock;

constexpr int kSelections = 400;
constexpr int kCalls = 50;
constexpr double kMustMs = 10;

[[noreturn]] void stop(const std::string& why) {
  fmt::print(stderr, "speak_bench: {}\n", why);
  std::exit(1);
}

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
      stop("cannot connect");
    }
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(const std::string& bytes) const {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const ssize_t n = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (n <= 0) {
        stop("cannot send");
      }
      sent += static_cast<std::size_t>(n);
    }
  }
  std::string read_until(std::string_view end) {
    std::string out;
    while (out.find(end) == std::string::npos) {
      char buffer[4096];
      const ssize_t n = ::recv(socket_, buffer, sizeof buffer, 0);
      if (n <= 0) {
        stop("the connection ended");
      }
      out.append(buffer, static_cast<std::size_t>(n));
    }
    return out;
  }

 private:
  int socket_;
};

std::string post(const std::string& path, const std::string& body) {
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: {}\r\n\r\n{}",
      path, body.size(), body);
}

double milliseconds_since(Steady::time_point begun) {
  return std::chrono::duration<double, std::milli>(Steady::now() - begun).count();
}

void print_row(const std::string& what, std::vector<double> ms, const std::string& must) {
  std::sort(ms.begin(), ms.end());
  const auto at = [&](double share) {
    return ms[std::min(ms.size() - 1,
                       static_cast<std::size_t>(share * static_cast<double>(ms.size())))];
  };
  fmt::print("{:<44} {:>8.2f} {:>8.2f} {:>8.2f}   {}\n", what, at(0.5), at(0.95), at(0.99), must);
}

/// A draft of `words` words as a page keeps it.
std::string draft_of(int words) {
  std::string list;
  for (int i = 0; i < words; ++i) {
    list += std::string(i == 0 ? "" : ",") + R"({"text":"温水","pinyin":"wen shui"})";
  }
  return R"({"text":"","words":[)" + list + "]}";
}

std::vector<double> select_times(Client& client, int& revision, int words, int rounds) {
  std::vector<double> ms;
  const std::string draft = draft_of(words);
  for (int i = 0; i < rounds; ++i) {
    const std::string body =
        fmt::format(R"({{"client":"bench","revision":{},"act":"pick","key":"offer","draft":{}}})",
                    revision, draft);
    const auto begun = Steady::now();
    client.send(post("/api/speak/select", body));
    const std::string answer = client.read_until("}");
    ms.push_back(milliseconds_since(begun));
    if (answer.find("200 OK") == std::string::npos) {
      stop(answer);
    }
    ++revision;
  }
  return ms;
}

std::vector<double> call_times(Client& client, Client& listener) {
  std::vector<double> ms;
  for (int i = 0; i < kCalls; ++i) {
    const auto begun = Steady::now();
    client.send(post("/api/care/call", "{}"));
    listener.read_until("event: call");
    ms.push_back(milliseconds_since(begun));
    client.read_until("}");
  }
  return ms;
}

}  // namespace

int main() {
  using namespace thaw;
  std::string name = (std::filesystem::temp_directory_path() / "thaw-bench-XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(name.data());
  const SystemClock clock;
  api::SpeakerOptions options;
  options.open_store = [&]() -> Result<std::unique_ptr<db::Connection>> {
    THAW_TRY(auto connection, db::Connection::open((folder / "t.db").string()));
    THAW_CHECK(care::migrate_care(*connection));
    return connection;
  };
  options.clock = &clock;
  options.phrases = R"({"pages":[]})";
  options.use_libime = false;
  auto desk = api::SpeakerDesk::open(std::move(options));
  if (!desk) {
    stop(desk.error().message);
  }
  api::Site site;
  api::add_speaker_routes(site, **desk);
  api::ServerOptions server_options;
  server_options.port = 0;
  auto server = api::Server::listen(site, server_options);
  if (!server) {
    stop(server.error().message);
  }
  std::jthread thread([&] { (*server)->serve(); });
  {
    Client client((*server)->port());
    Client listener((*server)->port());
    listener.send("GET /api/speak/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    listener.read_until("event: hello");
    int revision = 0;
    fmt::print("{:<44} {:>8} {:>8} {:>8}\n", "ms, over HTTP", "p50", "p95", "p99");
    print_row("selection, draft of 30 words, synced",
              select_times(client, revision, 30, kSelections),
              fmt::format("must: p95 < {} ms", kMustMs));
    print_row("selection, draft of 5,000 words, synced",
              select_times(client, revision, 5000, kSelections / 8), "");
    print_row("call to a listener", call_times(client, listener),
              "stream is looked at every 150 ms");
  }
  (*server)->stop();
  thread.join();
  desk->reset();
  std::filesystem::remove_all(folder);
}
