#include "api/outbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace thaw::api {
namespace {

constexpr std::chrono::milliseconds kLastPause{200};

bool is_hopeless(const Error& error) {
  return error.code == ErrorCode::kInvalidArgument || error.code == ErrorCode::kNotFound;
}

}  // namespace

Outbox::Outbox(StoreDoor& door, std::chrono::milliseconds retry,
               std::chrono::milliseconds last_tries)
    : door_(door),
      retry_(retry),
      last_tries_(last_tries),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Outbox::~Outbox() {
  thread_.request_stop();
  changed_.notify_all();
  thread_.join();
}

void Outbox::add(Write write, std::string what) {
  {
    const std::lock_guard lock(mutex_);
    if (writes_.size() >= kMax) {
      // Not the first: that one may be under way.
      writes_.erase(writes_.begin() + 1);
      fmt::print(stderr, "thaw: the store has failed for long; the oldest care event is lost\n");
    }
    writes_.push_back({std::move(write), std::move(what)});
  }
  changed_.notify_all();
}

void Outbox::add_unimportant(Write write) {
  if (waiting() < kUnimportantMax) {
    add(std::move(write));
  }
}

std::size_t Outbox::waiting() const {
  const std::lock_guard lock(mutex_);
  return writes_.size();
}

bool Outbox::wait_empty(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [this] { return writes_.empty(); });
}

void Outbox::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  std::optional<std::chrono::steady_clock::time_point> last_try;  // once asked to stop
  while (true) {
    changed_.wait(lock, stop, [this] { return !writes_.empty(); });
    if (writes_.empty()) {
      return;  // asked to stop, and all is written
    }
    const Write write = writes_.front().write;
    lock.unlock();
    const auto done = door_.with([&](db::Connection& connection) { return write(connection); });
    lock.lock();
    if (done || is_hopeless(done.error())) {
      if (!done) {
        fmt::print(stderr, "thaw: a care event could not be kept: {}\n", done.error().message);
      }
      writes_.pop_front();
      failing_ = false;
      changed_.notify_all();
      continue;
    }
    if (!failing_) {
      fmt::print(stderr, "thaw: care events wait for the store: {}\n", done.error().message);
      failing_ = true;
    }
    if (!stop.stop_requested()) {
      changed_.wait_for(lock, stop, retry_, [] { return false; });
      continue;
    }
    last_try = last_try.value_or(std::chrono::steady_clock::now() + last_tries_);
    if (std::chrono::steady_clock::now() >= *last_try) {
      for (const Waiting& lost : writes_) {
        if (!lost.what.empty()) {
          fmt::print(stderr, "thaw: lost, as the store took nothing until the end: {}\n",
                     lost.what);
        }
      }
      return;
    }
    lock.unlock();
    std::this_thread::sleep_for(std::min<std::chrono::milliseconds>(retry_, kLastPause));
    lock.lock();
  }
}

}  // namespace thaw::api
