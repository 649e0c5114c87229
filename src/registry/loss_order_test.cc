#include "registry/loss_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace thaw::registry {
namespace {

TEST(LossOrder, EveryTotalHasOnePatternThatSumsToItAndNothingComesBack) {
  for (std::uint64_t stream = 0; stream < 300; ++stream) {
    Random random(7, stream);
    const LossOrder order(random, stream % 2 == 0, static_cast<int>(stream % 49));
    auto before = order.answers(kTotalMax);
    for (int total = kTotalMax; total >= 0; --total) {
      const auto now = order.answers(total);
      ASSERT_EQ(std::accumulate(now.begin(), now.end(), 0), total);
      for (std::size_t item = 0; item < now.size(); ++item) {
        ASSERT_TRUE(now[item] >= 0 && now[item] <= before[item]) << total << " item " << item + 1;
      }
      before = now;
    }
  }
}

// Recipe T, steps 1 to 8, for people at their first visit and a year of loss at the mean slope.
double baseline_quantile(double p) {
  constexpr std::array kP = {0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1.0};
  constexpr std::array kTotal = {20.0, 28.0, 30.0, 34.0, 39.0, 42.0, 44.0, 45.0, 47.0};
  std::size_t i = 1;
  while (i + 1 < kP.size() && p > kP[i]) {
    ++i;
  }
  return kTotal[i - 1] + (kTotal[i] - kTotal[i - 1]) * (p - kP[i - 1]) / (kP[i] - kP[i - 1]);
}

TEST(LossOrder, FollowsTheDesignValuesOfTheTrialProfile) {
  constexpr std::array kMeans = {3.23, 3.49, 3.50, 3.04, 2.83, 2.54,
                                 3.10, 2.72, 2.02, 3.59, 3.83, 3.93};
  constexpr std::array kSlopes = {0.079, 0.057, 0.078, 0.099, 0.105, 0.114,
                                  0.116, 0.087, 0.109, 0.078, 0.065, 0.047};
  constexpr int kPeople = 6000;
  std::array<double, 12> mean{};
  std::array<double, 12> loss{};
  double months = 0;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    Random random(3, person);
    const double b0 = 39 + 0.92 * (baseline_quantile(random.uniform()) - 39);
    const double root = 0.935 + 0.425 * random.normal();
    const double noise = 1.6 * std::exp(0.45 * random.normal());
    const auto total_at = [&](double month) {
      const double total = b0 - root * std::fabs(root) * month + noise * random.normal();
      return static_cast<int>(std::clamp(std::round(total), 0.0, 48.0));
    };
    const int first = total_at(0);
    const bool bulbar = random.bernoulli(0.227);
    const LossOrder order(random, bulbar, kTotalMax - first);
    const auto before = order.answers(first);
    const auto after = order.answers(total_at(12));
    months += 12;
    for (std::size_t item = 0; item < 12; ++item) {
      mean[item] += before[item];
      loss[item] += before[item] - after[item];
    }
  }
  // Tolerances: the table of the recipe allows 0.15 on means and 0.04 on slopes.
  for (std::size_t item = 0; item < 12; ++item) {
    EXPECT_NEAR(mean[item] / kPeople, kMeans[item], 0.15) << "item " << item + 1;
    EXPECT_NEAR(loss[item] / months, kSlopes[item], 0.04) << "item " << item + 1;
  }
}

}  // namespace
}  // namespace thaw::registry
