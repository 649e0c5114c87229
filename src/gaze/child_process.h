// One program run once: text in, bytes out, within limits, and nothing left behind.
//
// posix_spawn with an argument list, never a shell. Its standard input is a file in memory, so that
// a program that does not read cannot block us. At a limit the program and what it started are
// killed. Checked: against programs that hang, flood, fail, read nothing and leave children.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace thaw::gaze {

struct ChildRequest {
  std::vector<std::string> command;  // the program (looked for on PATH) and its arguments
  std::string input;                 // its standard input
  std::vector<std::pair<std::string, std::string>> environment;  // beside our own
  std::chrono::milliseconds within{10'000};
  std::size_t bytes_max = std::size_t{64} << 20U;  // of its standard output
  int nicer = 0;                                   // 1 to 19: gives way to others, as nice(1)
};

struct ChildOutput {
  std::string bytes;      // its standard output
  int exit_code = 0;      // 128 and more: ended by that signal
  std::string complaint;  // the first line of its standard error, shortened
};

class ChildProcess {
 public:
  /// Starts it. kNotFound: there is no such program. kUnavailable: it cannot be started. Keys of
  /// ours (THAW_..._KEY) are kept from its environment.
  static Result<ChildProcess> start(const ChildRequest& request);

  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&&) = delete;
  ~ChildProcess();  // kills it where it still runs

  /// Whether it has ended, or failed, after waiting at most `limit`; then finish() does not wait.
  /// Takes what it says meanwhile.
  bool ended_within(std::chrono::milliseconds limit);

  /// Waits for its end; once. kUnavailable: over its time or its bytes, counted from start(); then
  /// it is dead when this returns.
  Result<ChildOutput> finish();

 private:
  using Moment = std::chrono::steady_clock::time_point;
  ChildProcess(int pid, int out, int err, const ChildRequest& request);
  void wait_until(Moment until);
  Result<bool> collect(Moment until);       // false: not ended at `until`
  Result<bool> wait_for_end(Moment until);  // likewise
  void kill_and_wait();

  int pid_, out_, err_;
  Moment deadline_;
  std::chrono::milliseconds within_;
  std::size_t bytes_max_;
  ChildOutput output_;
  std::optional<Result<bool>> ended_;  // once it has, or has failed
};

}  // namespace thaw::gaze
