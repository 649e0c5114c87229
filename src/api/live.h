// What the routes answer from at this moment: swapped whole when the store has changed.
//
// A request takes one state and keeps it to its end, so an answer never mixes two.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

#include "api/routes.h"

namespace thaw::api {

/// Safe to use from several threads.
class Live {
 public:
  explicit Live(std::shared_ptr<const Context> first) : now_(std::move(first)) {}

  std::shared_ptr<const Context> now() const;

  /// Requests from here on are answered from `next`. Returns the new generation.
  std::uint64_t replace(std::shared_ptr<const Context> next);

  /// 1, and one more with each replace().
  std::uint64_t generation() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Context> now_;
  std::uint64_t generation_ = 1;
};

}  // namespace thaw::api
