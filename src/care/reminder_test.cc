#include "care/reminder.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace thaw::care {
namespace {

constexpr Moment kSpring = 1774746000000;  // 2026-03-29T01:00Z: Central Europe goes from +1 to +2 h
constexpr Moment kAutumn = 1792890000000;

int berlin(Moment at) {
  return at >= kSpring && at < kAutumn ? 120 : 60;
}

Reminder interval(int minutes, std::optional<int> from = {}, std::optional<int> until = {}) {
  Reminder reminder{"r", "reposition", "Turn", "", minutes};
  reminder.from = from;
  reminder.until = until;
  return reminder;
}

Reminder times(std::vector<int> at) {
  Reminder reminder{"m", "medicine", "Medicine", ""};
  reminder.at = std::move(at);
  return reminder;
}

TEST(Reminder, AnIntervalIsDueAfterItsMinutesWhateverTheClocksDo) {
  for (const Moment anchor : {kSpring - kHour, kSpring, kAutumn - kHour, kAutumn}) {
    EXPECT_EQ(*due_after(interval(120), anchor, berlin), anchor + 2 * kHour);
  }
}

TEST(Reminder, AnIntervalWithHoursAgreesWithAWalkOverEveryMinute) {
  Random random(7);
  for (int i = 0; i < 300; ++i) {
    const auto draw = [&](int n) {
      return static_cast<int>(random.index(static_cast<unsigned>(n)));
    };
    const Reminder reminder = interval(5 + draw(600), draw(1440), draw(1440));
    const Moment anchor = kSpring + (draw(240) - 120) * kHour + draw(60) * kMinute;
    Moment walk = anchor + *reminder.every_min * kMinute;
    while (!within_hours(reminder, local_minute(walk, berlin))) {
      walk += kMinute;
    }
    EXPECT_EQ(*due_after(reminder, anchor, berlin), walk)
        << *reminder.from << " to " << *reminder.until << " after " << iso_text(anchor);
  }
}

TEST(Reminder, HoursMayCrossMidnight) {
  const Reminder night = interval(60, 22 * 60, 6 * 60);
  EXPECT_TRUE(within_hours(night, 23 * 60));
  EXPECT_TRUE(within_hours(night, 0));
  EXPECT_FALSE(within_hours(night, 6 * 60));
  EXPECT_FALSE(within_hours(night, 12 * 60));
}

TEST(Reminder, ATimeOfDayComesExactlyOnceEachDayOfAYear) {
  for (const int minute : {0, 150, 8 * 60, 23 * 60 + 59}) {
    const Reminder daily = times({minute});
    Moment at = kSpring - 60 * kDay;
    Day last = local_day(at, berlin) - std::chrono::days(2);
    for (int i = 0; i < 365; ++i) {
      const auto next = due_after(daily, at, berlin);
      ASSERT_TRUE(next);
      ASSERT_GT(*next, at);
      const Day day = local_day(*next, berlin);
      if (i > 0) {
        EXPECT_EQ(day, last + std::chrono::days(1));
      }
      last = day;
      at = *next;
    }
  }
}

TEST(Reminder, TheNextOfSeveralTimesIsTheNearest) {
  const Reminder two = times({8 * 60, 20 * 60});
  const Zone utc = fixed_zone(0);
  const Moment midnight = *parse_moment("2026-11-26T00:00:00Z");
  EXPECT_EQ(*due_after(two, midnight, utc), midnight + 8 * kHour);
  EXPECT_EQ(*due_after(two, midnight + 8 * kHour, utc), midnight + 20 * kHour);
  EXPECT_EQ(*due_after(two, midnight + 20 * kHour, utc), midnight + 32 * kHour);
  EXPECT_FALSE(due_after(times({}), midnight, utc));
}

TEST(Reminder, WhatCannotBeKeptIsSaid) {
  EXPECT_TRUE(check_reminder(interval(120)));
  EXPECT_FALSE(check_reminder(interval(4)));
  EXPECT_FALSE(check_reminder(interval(20'000)));
  EXPECT_FALSE(check_reminder(interval(60, 7 * 60)));
  EXPECT_FALSE(check_reminder(times({})));
  Reminder both = times({480});
  both.every_min = 60;
  EXPECT_FALSE(check_reminder(both));
  Reminder unknown = interval(60);
  unknown.kind = "surgery";
  EXPECT_FALSE(check_reminder(unknown));
  Reminder silent = interval(60);
  silent.text_en.clear();
  EXPECT_FALSE(check_reminder(silent));
  Reminder off = times({});
  off.enabled = false;
  EXPECT_TRUE(check_reminder(off));
}

TEST(Reminder, TheDefaultsCanBeKeptAndMedicineWaitsForItsTimes) {
  for (const Reminder& reminder : default_reminders()) {
    EXPECT_TRUE(check_reminder(reminder)) << reminder.id;
    EXPECT_EQ(reminder.enabled, reminder.kind != "medicine");
    EXPECT_FALSE(reminder.text_en.empty() || reminder.text_zh.empty());
  }
}

}  // namespace
}  // namespace thaw::care
