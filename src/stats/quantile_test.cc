#include "stats/quantile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace thaw::stats {
namespace {

// R 4.2.2: quantile(c(3, 1, 4, 1.5, 9), c(0, .1, .25, .5, .9, 1)).
TEST(Quantile, IsTypeSevenOfHyndmanAndFan) {
  const std::vector<double> values = {3, 1, 4, 1.5, 9};
  EXPECT_DOUBLE_EQ(*quantile(values, 0), 1);
  EXPECT_DOUBLE_EQ(*quantile(values, 0.1), 1.2);
  EXPECT_DOUBLE_EQ(*quantile(values, 0.25), 1.5);
  EXPECT_DOUBLE_EQ(*quantile(values, 0.5), 3);
  EXPECT_DOUBLE_EQ(*quantile(values, 0.9), 7);
  EXPECT_DOUBLE_EQ(*quantile(values, 1), 9);
  EXPECT_FALSE(quantile(values, 1.1));
  EXPECT_FALSE(quantile({}, 0.5));
  EXPECT_FALSE(quantile(std::vector<double>{1, std::nan("")}, 0.5));
}

}  // namespace
}  // namespace thaw::stats
