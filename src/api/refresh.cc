#include "api/refresh.h"

#include <fmt/format.h>

#include <cstdio>

namespace thaw::api {
namespace {

constexpr std::chrono::seconds kRetry{5};

}  // namespace

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
  changed_.wait_for(lock, patience, [&] { return tried_ >= mine; });
  return served_ >= mine;
}

Result<std::shared_ptr<const Context>> Refresh::load() const {
  try {
    return load_();
  } catch (const std::exception& error) {
    return unavailable(fmt::format("a bug of ours: {}", error.what()));
  }
}

void Refresh::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (true) {
    // After a failure it is tried again without being asked: a change must not stay unseen.
    const auto wanted = [this] { return asked_ > tried_; };
    if (served_ < tried_) {
      changed_.wait_for(lock, stop, kRetry, wanted);
    } else {
      changed_.wait(lock, stop, wanted);
    }
    if (stop.stop_requested()) {
      return;
    }
    const std::uint64_t until = asked_;
    lock.unlock();
    auto next = load();
    const bool good = static_cast<bool>(next);
    if (next) {
      live_.replace(std::move(next).value());
    } else {
      // The old state stays: it is true as of before the change, and the next ask tries again.
      fmt::print(stderr, "thaw: the store could not be read anew: {}\n", next.error().message);
    }
    lock.lock();
    tried_ = until;
    served_ = good ? until : served_;
    changed_.notify_all();
  }
}

}  // namespace thaw::api
