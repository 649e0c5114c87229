#include "base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <set>

namespace thaw {
namespace {

struct Moments {
  double mean;
  double variance;
};

Moments moments_of(const std::function<double()>& draw) {
  constexpr int kDraws = 200000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = draw();
    sum += x;
    squares += x * x;
  }
  const double mean = sum / kDraws;
  return {mean, squares / kDraws - mean * mean};
}

TEST(Random, SameSeedAndStreamGiveTheSameDrawsAndOthersDoNot) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    for (std::uint64_t stream = 0; stream < 30; ++stream) {
      Random a(seed, stream);
      Random b(seed, stream);
      const auto first = a.bits();
      EXPECT_EQ(first, b.bits());
      EXPECT_TRUE(seen.insert(first).second) << seed << ' ' << stream;
    }
  }
}

TEST(Random, DistributionsHaveTheirMeanAndVariance) {
  Random random(1);
  const auto uniform = moments_of([&] { return random.uniform(); });
  EXPECT_NEAR(uniform.mean, 0.5, 0.003);
  EXPECT_NEAR(uniform.variance, 1.0 / 12, 0.002);
  const auto normal = moments_of([&] { return random.normal(); });
  EXPECT_NEAR(normal.mean, 0, 0.01);
  EXPECT_NEAR(normal.variance, 1, 0.015);
  const auto exponential = moments_of([&] { return random.exponential(); });
  EXPECT_NEAR(exponential.mean, 1, 0.01);
  EXPECT_NEAR(exponential.variance, 1, 0.03);
  for (const double shape : {0.5, 0.8, 1.0, 4.0}) {
    const auto gamma = moments_of([&] { return random.gamma(shape); });
    EXPECT_NEAR(gamma.mean, shape, 0.02 * std::sqrt(shape) + 0.003);
    EXPECT_NEAR(gamma.variance, shape, 0.05 * shape + 0.02);
  }
}

TEST(Random, IndexReachesEveryValueAndNoOther) {
  Random random(2);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) {
    seen.insert(random.index(7));
  }
  EXPECT_EQ(seen.size(), 7U);
  EXPECT_EQ(*seen.rbegin(), 6U);
}

}  // namespace
}  // namespace thaw
