#include "registry/alsfrs_r.h"

#include <gtest/gtest.h>

#include <string>

namespace thaw::registry {
namespace {

constexpr std::array kNormal = {4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4};
using Given = std::array<std::optional<int>, kItemCount>;

AlsfrsR form(const std::array<int, kItemCount>& answers) {
  return AlsfrsR::from_answers(answers).value();
}

std::array<int, 4> domain_points(const AlsfrsR& score) {
  const auto [bulbar, fine_motor, gross_motor, respiratory] = score.domains();
  return {bulbar.low, fine_motor.low, gross_motor.low, respiratory.low};
}

TEST(AlsfrsR, EachItemCountsOnceAndInItsOwnDomain) {
  for (std::size_t item = 0; item < kItemCount; ++item) {
    auto answers = kNormal;
    answers[item] -= 1;
    std::array expected = {12, 12, 12, 12};
    expected[item / 3] -= 1;
    EXPECT_EQ(domain_points(form(answers)), expected) << item + 1;
    EXPECT_EQ(form(answers).total(), (PointRange{47, 47})) << item + 1;
  }
}

// Every way to leave items out: the range is what the missing answers could still make of it.
TEST(AlsfrsR, TheTotalIsTheRangeThatMissingItemsLeaveOpen) {
  const std::array<int, kItemCount> full = {3, 4, 2, 1, 0, 3, 4, 2, 1, 4, 3, 2};
  for (unsigned left_out = 0; left_out + 1 < (1U << kItemCount); ++left_out) {
    Given given{};
    int known = 0;
    int missing = 0;
    for (std::size_t item = 0; item < kItemCount; ++item) {
      if ((left_out >> item & 1U) != 0) {
        ++missing;
      } else {
        given[item] = full[item];
        known += full[item];
      }
    }
    const auto total = AlsfrsR::from_answers(std::span<const std::optional<int>>(given))->total();
    ASSERT_EQ(total, (PointRange{known, known + 4 * missing})) << left_out;
    ASSERT_EQ(total.known(), missing == 0);
  }
}

TEST(AlsfrsR, NamesTheBadItemByItsNumberOnTheForm) {
  for (const int bad : {-1, 5}) {
    auto answers = kNormal;
    answers[2] = bad;
    const auto score = AlsfrsR::from_answers(answers);
    ASSERT_FALSE(score);
    EXPECT_EQ(score.error().code, ErrorCode::kInvalidArgument);
    EXPECT_NE(score.error().message.find("item 3"), std::string::npos) << score.error().message;
  }
}

TEST(AlsfrsR, RejectsAnUnfinishedFormAndAnEmptyOne) {
  EXPECT_FALSE(AlsfrsR::from_answers(std::span(kNormal).first(11)));
  EXPECT_FALSE(AlsfrsR::from_answers(std::span<const std::optional<int>>(Given{})));
}

TEST(AlsfrsR, KeepsWhichQuestionOfItemFiveWasAnswered) {
  const auto score =
      AlsfrsR::from_answers(kNormal, ItemFive::kTubeHandling, ScaleVersion::kAlsfrsRSelfExplanatory)
          .value();
  EXPECT_EQ(score.item_five(), ItemFive::kTubeHandling);
  EXPECT_EQ(score.version(), ScaleVersion::kAlsfrsRSelfExplanatory);
  EXPECT_EQ(score.answer(5), 4);
}

// Golden table of the domain scores: rows S07, S09, S13 and S16 of our score reference.
TEST(AlsfrsR, SumsTheGoldenForms) {
  EXPECT_EQ(domain_points(form({4, 4, 1, 4, 3, 4, 4, 4, 4, 4, 4, 4})), (std::array{9, 11, 12, 12}));
  EXPECT_EQ(domain_points(form({0, 2, 1, 0, 0, 0, 0, 0, 0, 1, 1, 2})), (std::array{3, 0, 0, 4}));
  EXPECT_EQ(domain_points(form({1, 4, 4, 1, 4, 4, 4, 4, 4, 4, 4, 4})), (std::array{9, 9, 12, 12}));
  EXPECT_EQ(form({3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3}).total().low, 36);
}

// By hand: 10 points; 554, 533..563 and 258..623 days of 30.4375 to the month.
TEST(PointsLostPerMonth, IsARangeWhereOnsetIsAMonthOrAYear) {
  const auto score = form({4, 4, 4, 3, 3, 2, 3, 3, 2, 3, 4, 3});
  ASSERT_EQ(score.total().low, 38);
  const Day assessed = parse_day("2025-09-15").value();
  const auto rate = [&](const char* onset) {
    return points_lost_per_month(score, parse_partial_date(onset).value(), assessed).value();
  };
  EXPECT_NEAR(rate("2024-03-10").low, 0.5494, 5e-5);
  EXPECT_NEAR(rate("2024-03-10").high, 0.5494, 5e-5);
  EXPECT_NEAR(rate("2024-03").low, 0.5406, 5e-5);
  EXPECT_NEAR(rate("2024-03").high, 0.5711, 5e-5);
  EXPECT_NEAR(rate("2024").low, 0.4886, 5e-5);
  EXPECT_NEAR(rate("2024").high, 1.1797, 1e-4);
}

TEST(PointsLostPerMonth, RejectsOnsetOnTheDayOfAssessmentAndAnUnknownTotal) {
  const Day day = parse_day("2024-05-02").value();
  EXPECT_FALSE(points_lost_per_month(form(kNormal), day, day));
  Given given{};
  given[0] = 4;
  const auto part = AlsfrsR::from_answers(std::span<const std::optional<int>>(given)).value();
  EXPECT_FALSE(points_lost_per_month(part, day - std::chrono::days{100}, day));
}

}  // namespace
}  // namespace thaw::registry
