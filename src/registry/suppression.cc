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
  std::size_t cells = 0;

  // Whoever knows the total knows this sum: it must be of several cells and not small itself.
  bool safe() const { return cells == 0 || (cells >= 2 && sum >= kCountFloor); }
};

}  // namespace

FlooredCount floored(std::int64_t count) {
  return small(count) ? FlooredCount{std::nullopt, true} : FlooredCount{count, false};
}

std::vector<FlooredCount> floored(std::span<const std::int64_t> counts) {
  std::vector<FlooredCount> shown;
  Hidden hidden;
  for (const std::int64_t count : counts) {
    shown.push_back(floored(count));
    if (shown.back().hidden) {
      hidden.sum += count;
      ++hidden.cells;
    }
  }
  // The smallest of those still shown go next: empty cells only where nothing else is left.
  std::vector<std::size_t> order(counts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return (counts[a] == 0) != (counts[b] == 0) ? counts[b] == 0 : counts[a] < counts[b];
  });
  for (const std::size_t cell : order) {
    if (hidden.safe()) {
      break;
    }
    if (!shown[cell].hidden) {
      shown[cell] = {std::nullopt, true};
      hidden.sum += counts[cell];
      ++hidden.cells;
    }
  }
  return shown;
}

}  // namespace thaw::registry
