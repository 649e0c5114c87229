// Subsets of a fixed size in lexicographic order, and how many there are.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace thaw::discovery {

/// The positions 0 .. size-1, to start next_subset with.
inline std::vector<std::size_t> first_subset(std::size_t size) {
  std::vector<std::size_t> at(size);
  for (std::size_t i = 0; i < size; ++i) {
    at[i] = i;
  }
  return at;
}

/// Moves the rising positions `at` in [0, n) to the next subset; false after the last.
inline bool next_subset(std::vector<std::size_t>& at, std::size_t n) {
  const std::size_t size = at.size();
  for (std::size_t i = size; i-- > 0;) {
    if (at[i] < n - size + i) {
      ++at[i];
      for (std::size_t j = i + 1; j < size; ++j) {
        at[j] = at[j - 1] + 1;
      }
      return true;
    }
  }
  return false;
}

/// n over k as a double: exact while it fits, never an overflow.
inline double subset_count(std::size_t n, std::size_t k) {
  if (k > n) {
    return 0;
  }
  double count = 1;
  for (std::size_t i = 0; i < k; ++i) {
    count = count * static_cast<double>(n - i) / static_cast<double>(i + 1);
  }
  return count;
}

}  // namespace thaw::discovery
