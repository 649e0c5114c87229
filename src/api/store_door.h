// One connection to the store for many threads: whoever works with it has it alone.
#pragma once

#include <memory>
#include <mutex>

#include "base/result.h"
#include "db/db.h"

namespace thaw::api {

class StoreDoor {
 public:
  explicit StoreDoor(std::unique_ptr<db::Connection> connection)
      : connection_(std::move(connection)) {}

  /// `work(connection)` while nobody else uses the store. Waits for those before.
  template <class Work>
  auto with(Work work) {
    const std::lock_guard lock(mutex_);
    return work(*connection_);
  }

 private:
  std::mutex mutex_;
  std::unique_ptr<db::Connection> connection_;
};

}  // namespace thaw::api
