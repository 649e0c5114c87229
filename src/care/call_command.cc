#include "care/call_command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string_view>
#include <system_error>
#include <thread>

namespace thaw::care {
namespace {

/// What posix_spawn is told, freed at the end.
class SpawnSettings {
 public:
  SpawnSettings() {
    posix_spawn_file_actions_init(&files_);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
      posix_spawn_file_actions_addopen(&files_, stream, "/dev/null", O_RDWR, 0);
    }
    posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t usual;
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGXFSZ);
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSettings() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&files_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) {
    out.push_back(text.data());
  }
  out.push_back(nullptr);
  return out;
}

/// Waits for the program's end, so that nothing of it stays, and says when it failed.
void watch(pid_t process, const std::string& name) {
  int status = 0;
  if (::waitpid(process, &status, 0) == process &&
      !(WIFEXITED(status) && WEXITSTATUS(status) == 0)) {
    fmt::print(stderr, "thaw: the call command {} failed (status {})\n", name,
               WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  }
}

}  // namespace

Result<Done> start_detached(const std::vector<std::string>& words,
                            const std::vector<std::pair<std::string, std::string>>& environment) {
  std::vector<std::string> arguments = words;
  std::vector<std::string> variables;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view variable = *each;
    const std::string_view name = variable.substr(0, variable.find('='));
    if (!(name.starts_with("THAW_") && name.ends_with("_KEY"))) {
      variables.emplace_back(variable);
    }
  }
  for (const auto& [name, value] : environment) {
    variables.push_back(name + "=" + value);
  }
  const SpawnSettings settings;
  pid_t process = 0;
  const int error =
      ::posix_spawnp(&process, arguments.front().c_str(), &settings.files_, &settings.attributes_,
                     pointers(arguments).data(), pointers(variables).data());
  if (error != 0) {
    return unavailable(fmt::format("the call command {} cannot be started: {}", words.front(),
                                   std::generic_category().message(error)));
  }
  std::thread(watch, process, words.front()).detach();
  return Done{};
}

}  // namespace thaw::care
