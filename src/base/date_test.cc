#include "base/date.h"

#include <gtest/gtest.h>

namespace thaw {
namespace {

using namespace std::chrono_literals;

TEST(PartialDate, IsTheIntervalOfDaysItCanBe) {
  const auto month = parse_partial_date("2024-02").value();
  EXPECT_EQ(month.first, Day{2024y / 2 / 1});
  EXPECT_EQ(month.last, Day{2024y / 2 / 29});
  const auto year = parse_partial_date("2023").value();
  EXPECT_EQ(year.first, Day{2023y / 1 / 1});
  EXPECT_EQ(year.last, Day{2023y / 12 / 31});
}

TEST(PartialDate, WhatIsPrintedReadsBackToTheSame) {
  for (const char* text : {"1999", "2024-02", "2024-02-29", "2000-12-31"}) {
    EXPECT_EQ(to_string(parse_partial_date(text).value()), text);
  }
}

TEST(PartialDate, RefusesWhatIsNoDateAndNamesIt) {
  for (const char* bad : {"", "24", "2024-13", "2024-00", "2023-02-29", "2024-2-1", "9999-12-30",
                          "2024-01-01-01", "2024/01/01", "abcd", "1899"}) {
    const auto date = parse_partial_date(bad);
    ASSERT_FALSE(date) << bad;
    EXPECT_NE(date.error().message.find(bad), std::string::npos);
  }
  EXPECT_FALSE(parse_day("2024-02"));
}

// By hand: 487 days are 16 months of 30.4375 days.
TEST(MonthsBetween, CountsMonthsOfEqualLength) {
  EXPECT_DOUBLE_EQ(months_between(Day{2023y / 1 / 1}, Day{2024y / 5 / 2}), 16.0);
  EXPECT_DOUBLE_EQ(months_between(Day{2024y / 5 / 2}, Day{2023y / 1 / 1}), -16.0);
}

}  // namespace
}  // namespace thaw
