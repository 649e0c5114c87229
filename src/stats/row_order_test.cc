#include "stats/row_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"

namespace thaw::stats {
namespace {

std::vector<std::uint32_t> compared(const std::vector<double>& key, Direction direction) {
  std::vector<std::uint32_t> rows(key.size());
  std::iota(rows.begin(), rows.end(), 0U);
  std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    return direction == Direction::kFalling ? key[a] > key[b] : key[a] < key[b];
  });
  return rows;
}

TEST(RowOrder, IsTheStableOrderOfComparing) {
  Random random(3);
  for (int kind = 0; kind < 7; ++kind) {
    std::vector<double> key;
    for (int i = 0; i < 3000; ++i) {
      const double u = random.normal();
      const double values[] = {
          u, std::ceil(10 * u), i == 7 ? 1e300 : 1 + 1e-13 * u, u > 0 ? 0.0 : -0.0,
          5, std::exp(60 * u),  i % 2 == 0 ? -1e-310 * i : u};
      key.push_back(values[kind]);
    }
    for (const auto direction : {Direction::kRising, Direction::kFalling}) {
      EXPECT_EQ(ordered_rows(key, direction), compared(key, direction)) << kind;
    }
  }
  EXPECT_TRUE(ordered_rows({}, Direction::kRising).empty());
}

TEST(RowOrder, KeepsTheOrderThatEqualKeysHad) {
  const std::vector<double> key = {1, 0, 1, 0, 1};
  std::vector<std::uint32_t> rows = {4, 3, 2, 1, 0};
  sort_rows(key, Direction::kRising, rows);
  EXPECT_EQ(rows, (std::vector<std::uint32_t>{3, 1, 4, 2, 0}));
  rows = {4, 0, 1};  // Some of the rows only.
  sort_rows(key, Direction::kFalling, rows);
  EXPECT_EQ(rows, (std::vector<std::uint32_t>{4, 0, 1}));
}

}  // namespace
}  // namespace thaw::stats
