// What the store of care promises, the same on both engines.
#include "care/care_store.h"

#include <gtest/gtest.h>

#include "care/care_schema.h"
#include "contract/must.h"
#include "contract/store_fixture.h"

namespace thaw::care {
namespace {

using test::must;

const Moment kNow = 1'795'680'000'000;  // 2026-11-26T08:00Z

class CareContract : public test::StoreFixture {
 protected:
  std::unique_ptr<db::Connection> open_store() {
    auto connection = open();
    must(migrate_care(*connection));
    return connection;
  }
};

CareEvent event(std::string id, std::string what, std::string reminder) {
  CareEvent out;
  out.id = std::move(id);
  out.at = kNow;
  out.what = std::move(what);
  out.kind = "reposition";
  out.reminder = std::move(reminder);
  out.name = "小李";
  out.by = "partner";
  out.late_min = 12;
  out.due_at = kNow - 12 * kMinute;
  return out;
}

CareEvent call(std::string id, std::string what, std::string call_id) {
  CareEvent out;
  out.id = std::move(id);
  out.at = kNow;
  out.what = std::move(what);
  out.kind = "call";
  out.call = std::move(call_id);
  out.by = "gaze";
  return out;
}

TEST_P(CareContract, ANewStoreBeginsWithTheDefaultsOnce) {
  const auto connection = open_store();
  const CareState first = must(open_care(*connection, fixed_zone(0), kNow));
  ASSERT_EQ(first.tracked.size(), default_reminders().size());
  for (std::size_t i = 0; i < first.tracked.size(); ++i) {
    EXPECT_EQ(first.tracked[i].reminder, default_reminders()[i]);
  }
  EXPECT_EQ(*first.tracked[0].state.due, kNow + 120 * kMinute);
  for (const Tracked& tracked : first.tracked) {
    must(remove_reminder(*connection, tracked.reminder.id));
  }
  EXPECT_TRUE(must(open_care(*connection, fixed_zone(0), kNow)).tracked.empty())
      << "what was removed does not come back";
}

TEST_P(CareContract, RemindersAndTheirStandingComeBackWhole) {
  const auto connection = open_store();
  must(open_care(*connection, fixed_zone(0), kNow));
  Tracked tracked;
  tracked.reminder = {"r9", "medicine", "Pills", "吃药"};
  tracked.reminder.at = {480, 1215};
  tracked.reminder.from = 60;
  tracked.reminder.until = 0;
  tracked.reminder.escalate_after_min = 15;
  tracked.state = {kNow, kNow + kHour, kNow + kMinute, 7, kNow - kMinute};
  must(keep_care(*connection, {}, std::vector{tracked}));
  tracked.reminder.text_en = "Two pills";
  must(keep_care(*connection, {}, std::vector{tracked}));
  must(keep_alive(*connection, kNow + kSecond));
  const CareState state = must(open_care(*connection, fixed_zone(0), kNow));
  EXPECT_EQ(state.tracked.back().reminder, tracked.reminder);
  EXPECT_EQ(state.tracked.back().state, tracked.state);
  EXPECT_EQ(state.alive, kNow + kSecond);
}

TEST_P(CareContract, AnEventIsKeptWholeAndOnce) {
  const auto connection = open_store();
  const CareEvent done = event("e1", "done", "reminder-reposition");
  must(keep_care(*connection, std::vector{done}, {}));
  must(keep_care(*connection, std::vector{done, event("e2", "snoozed", "r")}, {}));
  const auto events = must(read_events(*connection, 0));
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0], done);
  EXPECT_TRUE(must(read_events(*connection, kNow + 1)).empty());
}

TEST_P(CareContract, MissedStaysUntilItIsSeen) {
  const auto connection = open_store();
  must(open_care(*connection, fixed_zone(0), kNow));
  CareEvent missed = event("m1", "missed", "reminder-reposition");
  missed.times = 4;
  must(keep_care(*connection, std::vector{missed, event("m2", "missed", "gone")}, {}));
  const auto state = must(open_care(*connection, fixed_zone(0), kNow));
  ASSERT_EQ(state.missed.size(), 1U);
  EXPECT_EQ(state.missed[0].times, 4);
  EXPECT_EQ(state.missed[0].due_at, *missed.due_at);
  CareEvent seen = event("m3", "seen", "reminder-reposition");
  seen.about = "m1";
  must(keep_care(*connection, std::vector{seen}, {}));
  EXPECT_TRUE(must(open_care(*connection, fixed_zone(0), kNow)).missed.empty());
}

TEST_P(CareContract, ACallIsOnUntilItEndsAlsoOverARestart) {
  const auto connection = open_store();
  must(keep_care(*connection, std::vector{call("c1", "called", "call-1")}, {}));
  auto on = must(open_care(*connection, fixed_zone(0), kNow)).call;
  ASSERT_TRUE(on);
  EXPECT_EQ(on->id, "call-1");
  EXPECT_EQ(on->began_at, kNow);
  must(keep_care(*connection, std::vector{call("c2", "acknowledged", "call-1")}, {}));
  EXPECT_FALSE(must(open_care(*connection, fixed_zone(0), kNow)).call);
  must(keep_care(*connection, std::vector{call("c3", "called", "call-2")}, {}));
  EXPECT_EQ(must(open_care(*connection, fixed_zone(0), kNow)).call->id, "call-2");
}

INSTANTIATE_TEST_SUITE_P(Engines, CareContract, test::kEngines, test::engine_name);

}  // namespace
}  // namespace thaw::care
