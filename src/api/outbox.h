// What must reach the store but may not wait for it: written in order, tried again until it is.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "api/store_door.h"

namespace thaw::api {

/// Safe to use from several threads; add() never waits for the store.
class Outbox {
 public:
  using Write = std::function<Result<Done>(db::Connection&)>;

  static constexpr std::size_t kMax = 5000;
  static constexpr std::size_t kUnimportantMax = 100;

  explicit Outbox(StoreDoor& door, std::chrono::milliseconds retry = std::chrono::seconds(2),
                  std::chrono::milliseconds last_tries = std::chrono::seconds(5));
  ~Outbox();  // goes on trying what waits for `last_tries`, and says on stderr what is lost
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  /// `write` is called on a thread of the outbox until it succeeds; one that can never succeed (bad
  /// input) is dropped with a word on stderr. Over kMax the oldest is dropped. `what` names it
  /// where it is lost.
  void add(Write write, std::string what = {});

  /// As add, dropped at once where many wait.
  void add_unimportant(Write write);

  /// Whether all was written within `patience`.
  bool wait_empty(std::chrono::milliseconds patience);

  std::size_t waiting() const;

 private:
  struct Waiting {
    Write write;
    std::string what;
  };

  void run(const std::stop_token& stop);

  StoreDoor& door_;
  std::chrono::milliseconds retry_, last_tries_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Waiting> writes_;
  bool failing_ = false;
  std::jthread thread_;
};

}  // namespace thaw::api
