// Work cut into numbered pieces and run on a fixed number of threads.
//
// The pieces, not the threads, decide what is computed: results are kept by piece number and
// merged in that order, so one thread and many give the same answer to the last bit.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace thaw {

/// Calls `work(piece)` once for every piece in [0, pieces), on up to `threads` threads (at least
/// one). Returns when all are done. `work` must not throw and must write only to its own piece.
inline void for_each_piece(std::size_t pieces, unsigned threads,
                           const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t piece = next++; piece < pieces; piece = next++) {
      work(piece);
    }
  };
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < threads && i < pieces; ++i) {
    helpers.emplace_back(run);
  }
  run();
}

}  // namespace thaw
