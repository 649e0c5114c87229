#include "gaze/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include "base/shorten.h"
#include "base/text.h"

namespace thaw::gaze {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPipeBytes = 1 << 20;  // so that a sentence fits and nobody waits for the other
constexpr std::size_t kComplaintBytes = 2000;
constexpr std::size_t kComplaintShown = 200;
constexpr std::chrono::milliseconds kLook{1};  // between looks at whether it has ended

void close_if_open(int& fd) {
  if (fd >= 0) {
    ::close(fd);
    fd = -1;
  }
}

/// A file in memory that holds `text`, at its beginning; -1 where there is none.
int file_of(std::string_view text) {
  int fd = ::memfd_create("thaw-text", MFD_CLOEXEC);
  std::size_t done = 0;
  while (fd >= 0 && done < text.size()) {
    const ssize_t wrote = ::write(fd, text.data() + done, text.size() - done);
    if (wrote <= 0 && errno != EINTR) {
      close_if_open(fd);
    }
    done += wrote > 0 ? static_cast<std::size_t>(wrote) : 0;
  }
  if (fd >= 0) {
    ::lseek(fd, 0, SEEK_SET);
  }
  return fd;
}

bool is_secret(std::string_view entry) {
  return entry.starts_with("THAW_") && entry.substr(0, entry.find('=')).ends_with("_KEY");
}

std::vector<std::string> environment_with(
    const std::vector<std::pair<std::string, std::string>>& more) {
  std::vector<std::string> out;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    if (!is_secret(text) && std::none_of(more.begin(), more.end(),
                                         [&](const auto& added) { return added.first == name; })) {
      out.emplace_back(text);
    }
  }
  for (const auto& [name, value] : more) {
    out.push_back(name + "=" + value);
  }
  return out;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string& text : texts) {
    out.push_back(text.data());
  }
  out.push_back(nullptr);
  return out;
}

/// The child's descriptors, its own process group, and every signal as it is by default.
struct SpawnPlan {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};

  SpawnPlan(int in, int out, int err) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, err, 2);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
};

/// The child's standard streams, ours and its own ends; closed at the end of their making.
struct Streams {
  int in;
  std::array<int, 2> out{-1, -1}, err{-1, -1};

  explicit Streams(std::string_view input) : in(file_of(input)) {
    if (::pipe2(out.data(), O_CLOEXEC) == 0) {
      ::fcntl(out[0], F_SETPIPE_SZ, kPipeBytes);
    }
    if (::pipe2(err.data(), O_CLOEXEC) != 0) {
      err = {-1, -1};
    }
  }
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;
  ~Streams() {
    for (int* fd : {&in, out.data(), &out[1], err.data(), &err[1]}) {
      close_if_open(*fd);
    }
  }
  bool all_open() const { return in >= 0 && out[0] >= 0 && err[0] >= 0; }
};

/// Reads what is there from `fd`; closes it at its end. What is over `bytes_max` is dropped.
void drain(int& fd, std::string& bytes, std::size_t bytes_max) {
  std::array<char, 65536> piece;
  const ssize_t got = ::read(fd, piece.data(), piece.size());
  if (got > 0) {
    const auto room = bytes_max - std::min(bytes_max, bytes.size());
    bytes.append(piece.data(), std::min(room, static_cast<std::size_t>(got)));
  } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
    close_if_open(fd);
  }
}

Error too_slow(std::chrono::milliseconds within) {
  return unavailable(fmt::format("it had not ended after {:.3g} s and was stopped",
                                 static_cast<double>(within.count()) / 1000));
}

int code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

ChildProcess::ChildProcess(int pid, int out, int err, const ChildRequest& request)
    : pid_(pid),
      out_(out),
      err_(err),
      deadline_(Clock::now() + request.within),
      within_(request.within),
      bytes_max_(request.bytes_max) {}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      out_(std::exchange(other.out_, -1)),
      err_(std::exchange(other.err_, -1)),
      deadline_(other.deadline_),
      within_(other.within_),
      bytes_max_(other.bytes_max_),
      output_(std::move(other.output_)),
      ended_(std::move(other.ended_)) {}

ChildProcess::~ChildProcess() {
  kill_and_wait();
  close_if_open(out_);
  close_if_open(err_);
}

Result<ChildProcess> ChildProcess::start(const ChildRequest& request) {
  if (request.command.empty() || request.command.front().empty()) {
    return invalid_argument("there is no program to start");
  }
  Streams streams(request.input);
  if (!streams.all_open()) {
    return unavailable(fmt::format("no program can be started now: {}", std::strerror(errno)));
  }
  std::vector<std::string> arguments = request.command;
  std::vector<std::string> variables = environment_with(request.environment);
  const std::vector<char*> argv = pointers_to(arguments);
  const std::vector<char*> envp = pointers_to(variables);
  const SpawnPlan plan(streams.in, streams.out[1], streams.err[1]);
  pid_t pid = -1;
  const int failed =
      ::posix_spawnp(&pid, argv[0], &plan.actions, &plan.attributes, argv.data(), envp.data());
  const std::string name = shorten(request.command.front(), kComplaintShown);
  if (failed == ENOENT) {
    return not_found(fmt::format("there is no program \"{}\" on this machine", name));
  }
  if (failed != 0) {
    return unavailable(
        fmt::format("the program \"{}\" cannot be started: {}", name, std::strerror(failed)));
  }
  if (request.nicer > 0) {
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(pid), request.nicer);
  }
  return ChildProcess(pid, std::exchange(streams.out[0], -1), std::exchange(streams.err[0], -1),
                      request);
}

void ChildProcess::kill_and_wait() {
  if (pid_ > 0) {
    ::kill(-pid_, SIGKILL);  // and what it started
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
  }
}

Result<bool> ChildProcess::collect(Moment until) {
  while (out_ >= 0 || err_ >= 0) {
    const Moment now = Clock::now();
    if (now >= deadline_) {
      return too_slow(within_);
    }
    if (now >= until) {
      return false;
    }
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(std::min(until, deadline_) - now).count();
    std::array<pollfd, 2> watched{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};
    if (::poll(watched.data(), watched.size(), static_cast<int>(left)) < 0 && errno != EINTR) {
      return unavailable(fmt::format("it cannot be listened to: {}", std::strerror(errno)));
    }
    if (watched[0].revents != 0) {
      drain(out_, output_.bytes, bytes_max_ + 1);
    }
    if (watched[1].revents != 0) {
      drain(err_, output_.complaint, kComplaintBytes);
    }
    if (output_.bytes.size() > bytes_max_) {
      return unavailable(fmt::format("it gave more than {} MB and was stopped", bytes_max_ >> 20U));
    }
  }
  return wait_for_end(until);
}

Result<bool> ChildProcess::wait_for_end(Moment until) {
  siginfo_t ended{};
  for (;;) {
    ended.si_pid = 0;
    const int asked = ::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT);
    if (asked == 0 && ended.si_pid == pid_) {
      break;
    }
    if (asked != 0 && errno != EINTR) {
      return unavailable(fmt::format("it cannot be waited for: {}", std::strerror(errno)));
    }
    if (const Moment now = Clock::now(); now >= deadline_) {
      return too_slow(within_);
    } else if (now >= until) {
      return false;
    }
    std::this_thread::sleep_for(kLook);
  }
  ::kill(-pid_,
         SIGKILL);  // what it left running; before the wait, while the number is still its own
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  output_.exit_code = code_of(status);
  return true;
}

void ChildProcess::wait_until(Moment until) {
  if (ended_) {
    return;
  }
  auto collected = collect(until);
  if (!collected) {
    kill_and_wait();
  }
  if (!collected || *collected) {
    ended_ = std::move(collected);
  }
}

bool ChildProcess::ended_within(std::chrono::milliseconds limit) {
  wait_until(Clock::now() + limit);
  return ended_.has_value();
}

Result<ChildOutput> ChildProcess::finish() {
  wait_until(Moment::max());
  if (!*ended_) {
    return ended_->error();
  }
  const std::string_view line =
      std::string_view(output_.complaint).substr(0, output_.complaint.find('\n'));
  output_.complaint = shorten(trim(line), kComplaintShown);
  return std::move(output_);
}

}  // namespace thaw::gaze
