#include "registry/suppression.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "base/random.h"

namespace thaw::registry {
namespace {

// What someone can tell who knows the total, the shown cells and this very procedure: a value is
// possible when some filling of the hidden cells adds up and would be hidden in the same way.
bool can_be_told(const std::vector<std::int64_t>& counts, const std::vector<FlooredCount>& shown,
                 std::size_t target) {
  std::vector<std::size_t> hidden;
  std::int64_t left_over = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (shown[i].hidden) {
      hidden.push_back(i);
      left_over += counts[i];
    }
  }
  std::set<std::int64_t> possible;
  std::vector<std::int64_t> guess = counts;
  const std::function<void(std::size_t, std::int64_t)> fill = [&](std::size_t k,
                                                                  std::int64_t left) {
    if (possible.size() > 1) {
      return;
    }
    if (k + 1 == hidden.size()) {
      guess[hidden[k]] = left;
      if (floored(std::span<const std::int64_t>(guess)) == shown) {
        possible.insert(guess[target]);
      }
      return;
    }
    for (std::int64_t v = 0; v <= left; ++v) {
      guess[hidden[k]] = v;
      fill(k + 1, left - v);
    }
  };
  fill(0, left_over);
  return possible.size() <= 1;
}

TEST(RoundedToTens, IsALowerBoundThatIsNeverBelowTheFloor) {
  EXPECT_EQ(floored_to_tens(0), (FlooredCount{0, false}));
  for (std::int64_t count = 1; count <= 10; ++count) {
    EXPECT_EQ(floored_to_tens(count), (FlooredCount{std::nullopt, true})) << count;
  }
  for (std::int64_t count = 11; count < 400; ++count) {
    const std::int64_t shown = *floored_to_tens(count).count;
    EXPECT_TRUE(shown <= count && count < shown + 10 && shown >= 11) << count;
    EXPECT_TRUE(shown == 11 ? count < 20 : shown % 10 == 0) << count;
  }
  EXPECT_EQ(floored_to_tens(345), floored_to_tens(340));
}

TEST(Suppression, NoSmallCellIsShownOrCanBeToldFromTheTotal) {
  Random random(11);
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::int64_t> counts(2 + random.index(4));
    for (auto& count : counts) {
      const std::uint64_t drawn = round % 2 == 0 ? random.index(25) : 8 + random.index(6);
      count = static_cast<std::int64_t>(random.bernoulli(0.3) ? 0 : drawn);
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

TEST(Suppression, CellsThatAreEqualAreHiddenTogether) {
  const std::vector<std::int64_t> counts = {12, 19, 0, 12, 10};
  const auto shown = floored(std::span<const std::int64_t>(counts));
  EXPECT_TRUE(shown[0].hidden && shown[3].hidden && shown[4].hidden);
  EXPECT_FALSE(shown[1].hidden || shown[2].hidden);
}

TEST(Suppression, TwoTensTakeAThirdCellSinceTheirSumWouldTellThem) {
  const std::vector<std::int64_t> counts = {10, 10, 11, 40};
  const auto shown = floored(std::span<const std::int64_t>(counts));
  EXPECT_TRUE(shown[0].hidden && shown[1].hidden && shown[2].hidden);
  EXPECT_FALSE(shown[3].hidden);
}

TEST(Suppression, ElevenOnesTakeAnotherCellSinceTheirSumWouldTellThem) {
  std::vector<std::int64_t> counts(11, 1);
  counts.push_back(40);
  EXPECT_TRUE(floored(std::span<const std::int64_t>(counts)).back().hidden);
}

TEST(Suppression, AloneOnlyOneToTenAreHidden) {
  for (std::int64_t count = 0; count < 30; ++count) {
    EXPECT_EQ(floored(count).hidden, count >= 1 && count <= 10) << count;
  }
}

}  // namespace
}  // namespace thaw::registry
