#include "registry/loss_order.h"

#include <cmath>
#include <cstddef>

namespace thaw::registry {
namespace {

using Weights = std::array<double, kItemCount>;

// Design values of the trial profile (assumptions of this project, not results of any trial).
constexpr Weights kBaselineMean = {3.23, 3.49, 3.50, 3.04, 2.83, 2.54,
                                   3.10, 2.72, 2.02, 3.59, 3.83, 3.93};
constexpr Weights kLossPerMonth = {0.079, 0.057, 0.078, 0.099, 0.105, 0.114,
                                   0.116, 0.087, 0.109, 0.078, 0.065, 0.047};
constexpr Weights kBulbarOnset = {2.2, 2.0, 2.0, 0.6, 0.6, 0.7, 0.8, 0.5, 0.6, 1.1, 1, 1};
constexpr Weights kLimbOnset = {0.65, 0.7, 0.7, 1.1, 1.1, 1.1, 1.05, 1.15, 1.1, 1, 1, 1};
constexpr double kDomainLogSd = 0.5;

// The item that is owed the next point: the largest weight / (given + 1/2) with points left.
std::size_t next_item(const Weights& weights, const std::array<int, kItemCount>& given,
                      const std::array<int, kItemCount>& lost) {
  std::size_t best = kItemCount;
  double best_claim = -1;
  for (std::size_t item = 0; item < kItemCount; ++item) {
    const double claim = weights[item] / (given[item] + 0.5);
    if (lost[item] < kItemMax && claim > best_claim) {
      best = item;
      best_claim = claim;
    }
  }
  return best;
}

}  // namespace

LossOrder::LossOrder(Random& random, bool bulbar_onset, int lost_at_entry) {
  const Weights& site = bulbar_onset ? kBulbarOnset : kLimbOnset;
  Weights early{};
  Weights late{};
  double pace = 1;
  for (std::size_t item = 0; item < kItemCount; ++item) {
    if (item % 3 == 0) {
      pace = std::exp(kDomainLogSd * random.normal());
    }
    early[item] = (kItemMax - kBaselineMean[item]) * site[item] * pace;
    late[item] = kLossPerMonth[item] * std::sqrt(site[item]) * pace;
  }
  std::array<int, kItemCount> lost{};
  std::array<int, kItemCount> lost_late{};
  for (int point = 0; point < kTotalMax; ++point) {
    const bool is_late = point >= lost_at_entry;
    const std::size_t item =
        is_late ? next_item(late, lost_late, lost) : next_item(early, lost, lost);
    ++lost[item];
    lost_late[item] += is_late ? 1 : 0;
    items_[static_cast<std::size_t>(point)] = static_cast<std::uint8_t>(item);
  }
}

std::array<int, kItemCount> LossOrder::answers(int total) const {
  std::array<int, kItemCount> answers{};
  answers.fill(kItemMax);
  for (std::size_t point = 0; point < static_cast<std::size_t>(kTotalMax - total); ++point) {
    --answers[items_[point]];
  }
  return answers;
}

}  // namespace thaw::registry
