#include "api/live.h"

namespace thaw::api {

std::shared_ptr<const Context> Live::now() const {
  const std::lock_guard lock(mutex_);
  return now_;
}

std::uint64_t Live::replace(std::shared_ptr<const Context> next) {
  const std::lock_guard lock(mutex_);
  now_ = std::move(next);
  return ++generation_;
}

std::uint64_t Live::generation() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

}  // namespace thaw::api
