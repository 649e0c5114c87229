#include "care/moment.h"

#include <gtest/gtest.h>

#include <set>

namespace thaw::care {
namespace {

constexpr Moment kSpring = 1774746000000;  // 2026-03-29T01:00Z: Central Europe goes from +1 to +2 h
constexpr Moment kAutumn = 1792890000000;  // 2026-10-25T01:00Z: and back

int berlin(Moment at) {
  return at >= kSpring && at < kAutumn ? 120 : 60;
}

TEST(Moment, IsWrittenAndReadBack) {
  EXPECT_EQ(iso_text(kSpring), "2026-03-29T01:00:00Z");
  EXPECT_EQ(*parse_moment("2026-03-29T01:00:00Z"), kSpring);
  EXPECT_EQ(*parse_moment("2026-03-29T01:00:00.250Z"), kSpring + 250);
  EXPECT_EQ(iso_text(-1), "1969-12-31T23:59:59Z");
  for (const char* wrong : {"", "2026-03-29", "2026-03-29T25:00:00Z", "2026-13-29T01:00:00Z",
                            "2026-03-29T01:00:00", "2026-03-29 01:00:00Z", "2026-03-29T01:0x:00Z",
                            "2026-03-29T01:00:00.Z", "2026-03-29T01:00:00+0Z"}) {
    EXPECT_FALSE(parse_moment(wrong)) << wrong;
  }
}

TEST(Moment, ATimeOfDayIsReadStrictly) {
  EXPECT_EQ(*parse_clock("08:05"), 485);
  EXPECT_EQ(clock_text(485), "08:05");
  for (const char* wrong : {"8:05", "08:60", "24:00", "08-05", "", "ab:cd", "08:055"}) {
    EXPECT_FALSE(parse_clock(wrong)) << wrong;
  }
}

TEST(Moment, EveryLocalMinuteOfAYearWithBothChangesComesBackOrWasSkipped) {
  const Day first = local_day(kSpring - 80 * kDay, berlin);
  for (int day = 0; day < 365; ++day) {
    for (int minute = 0; minute < 24 * 60; minute += 10) {
      const Day on = first + std::chrono::days(day);
      const Moment at = from_local(on, minute, berlin);
      if (local_day(at, berlin) != on || local_minute(at, berlin) != minute) {
        EXPECT_EQ(on, local_day(kSpring, berlin));
        EXPECT_TRUE(minute >= 120 && minute < 180) << minute;
        EXPECT_EQ(at, kSpring) << "the moment when they are skipped";
      }
      EXPECT_EQ(berlin(at - kHour) == 120 && berlin(at) == 60 && minute < 180, false)
          << "of two, the first";
    }
  }
}

TEST(Moment, ATimeThatComesTwiceIsTheFirst) {
  const Day day = local_day(kAutumn, berlin);
  EXPECT_EQ(from_local(day, 150, berlin), kAutumn - 30 * kMinute);
}

}  // namespace
}  // namespace thaw::care
