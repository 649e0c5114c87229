// Counts that may be shown: none of 1 to 10, and none that the others give away.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace thaw::registry {

inline constexpr std::int64_t kCountFloor = 11;  // the smallest count but 0 that is shown

struct FlooredCount {
  std::optional<std::int64_t> count;  // nothing when hidden
  bool hidden = false;

  friend bool operator==(const FlooredCount&, const FlooredCount&) = default;
};

/// `count` alone: hidden when 1..10.
FlooredCount floored(std::int64_t count);

/// `count` as a lower bound that may stand beside other counts of much the same people: rounded
/// down to tens, never below the floor (11 stands for 11 to 19), 0 and what is below the floor as
/// they are. Two such counts that differ by a few people are mostly shown alike.
std::int64_t rounded_to_tens(std::int64_t count);

/// `count` as in floored(), and what is shown of it rounded to tens.
FlooredCount floored_to_tens(std::int64_t count);

/// The cells of one variable whose total is known: cells of 1..10 are hidden, and with them the
/// smallest others (all that are equal; cells of 0 last) until what is hidden adds up to at least
/// 11. No small cell can be told from the total and the shown cells, even by one who knows this
/// procedure (suppression_test.cc tries all fillings). When all together is 1..10, all are hidden.
std::vector<FlooredCount> floored(std::span<const std::int64_t> counts);

}  // namespace thaw::registry
