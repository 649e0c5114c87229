#include "registry/alsfrs_r.h"

#include <fmt/format.h>

#include <algorithm>

namespace thaw::registry {
namespace {

constexpr std::int8_t kMissing = -1;

}  // namespace

Result<AlsfrsR> AlsfrsR::from_answers(std::span<const std::optional<int>> answers,
                                      ItemFive item_five, ScaleVersion version) {
  if (answers.size() != kItemCount) {
    return invalid_argument(fmt::format("ALSFRS-R has 12 items, got {}", answers.size()));
  }
  const auto bad =
      std::ranges::find_if(answers, [](auto a) { return a && (*a < 0 || *a > kItemMax); });
  if (bad != answers.end()) {
    const auto item = bad - answers.begin() + 1;
    return invalid_argument(fmt::format("ALSFRS-R item {} must be 0 to 4, got {}", item, **bad));
  }
  if (std::ranges::none_of(answers, [](auto a) { return a.has_value(); })) {
    return invalid_argument("ALSFRS-R form without a single answer");
  }
  Answers valid{};
  std::ranges::transform(answers, valid.begin(),
                         [](auto a) { return static_cast<std::int8_t>(a.value_or(kMissing)); });
  return AlsfrsR(valid, item_five, version);
}

Result<AlsfrsR> AlsfrsR::from_answers(std::span<const int> answers, ItemFive item_five,
                                      ScaleVersion version) {
  if (answers.size() != kItemCount) {
    return invalid_argument(fmt::format("ALSFRS-R has 12 items, got {}", answers.size()));
  }
  std::array<std::optional<int>, kItemCount> given{};
  std::ranges::copy(answers, given.begin());
  return from_answers(std::span<const std::optional<int>>(given), item_five, version);
}

std::optional<int> AlsfrsR::answer(int item) const {
  const std::int8_t value = answers_[static_cast<std::size_t>(item - 1)];
  return value == kMissing ? std::nullopt : std::optional<int>(value);
}

PointRange AlsfrsR::sum(int first, int count) const {
  PointRange range{0, 0};
  for (int item = first; item < first + count; ++item) {
    const std::int8_t value = answers_[static_cast<std::size_t>(item - 1)];
    range.low += value == kMissing ? 0 : value;
    range.high += value == kMissing ? kItemMax : value;
  }
  return range;
}

DomainScores AlsfrsR::domains() const {
  return {.bulbar = sum(1, 3),
          .fine_motor = sum(4, 3),
          .gross_motor = sum(7, 3),
          .respiratory = sum(10, 3)};
}

PointRange AlsfrsR::total() const {
  return sum(1, kItemCount);
}

Result<double> points_lost_per_month(const AlsfrsR& score, Day onset, Day assessed) {
  const PointRange total = score.total();
  if (!total.known()) {
    return invalid_argument(
        fmt::format("the total is not known, only that it is {} to {}", total.low, total.high));
  }
  if (onset >= assessed) {
    return invalid_argument(
        fmt::format("onset {} is not before {}", to_string(onset), to_string(assessed)));
  }
  return (kTotalMax - total.low) / months_between(onset, assessed);
}

Result<RateRange> points_lost_per_month(const AlsfrsR& score, const PartialDate& onset,
                                        Day assessed) {
  THAW_TRY(const double slowest, points_lost_per_month(score, onset.first, assessed));
  THAW_TRY(const double fastest, points_lost_per_month(score, onset.last, assessed));
  return RateRange{.low = slowest, .high = fastest};
}

}  // namespace thaw::registry
