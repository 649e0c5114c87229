#include "registry/suppression.h"

#include <algorithm>
#include <numeric>

namespace thaw::registry {
namespace {

bool small(std::int64_t count) {
  return count > 0 && count < kCountFloor;
}

struct Hidden {
  std::int64_t sum = 0;
  std::int64_t cells = 0;
  std::optional<std::int64_t> last;  // the cell that was hidden last to protect the others

  void add(std::int64_t count) {
    sum += count;
    ++cells;
  }

  // Whoever knows the total knows this sum. It must not be small itself, and where all cells are
  // small they must not all be 1 or all be 10, or the sum would say so.
  bool safe() const {
    const bool mixed = cells < sum && sum < (kCountFloor - 1) * cells;
    return cells == 0 || (sum >= kCountFloor && (last || mixed));
  }
};

}  // namespace

FlooredCount floored(std::int64_t count) {
  return small(count) ? FlooredCount{std::nullopt, true} : FlooredCount{count, false};
}

std::int64_t rounded_to_tens(std::int64_t count) {
  return count < kCountFloor ? count : std::max(kCountFloor, count - count % 10);
}

FlooredCount floored_to_tens(std::int64_t count) {
  return floored(small(count) ? count : rounded_to_tens(count));
}

std::vector<FlooredCount> floored(std::span<const std::int64_t> counts) {
  std::vector<FlooredCount> shown;
  Hidden hidden;
  for (const std::int64_t count : counts) {
    shown.push_back(floored(count));
    if (shown.back().hidden) {
      hidden.add(count);
    }
  }
  // The smallest of those still shown go next: empty cells only where nothing else is left.
  std::vector<std::size_t> order(counts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return (counts[a] == 0) != (counts[b] == 0) ? counts[b] == 0 : counts[a] < counts[b];
  });
  // With a cell go all equal to it, or the one left out would say how large the hidden can be.
  for (const std::size_t cell : order) {
    if (shown[cell].hidden) {
      continue;
    }
    if (hidden.safe() && counts[cell] != hidden.last) {
      break;
    }
    shown[cell] = {std::nullopt, true};
    hidden.add(counts[cell]);
    hidden.last = counts[cell];
  }
  return shown;
}

}  // namespace thaw::registry
