// Brings the live state up to the store after a change, in the background and never twice at once.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "api/live.h"
#include "base/result.h"

namespace thaw::api {

class Refresh {
 public:
  using Load = std::function<Result<std::shared_ptr<const Context>>()>;

  /// `load` reads the store anew; it is called on this object's own thread. `live` must outlive it.
  Refresh(Live& live, Load load);
  ~Refresh();

  /// Asks for a state that holds everything committed before this call, and waits at most
  /// `patience` for it. True when it is there. Several asks that wait together are one load.
  bool ask(std::chrono::milliseconds patience);

 private:
  void run(const std::stop_token& stop);

  Live& live_;
  Load load_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  Result<std::shared_ptr<const Context>> load() const;

  std::uint64_t asked_ = 0;
  std::uint64_t tried_ = 0;   // asks that a load was made for
  std::uint64_t served_ = 0;  // asks that a load succeeded for
  std::jthread thread_;
};

}  // namespace thaw::api
