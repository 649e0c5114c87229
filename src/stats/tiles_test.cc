#include "stats/tiles.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/random.h"

namespace thaw::stats {
namespace {

TEST(Tiles, KeepRowsAndPadWithZeros) {
  TiledMatrix x(700, 3);
  EXPECT_EQ(x.tiles(), 2U);
  EXPECT_EQ(x.rows_of(1), 188U);
  x.column(1, 2)[187] = 5;
  EXPECT_EQ(x(699, 2), 5);
  EXPECT_EQ(x.column(1, 2)[188], 0);
}

TEST(Tiles, KernelsAgreeWithPlainLoops) {
  Random random(5);
  for (const std::size_t p : {1U, 3U, 4U, 7U, 10U}) {
    for (const std::size_t n : {1U, 5U, 511U, 512U}) {
      std::vector<double> x(p * kTileRows);
      std::vector<double> q(kTileRows);
      std::vector<double> coef(p);
      for (auto* values : {&x, &q, &coef}) {
        for (double& value : *values) {
          value = random.normal();
        }
      }
      std::vector<double> out(kTileRows, 0);
      const double largest = weighted_hazards(x.data(), p, coef.data(), q.data(), n, out.data());
      Matrix sum = Matrix::Zero(static_cast<Eigen::Index>(p), static_cast<Eigen::Index>(p));
      add_weighted_products(x.data(), p, kTileRows, q.data(), n, sum);
      double expected_largest = 0;
      for (std::size_t i = 0; i < n; ++i) {
        double eta = 0;
        for (std::size_t j = 0; j < p; ++j) {
          eta += coef[j] * x[j * kTileRows + i];
        }
        expected_largest = std::max(expected_largest, std::fabs(eta));
        ASSERT_NEAR(out[i] / (q[i] * std::exp(eta)), 1, 1e-13);
      }
      EXPECT_NEAR(largest, expected_largest, 1e-12);
      for (std::size_t j = 0; j < p; ++j) {
        for (std::size_t l = j; l < p; ++l) {
          double expected = 0;
          for (std::size_t i = 0; i < n; ++i) {
            expected += q[i] * x[j * kTileRows + i] * x[l * kTileRows + i];
          }
          ASSERT_NEAR(sum(static_cast<Eigen::Index>(l), static_cast<Eigen::Index>(j)), expected,
                      1e-11);
        }
      }
    }
  }
}

TEST(Tiles, ExponentialsHoldOverTheirRange) {
  const double one = 1;
  std::vector<double> x(kTileRows);
  std::vector<double> out(kTileRows);
  for (double base = -690; base < 690; base += 1.37) {
    for (std::size_t i = 0; i < kTileRows; ++i) {
      x[i] = base + 0.01 * static_cast<double>(i);
    }
    weighted_hazards(x.data(), 1, &one, nullptr, kTileRows, out.data());
    for (std::size_t i = 0; i < kTileRows; ++i) {
      ASSERT_NEAR(out[i] / std::exp(x[i]), 1, 4e-16) << x[i];
    }
  }
  x[3] = std::nan("");
  EXPECT_TRUE(std::isnan(weighted_hazards(x.data(), 1, &one, nullptr, kTileRows, out.data())));
}

}  // namespace
}  // namespace thaw::stats
