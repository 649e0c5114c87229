#include "api/refresh.h"

#include <fmt/format.h>

#include <cstdio>

namespace thaw::api {

Refresh::Refresh(Live& live, Load load)
    : live_(live),
      load_(std::move(load)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Refresh::~Refresh() {
  thread_.request_stop();
  changed_.notify_all();
}

bool Refresh::ask(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const std::uint64_t mine = ++asked_;
  changed_.notify_all();
  return changed_.wait_for(lock, patience, [&] { return loaded_ >= mine; });
}

void Refresh::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return asked_ > loaded_; })) {
    const std::uint64_t until = asked_;
    lock.unlock();
    auto next = load_();
    if (next) {
      live_.replace(std::move(next).value());
    } else {
      // The old state stays: it is true as of before the change, and the next ask tries again.
      fmt::print(stderr, "thaw: the store could not be read anew: {}\n", next.error().message);
    }
    lock.lock();
    loaded_ = until;
    changed_.notify_all();
  }
}

}  // namespace thaw::api
