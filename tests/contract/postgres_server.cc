#include "contract/postgres_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/core.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>
#include <vector>

#include "base/text.h"
#include "db/db.h"

namespace thaw::test {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

constexpr std::chrono::seconds kStartWait{120};

// The folder of initdb and postgres, the newest version first.
std::optional<fs::path> find_programs() {
  std::vector<fs::path> folders;
  std::error_code absent;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", absent)) {
    folders.push_back(version.path() / "bin");
  }
  std::ranges::sort(folders, std::greater<>());
  const char* path = std::getenv("PATH");
  for (const std::string_view folder : split(path == nullptr ? "" : path, ':')) {
    folders.emplace_back(folder);
  }
  for (const fs::path& folder : folders) {
    if (::access((folder / "initdb").c_str(), X_OK) == 0) {
      return folder;
    }
  }
  return std::nullopt;
}

// PostgreSQL refuses to run as root: then it runs as the user its package made.
const passwd* server_user() {
  return ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
}

// Starts `arguments` as the server's user in a session of its own, output into `log`.
pid_t start_program(const Arguments& arguments, const fs::path& log) {
  const passwd* user = server_user();
  std::vector<char*> argv;
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child != 0) {
    return child;
  }
  ::setsid();
  const int out = ::open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  const bool changed =
      user == nullptr || (::initgroups(user->pw_name, user->pw_gid) == 0 &&
                          ::setgid(user->pw_gid) == 0 && ::setuid(user->pw_uid) == 0);
  if (changed && ::chdir("/") == 0) {
    ::execv(argv[0], argv.data());
  }
  ::_exit(127);
}

int wait_for(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

int free_port() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(listener, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(listener);
  return ntohs(address.sin_port);
}

std::string url_of(int port, std::string_view database) {
  return fmt::format("postgresql://thaw_test:{}@127.0.0.1:{}/{}", kPostgresPassword, port,
                     database);
}

// One data folder and, once started, the server on it.
class Server {
 public:
  explicit Server(fs::path programs) : programs_(std::move(programs)) {
    std::string name = (fs::temp_directory_path() / "thaw-postgres-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    std::ofstream(folder_ / "password") << kPostgresPassword << '\n';
    if (const passwd* user = server_user()) {
      give(folder_, user);
      give(folder_ / "password", user);
    }
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    stop();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  /// The port it answers on.
  Result<int> start() {
    const pid_t initdb = start_program(
        {programs_ / "initdb", "--pgdata=" + data(), "--username=thaw_test", "--auth=scram-sha-256",
         fmt::format("--pwfile={}", (folder_ / "password").string()), "--encoding=UTF8",
         "--locale=C", "--no-sync", "--no-instructions"},
        log());
    if (wait_for(initdb) != 0) {
      return failure("initdb failed");
    }
    for (int attempt = 0; attempt < 5; ++attempt) {  // someone else may take the port in between
      const int port = free_port();
      server_ = start_program(
          {programs_ / "postgres", "-D", data(), "-k", folder_.string(), "-h", "127.0.0.1", "-p",
           std::to_string(port), "-c", "fsync=off", "-c", "shared_buffers=32MB"},
          log());
      if (answers(port)) {
        return port;
      }
      stop();
    }
    return failure("postgres did not start");
  }

 private:
  static void give(const fs::path& path, const passwd* user) {
    if (::chown(path.c_str(), user->pw_uid, user->pw_gid) != 0) {
      std::perror("chown");
    }
  }
  std::string data() const { return (folder_ / "data").string(); }
  fs::path log() const { return folder_ / "log"; }

  Error failure(std::string_view what) const {
    std::ostringstream text;
    text << std::ifstream(log()).rdbuf();
    return unavailable(fmt::format("{}: {}", what, text.str()));
  }

  bool answers(int port) {
    const auto end = std::chrono::steady_clock::now() + kStartWait;
    while (std::chrono::steady_clock::now() < end) {
      if (PQping(url_of(port, "postgres").c_str()) == PQPING_OK) {
        return true;
      }
      if (::waitpid(server_, nullptr, WNOHANG) == server_) {
        server_ = 0;
        return false;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }

  void stop() {
    if (server_ > 0) {
      ::kill(server_, SIGQUIT);  // at once: nothing of it is kept
      wait_for(server_);
      server_ = 0;
    }
  }

  fs::path programs_;
  fs::path folder_;
  pid_t server_ = 0;
};

// The supervisor: serves until `alive` is closed by the end of the test program, however it ends.
[[noreturn]] void supervise(const fs::path& programs, int alive, int answer) {
  ::setsid();  // Ctrl-C is for the test program
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
    ::signal(number, SIG_IGN);
  }
  {
    Server server(programs);
    const Result<int> port = server.start();
    const std::string line = port ? std::to_string(*port) : "!" + port.error().message;
    const bool told = ::write(answer, line.data(), line.size()) > 0;
    ::close(answer);
    char byte = 0;
    while (told && port && ::read(alive, &byte, 1) > 0) {
    }
  }
  ::_exit(0);
}

std::string read_all(int file) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t n = 0; (n = ::read(file, buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return text;
}

class SupervisedServer {
 public:
  SupervisedServer() {
    const auto programs = find_programs();
    if (!programs) {
      port_ = not_found("PostgreSQL's initdb is not installed (apt-get install postgresql)");
      return;
    }
    int alive[2];
    int answer[2];
    if (::pipe2(alive, O_CLOEXEC) != 0 || ::pipe2(answer, O_CLOEXEC) != 0) {
      return;
    }
    supervisor_ = ::fork();
    if (supervisor_ == 0) {
      ::close(alive[1]);
      ::close(answer[0]);
      supervise(*programs, alive[0], answer[1]);
    }
    ::close(alive[0]);
    ::close(answer[1]);
    alive_ = alive[1];
    const std::string line = read_all(answer[0]);
    ::close(answer[0]);
    if (const auto port = parse_int(line)) {
      port_ = static_cast<int>(*port);
    } else {
      port_ = unavailable(line);
    }
  }
  SupervisedServer(const SupervisedServer&) = delete;
  SupervisedServer& operator=(const SupervisedServer&) = delete;
  ~SupervisedServer() {
    if (supervisor_ > 0) {
      ::close(alive_);
      wait_for(supervisor_);
    }
  }

  Result<int> port() const { return port_; }

 private:
  Result<int> port_ = unavailable("the test server was not started");
  pid_t supervisor_ = 0;
  int alive_ = -1;
};

}  // namespace

Result<std::string> fresh_postgres_url() {
  static const SupervisedServer server;
  static int databases = 0;
  THAW_TRY(const int port, server.port());
  THAW_TRY(auto connection, db::Connection::open(url_of(port, "postgres")));
  if (databases > 0) {
    THAW_CHECK(connection->execute(
        fmt::format("drop database if exists thaw_{} with (force)", databases)));
  }
  ++databases;
  THAW_CHECK(connection->execute(fmt::format("create database thaw_{}", databases)));
  return url_of(port, fmt::format("thaw_{}", databases));
}

}  // namespace thaw::test
