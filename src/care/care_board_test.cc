#include "care/care_board.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace thaw::care {
namespace {

const Moment kStart = 1'795'680'000'000;  // 2026-11-26T08:00Z

class Board : public ::testing::Test {
 protected:
  Board() {
    Reminder turn{"turn", "reposition", "Turn", "翻身", 120};
    turn.escalate_after_min = 30;
    put(turn);
    board.tick(kStart, false);
  }
  void put(const Reminder& reminder) { ASSERT_TRUE(board.put(reminder, kStart)); }
  void put_times(std::vector<int> at) {
    Reminder medicine{"pills", "medicine", "Pills", ""};
    medicine.at = std::move(at);
    put(medicine);
  }
  /// Ticks every ten seconds up to `end`; all events.
  std::vector<CareEvent> run_to(Moment end) {
    std::vector<CareEvent> events;
    for (Moment now = board.alive() + 10 * kSecond; now <= end; now += 10 * kSecond) {
      take(board.tick(now, call_on), events);
    }
    return events;
  }
  void take(const CareStep& step, std::vector<CareEvent>& events) {
    events.insert(events.end(), step.events.begin(), step.events.end());
    calls += step.call ? 1 : 0;
  }
  const Tracked& tracked(std::string_view id) const {
    for (const Tracked& each : board.tracked()) {
      if (each.reminder.id == id) {
        return each;
      }
    }
    throw std::logic_error("no such reminder");
  }
  Standing standing(std::string_view id) const {
    return board.standing(tracked(id), board.alive());
  }
  static int count(const std::vector<CareEvent>& events, std::string_view what) {
    return static_cast<int>(std::count_if(events.begin(), events.end(),
                                          [&](const CareEvent& e) { return e.what == what; }));
  }

  int ids = 0;
  int calls = 0;
  bool call_on = false;
  CareBoard board{fixed_zone(0), [this](Moment) { return "e" + std::to_string(++ids); }};
};

TEST_F(Board, AReminderIsDueThenOverdueThenACall) {
  EXPECT_TRUE(run_to(kStart + 119 * kMinute).empty());
  EXPECT_EQ(standing("turn"), Standing::kWaiting);
  EXPECT_TRUE(run_to(kStart + 121 * kMinute).empty());
  EXPECT_EQ(standing("turn"), Standing::kDue);
  const auto events = run_to(kStart + 151 * kMinute);
  EXPECT_EQ(standing("turn"), Standing::kOverdue);
  EXPECT_EQ(count(events, "escalated"), 1);
  EXPECT_EQ(calls, 1);
  call_on = true;
  EXPECT_TRUE(run_to(kStart + 300 * kMinute).empty()) << "no second call while one is on";
}

TEST_F(Board, AnAnsweredCallAsksAgainOnlyAfterItsTime) {
  run_to(kStart + 151 * kMinute);
  ASSERT_EQ(calls, 1);
  call_on = true;
  run_to(kStart + 155 * kMinute);
  call_on = false;
  board.call_ended(kStart + 155 * kMinute);
  run_to(kStart + 184 * kMinute);
  EXPECT_EQ(calls, 1);
  run_to(kStart + 186 * kMinute);
  EXPECT_EQ(calls, 2);
}

TEST_F(Board, DoneByNameSaysHowLateAndBeginsAnew) {
  run_to(kStart + 135 * kMinute);
  const auto step = board.done("turn", "小李", "partner", kStart + 135 * kMinute);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->events[0].what, "done");
  EXPECT_EQ(step->events[0].name, "小李");
  EXPECT_EQ(step->events[0].late_min, 15);
  EXPECT_EQ(standing("turn"), Standing::kWaiting);
  EXPECT_EQ(*tracked("turn").state.due, kStart + (135 + 120) * kMinute);
  EXPECT_TRUE(run_to(kStart + 250 * kMinute).empty());
  EXPECT_FALSE(board.done("turn", "", "gaze", kStart + 251 * kMinute)->events[0].late_min);
}

TEST_F(Board, SnoozedItWaitsThenAsksAgainAndEscalatesFromThere) {
  EXPECT_EQ(board.snooze("turn", 20, "", "gaze", kStart).error().code, ErrorCode::kConflict);
  run_to(kStart + 121 * kMinute);
  ASSERT_TRUE(board.snooze("turn", 20, "", "gaze", kStart + 121 * kMinute));
  run_to(kStart + 140 * kMinute);
  EXPECT_EQ(standing("turn"), Standing::kSnoozed);
  run_to(kStart + 142 * kMinute);
  EXPECT_EQ(standing("turn"), Standing::kDue);
  run_to(kStart + 170 * kMinute);
  EXPECT_EQ(calls, 0);
  run_to(kStart + 172 * kMinute);
  EXPECT_EQ(calls, 1);
  EXPECT_FALSE(board.snooze("turn", 0, "", "gaze", kStart + 172 * kMinute));
  EXPECT_FALSE(board.snooze("turn", 481, "", "gaze", kStart + 172 * kMinute));
  EXPECT_EQ(board.snooze("x", 5, "", "gaze", kStart).error().code, ErrorCode::kNotFound);
}

TEST_F(Board, WhatFellDueWhileOffIsOneMissedEventAndThenDue) {
  std::vector<CareEvent> events;
  take(board.tick(kStart + 8 * kHour + kMinute, false), events);
  ASSERT_EQ(count(events, "missed"), 1);
  EXPECT_EQ(events[0].times, 4);
  EXPECT_EQ(*events[0].due_at, kStart + 120 * kMinute);
  EXPECT_EQ(standing("turn"), Standing::kDue);
  EXPECT_EQ(calls, 0) << "nobody could have done it";
  ASSERT_EQ(board.missed().size(), 1U);
  ASSERT_TRUE(board.seen({events[0].id}, "小李", kStart + 9 * kHour));
  EXPECT_TRUE(board.missed().empty());
  EXPECT_FALSE(board.seen({events[0].id}, "小李", kStart + 9 * kHour));
}

TEST_F(Board, AShortTimeOffLeavesItSimplyDue) {
  std::vector<CareEvent> events;
  take(board.tick(kStart + 125 * kMinute, false), events);
  EXPECT_TRUE(events.empty());
  EXPECT_EQ(standing("turn"), Standing::kDue);
}

TEST_F(Board, WhatWasDueBeforeTheProgramEndedIsStillDueAndAsksForACall) {
  run_to(kStart + 125 * kMinute);
  std::vector<CareEvent> events;
  take(board.tick(kStart + 10 * kHour, false), events);
  EXPECT_EQ(count(events, "missed"), 0);
  EXPECT_EQ(calls, 1);
}

TEST_F(Board, TimesOfDayMissedWhileOffAreOneEventAndTheLatestMayStillBeDue) {
  put_times({9 * 60, 10 * 60, 12 * 60});
  std::vector<CareEvent> events;
  take(board.tick(kStart + 4 * kHour + 30 * kMinute, false), events);  // 12:30
  std::erase_if(events, [](const CareEvent& e) { return e.reminder != "pills"; });
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].times, 2);
  EXPECT_EQ(standing("pills"), Standing::kDue);
  EXPECT_EQ(*tracked("pills").state.due, kStart + 4 * kHour);
}

TEST_F(Board, AtATimeOfDayThatPassesTheNextOneTheEarlierIsMissed) {
  put_times({9 * 60, 10 * 60});
  ASSERT_TRUE(board.remove("turn"));
  EXPECT_TRUE(run_to(kStart + 119 * kMinute).empty());
  const auto events = run_to(kStart + 121 * kMinute);
  ASSERT_EQ(count(events, "missed"), 1);
  EXPECT_EQ(*events[0].due_at, kStart + kHour);
  EXPECT_EQ(*tracked("pills").state.due, kStart + 2 * kHour);
}

TEST_F(Board, DoneShortlyBeforeATimeOfDayCountsAsThatTime) {
  put_times({9 * 60, 20 * 60});
  ASSERT_TRUE(board.done("pills", "", "gaze", kStart + 50 * kMinute));
  EXPECT_EQ(*tracked("pills").state.due, kStart + 12 * kHour);
}

TEST_F(Board, AClockSetBackRepeatsNothingThatWasDone) {
  put_times({9 * 60});
  run_to(kStart + 61 * kMinute);
  ASSERT_TRUE(board.done("pills", "", "gaze", kStart + 61 * kMinute));
  std::vector<CareEvent> events;
  for (Moment now = kStart; now < kStart + 90 * kMinute; now += 10 * kSecond) {
    take(board.tick(now, false), events);
    EXPECT_NE(standing("pills"), Standing::kDue);
  }
  EXPECT_EQ(count(events, "missed"), 0);
}

TEST_F(Board, AClockSetBackMovesNoIntervalAndNoSnoozeFurtherThanItsLength) {
  run_to(kStart + 121 * kMinute);
  ASSERT_TRUE(board.snooze("turn", 10, "", "gaze", kStart + 121 * kMinute));
  const Moment back = kStart - 30 * kDay;
  board.tick(back, false);
  EXPECT_LE(tracked("turn").state.snoozed_until, back + 10 * kMinute);
  EXPECT_LE(*tracked("turn").state.due, back + 120 * kMinute);
  EXPECT_TRUE(tracked("turn").state.due);
}

TEST_F(Board, AClockThatWasAYearAheadLosesNoTimeOfDay) {
  put_times({9 * 60});
  board.tick(kStart + 365 * kDay, false);
  board.tick(kStart + 10 * kSecond, false);
  EXPECT_LE(*tracked("pills").state.due, kStart + kDay + kHour);
}

TEST_F(Board, AJumpForwardGivesOneMissedEventAReminderNeverAFlood) {
  put_times({9 * 60, 12 * 60});
  std::vector<CareEvent> events;
  take(board.tick(kStart + 400 * kDay, false), events);
  EXPECT_EQ(count(events, "missed"), 2);
  take(board.tick(kStart + 400 * kDay + kSecond, false), events);
  EXPECT_EQ(count(events, "missed"), 2);
}

TEST_F(Board, ARestartGoesOnWhereItStood) {
  run_to(kStart + 121 * kMinute);
  CareBoard again{fixed_zone(0), [](Moment) { return "x"; }};
  again.load(board.tracked(), board.missed(), board.alive(), 0, board.alive());
  const CareStep step = again.tick(board.alive() + kMinute, false);
  EXPECT_TRUE(step.events.empty());
  EXPECT_EQ(again.standing(again.tracked()[0], again.alive()), Standing::kDue);
}

TEST_F(Board, TheScreenBreakCountsOnlyWritingAndAPauseIsABreak) {
  put({"eyes", "screen_break", "Rest", "", 20});
  run_to(kStart + 60 * kMinute);
  EXPECT_EQ(standing("eyes"), Standing::kWaiting);
  EXPECT_FALSE(tracked("eyes").state.due);
  for (int minute = 60; minute <= 81; ++minute) {
    board.writing(kStart + minute * kMinute);
    run_to(kStart + minute * kMinute + 50 * kSecond);
  }
  EXPECT_EQ(standing("eyes"), Standing::kDue);
  run_to(kStart + 90 * kMinute);
  EXPECT_EQ(standing("eyes"), Standing::kWaiting);
}

TEST_F(Board, AChangedReminderBeginsAnewOnlyWhereItsTimesChanged) {
  const Moment due = *tracked("turn").state.due;
  Reminder turn = tracked("turn").reminder;
  turn.text_en = "Roll over";
  ASSERT_TRUE(board.put(turn, kStart + kHour));
  EXPECT_EQ(*tracked("turn").state.due, due);
  turn.every_min = 60;
  ASSERT_TRUE(board.put(turn, kStart + kHour));
  EXPECT_EQ(*tracked("turn").state.due, kStart + 2 * kHour);
  turn.enabled = false;
  ASSERT_TRUE(board.put(turn, kStart + kHour));
  EXPECT_FALSE(tracked("turn").state.due);
  EXPECT_EQ(board.done("turn", "", "gaze", kStart).error().code, ErrorCode::kConflict);
}

TEST_F(Board, ASecondDoneOfOneDeedSettlesNoLaterTime) {
  put_times({9 * 60, 9 * 60 + 99});
  const Moment first = kStart + kHour;
  const Moment second = first + 99 * kMinute;
  run_to(first);
  ASSERT_TRUE(board.done("pills", "", "gaze", first));
  for (const Moment later : {kMinute, 14 * kMinute, 40 * kMinute}) {
    const auto again = board.done("pills", "Mum", "partner", first + later);
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->events.at(0).due_at) << "it stands for no later time";
    EXPECT_EQ(*tracked("pills").state.due, second) << later;
  }
  const auto shown = board.done("pills", "Mum", "partner", first + 60 * kMinute, first);
  ASSERT_TRUE(shown);
  EXPECT_TRUE(shown->events.empty()) << "the time that was shown is settled";
  EXPECT_EQ(*tracked("pills").state.due, second);
  ASSERT_TRUE(board.done("pills", "Mum", "partner", first + 60 * kMinute, second));
  EXPECT_GT(*tracked("pills").state.due, second) << "a time that was meant is settled early";
}

TEST_F(Board, ActingOnATimeThatIsSettledChangesNothing) {
  run_to(kStart + 121 * kMinute);
  const Moment shown = *tracked("turn").state.due;
  ASSERT_TRUE(board.done("turn", "", "gaze", kStart + 122 * kMinute, shown));
  const ReminderState settled = tracked("turn").state;
  ASSERT_TRUE(board.done("turn", "Mum", "partner", kStart + 125 * kMinute, shown - shown % 1000));
  const auto put_off = board.snooze("turn", 10, "Mum", "partner", kStart + 125 * kMinute, shown);
  ASSERT_TRUE(put_off) << "no conflict: somebody was first";
  EXPECT_FALSE(put_off->changed);
  EXPECT_EQ(tracked("turn").state, settled);
}

TEST_F(Board, AClockThatLeapedForwardAndIsCorrectedLosesNoDose) {
  put_times({9 * 60, 20 * 60});
  board.tick(kStart + 25 * kHour, false);  // passes by 9:00 and 20:00 of the first day
  board.tick(kStart + 30 * kMinute, false);
  EXPECT_EQ(*tracked("pills").state.due, kStart + kHour);
  ASSERT_TRUE(board.done("pills", "", "gaze", kStart + 50 * kMinute));
  board.tick(kStart + 45 * kMinute, false);
  EXPECT_EQ(*tracked("pills").state.due, kStart + 12 * kHour) << "what was done stays done";
}

TEST_F(Board, AClockThatIsNotSetRemindsButGivesNothingToKeep) {
  put_times({9 * 60});
  run_to(kStart + 5 * kMinute);
  const auto stored = board.tracked();
  const Moment boot = 1'420'070'400'000;  // 2015-01-01
  CareBoard again{fixed_zone(0), [](Moment) { return "x"; }};
  again.load(stored, {}, board.alive(), kStart, boot);
  EXPECT_FALSE(again.clock_is_set());
  int asked = 0;
  for (Moment now = boot; now < boot + 3 * kHour; now += kMinute) {
    const CareStep step = again.tick(now, false);
    EXPECT_TRUE(step.events.empty());
    asked += step.call ? 1 : 0;
  }
  EXPECT_EQ(asked, 1) << "the turn is asked for all the same";
  ASSERT_TRUE(again.done("turn", "", "gaze", boot + 3 * kHour));
  EXPECT_EQ(again.standing(again.tracked()[0], boot + 3 * kHour), Standing::kWaiting);
  EXPECT_EQ(again.put(stored[0].reminder, boot).error().code, ErrorCode::kUnavailable);
  const CareStep sane = again.tick(kStart + 10 * kMinute, false);
  EXPECT_TRUE(sane.events.empty());
  EXPECT_TRUE(again.clock_is_set());
  EXPECT_EQ(again.tracked()[0].state, stored[0].state);
  EXPECT_EQ(again.tracked()[1].state, stored[1].state);
}

TEST_F(Board, AStoreThatLiesAheadOfAClockThatGoesOnIsNotBelievedForLong) {
  CareBoard again{fixed_zone(0), [](Moment) { return "x"; }};
  again.load(board.tracked(), {}, kStart, kStart + 400 * kDay, kStart);
  EXPECT_FALSE(again.clock_is_set());
  again.tick(kStart + 14 * kMinute, false);
  EXPECT_FALSE(again.clock_is_set());
  again.tick(kStart + 15 * kMinute, false);
  EXPECT_TRUE(again.clock_is_set());
}

TEST_F(Board, InAnotherZoneTimesOfDayFollowTheWallAlsoAfterARestart) {
  put_times({20 * 60});
  Reminder drops{"drops", "eye_drops", "Drops", "", 600};
  drops.from = 9 * 60;
  drops.until = 10 * 60;
  put(drops);
  CareBoard again{fixed_zone(480), [](Moment) { return "x"; }};
  again.load(board.tracked(), {}, kStart, 0, kStart);
  const auto due = [&](std::string_view id) {
    for (const Tracked& each : again.tracked()) {
      if (each.reminder.id == id) {
        return *each.state.due;
      }
    }
    return Moment{0};
  };
  EXPECT_EQ(due("pills"), kStart + 4 * kHour) << "20:00 in Beijing";
  EXPECT_EQ(due("drops"), kStart + 17 * kHour) << "09:00 in Beijing";
  EXPECT_EQ(due("turn"), kStart + 2 * kHour) << "an interval runs in UTC";
}

// Whatever clocks, people and sleep do: an enabled interval is due or will be within its length,
// and one tick tells at most two things of a reminder (missed, escalated).
TEST(BoardLaw, NoDrawOfClocksAndDeedsLosesAnIntervalOrFloods) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Random random(seed);
    int ids = 0;
    CareBoard board{fixed_zone(480), [&](Moment) { return std::to_string(++ids); }};
    Reminder turn{"turn", "reposition", "Turn", "", 120};
    turn.escalate_after_min = 30;
    ASSERT_TRUE(board.put(turn, kStart));
    Reminder pills{"pills", "medicine", "Pills", ""};
    pills.at = {480, 1200};
    ASSERT_TRUE(board.put(pills, kStart));
    Moment now = kStart;
    for (int step = 0; step < 400; ++step) {
      const double u = random.uniform();
      const auto span = static_cast<Moment>(random.index(10 * kDay));
      now += u < 0.03 ? span : u < 0.06 ? -span : static_cast<Moment>(random.index(kMinute));
      if (random.bernoulli(0.05)) {
        ASSERT_TRUE(board.done(random.bernoulli(0.5) ? "turn" : "pills", "", "gaze", now));
      }
      if (random.bernoulli(0.05)) {
        (void)board.snooze("turn", 1 + static_cast<int>(random.index(480)), "", "gaze", now);
      }
      const CareStep told = board.tick(now, random.bernoulli(0.3));
      EXPECT_LE(told.events.size(), 4U);
      for (const Tracked& each : board.tracked()) {
        ASSERT_TRUE(each.state.due);
        const Moment furthest = each.reminder.every_min ? 2 * kHour : 26 * kHour + kDay;
        EXPECT_LE(*each.state.due, now + furthest) << seed;
        EXPECT_LE(each.state.snoozed_until, now + 480 * kMinute);
      }
      EXPECT_LE(board.missed().size(), CareBoard::kMissedMax);
    }
  }
}

}  // namespace
}  // namespace thaw::care
