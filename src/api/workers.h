// The threads that call handlers: a group for each pace, so that none waits for another's.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "api/site.h"

namespace thaw::api {

/// Safe to use from several threads.
class Workers {
 public:
  /// `for_all` threads for Pace::kMayWait, two for each other pace but kQuick, which needs none.
  explicit Workers(std::size_t for_all);
  ~Workers();  // as stop() and join()
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// `task` is called on a thread of `pace`, in the order of the calls. Not kQuick.
  void post(Pace pace, std::function<void()> task);

  /// From now on no task begins; those that have not are kept until the end, and never called.
  void stop();

  /// After stop(): waits for the tasks that have begun.
  void join();

 private:
  struct Group {
    std::deque<std::function<void()>> tasks;
    std::condition_variable changed;
  };
  void run(Group& group);

  std::mutex mutex_;
  bool stopping_ = false;
  std::array<Group, static_cast<std::size_t>(Pace::kOutside) + 1> groups_;  // by pace
  std::vector<std::jthread> threads_;
};

}  // namespace thaw::api
