// Wall-clock seconds since it was made, for the `seconds` of a document.
#pragma once

#include <chrono>

namespace thaw::cli {

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
  }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace thaw::cli
