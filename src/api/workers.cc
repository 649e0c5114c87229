#include "api/workers.h"

namespace thaw::api {
namespace {

constexpr std::size_t kForOnePerson = 2;

}  // namespace

Workers::Workers(std::size_t for_all) {
  for (const Pace pace : {Pace::kMayWait, Pace::kComposing, Pace::kKeeping, Pace::kOutside}) {
    Group& group = groups_[static_cast<std::size_t>(pace)];
    for (std::size_t i = 0; i < (pace == Pace::kMayWait ? for_all : kForOnePerson); ++i) {
      threads_.emplace_back([this, &group] { run(group); });
    }
  }
}

Workers::~Workers() {
  stop();
  join();
}

void Workers::post(Pace pace, std::function<void()> task) {
  Group& group = groups_[static_cast<std::size_t>(pace)];
  {
    const std::lock_guard lock(mutex_);
    group.tasks.push_back(std::move(task));
  }
  group.changed.notify_one();
}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  for (Group& group : groups_) {
    group.changed.notify_all();
  }
}

void Workers::join() {
  threads_.clear();
}

void Workers::run(Group& group) {
  std::unique_lock lock(mutex_);
  while (true) {
    group.changed.wait(lock, [&] { return stopping_ || !group.tasks.empty(); });
    if (stopping_) {
      return;
    }
    std::function<void()> task = std::move(group.tasks.front());
    group.tasks.pop_front();
    lock.unlock();
    task();
    task = nullptr;  // what it holds ends outside the lock
    lock.lock();
  }
}

}  // namespace thaw::api
