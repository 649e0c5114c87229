#include "registry/suppression.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "base/random.h"

namespace thaw::registry {
namespace {

// All ways to fill the hidden cells that agree with the total and with the floor itself: a reader
// who knows the rules must be left with more than one value for every cell of 1..10.
bool can_be_told(const std::vector<std::int64_t>& counts, const std::vector<FlooredCount>& shown,
                 std::size_t target) {
  const std::int64_t total = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  std::int64_t hidden_sum = total;
  std::vector<std::size_t> hidden;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (shown[i].hidden) {
      hidden.push_back(i);
    } else {
      hidden_sum -= *shown[i].count;
    }
  }
  std::vector<bool> seen(static_cast<std::size_t>(hidden_sum) + 1, false);
  const std::function<void(std::size_t, std::int64_t, std::int64_t)> fill =
      [&](std::size_t k, std::int64_t left, std::int64_t value) {
        if (k == hidden.size()) {
          if (left == 0) {
            seen[static_cast<std::size_t>(value)] = true;
          }
          return;
        }
        for (std::int64_t v = 0; v <= left; ++v) {
          fill(k + 1, left - v, hidden[k] == target ? v : value);
        }
      };
  fill(0, hidden_sum, 0);
  return std::count(seen.begin(), seen.end(), true) <= 1;
}

TEST(Suppression, NoSmallCellIsShownOrCanBeToldFromTheTotal) {
  Random random(11);
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::int64_t> counts(2 + random.index(3));
    for (auto& count : counts) {
      count = static_cast<std::int64_t>(random.bernoulli(0.3) ? 0 : random.index(25));
    }
    const auto shown = floored(std::span<const std::int64_t>(counts));
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (shown[i].hidden) {
        ASSERT_FALSE(shown[i].count);
      } else {
        ASSERT_EQ(shown[i].count, counts[i]);
      }
      if (counts[i] > 0 && counts[i] < kCountFloor) {
        ASSERT_TRUE(shown[i].hidden);
        ASSERT_FALSE(can_be_told(counts, shown, i)) << "round " << round << " cell " << i;
      }
    }
  }
}

TEST(Suppression, NothingIsHiddenWhereNothingIsSmall) {
  const std::vector<std::int64_t> counts = {11, 0, 500};
  for (const FlooredCount& cell : floored(std::span<const std::int64_t>(counts))) {
    EXPECT_FALSE(cell.hidden);
  }
}

TEST(Suppression, OneSmallCellTakesTheNextSmallestWithIt) {
  const std::vector<std::int64_t> counts = {3, 400, 20, 0};
  const auto shown = floored(std::span<const std::int64_t>(counts));
  EXPECT_TRUE(shown[0].hidden);
  EXPECT_FALSE(shown[1].hidden);
  EXPECT_TRUE(shown[2].hidden);
  EXPECT_EQ(shown[3], (FlooredCount{0, false}));
}

TEST(Suppression, AloneOnlyOneToTenAreHidden) {
  for (std::int64_t count = 0; count < 30; ++count) {
    EXPECT_EQ(floored(count).hidden, count >= 1 && count <= 10) << count;
  }
}

}  // namespace
}  // namespace thaw::registry
