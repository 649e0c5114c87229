#include "api/engine_room.h"

namespace thaw::api {

EngineRoom::EngineRoom(Make make) : thread_([this, make = std::move(make)] { run(make); }) {}

EngineRoom::~EngineRoom() = default;

void EngineRoom::run(const Make& make) {
  auto made = make();
  std::unique_lock lock(mutex_);
  if (!made) {
    error_ = made.error();
    waiting_.clear();
    made_.notify_all();
    return;
  }
  std::unique_ptr<gaze::TextEngine> engine = std::move(made).value();
  while (!waiting_.empty()) {  // what came meanwhile; more may come while it is done
    const auto acts = std::exchange(waiting_, {});
    lock.unlock();
    for (const auto& act : acts) {
      act(*engine);
    }
    lock.lock();
  }
  engine_ = std::move(engine);
  made_.notify_all();
}

Result<gaze::TextEngine*> EngineRoom::wait(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  made_.wait_for(lock, patience, [this] { return engine_ != nullptr || error_.has_value(); });
  if (error_) {
    return *error_;
  }
  if (engine_ == nullptr) {
    return unavailable("the text engine is being warmed; it is there in a moment");
  }
  return engine_.get();
}

gaze::TextEngine* EngineRoom::now() {
  const std::lock_guard lock(mutex_);
  return engine_.get();
}

void EngineRoom::when_made(std::function<void(gaze::TextEngine&)> act) {
  gaze::TextEngine* engine = nullptr;
  {
    const std::lock_guard lock(mutex_);
    engine = engine_.get();
    if (engine == nullptr) {
      if (!error_) {
        waiting_.push_back(std::move(act));
      }
      return;
    }
  }
  act(*engine);
}

}  // namespace thaw::api
