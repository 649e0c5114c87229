// Reminders and calls through a Site: kept, told to listeners, and calls also without a store.
#include "api/speaker_fixture.h"

namespace thaw::api {
namespace {

class CareRoutes : public SpeakerFixture {};

TEST_F(CareRoutes, ACallReachesListenersWhileTheStoreTakesNothingAndIsKeptLater) {
  pair_phone();
  listen(true);
  auto other = open_store().value();
  auto lock = std::make_unique<db::Transaction>(db::Transaction::begin(*other).value());
  const Answer called = post("/api/care/call", {{"kind", "call"}});
  EXPECT_EQ(called.status, 200);
  EXPECT_NE(next()->find("event: call\ndata: {\"call\":{\"id\":\"call-"), std::string::npos);
  EXPECT_EQ(post("/api/care/call", json::object()).body.at("call").at("id"),
            called.body.at("call").at("id"))
      << "the same call, told again";
  EXPECT_NE(next()->find("event: call"), std::string::npos);
  EXPECT_NE(phone("GET", "/api/care").body.at("call"), nullptr);
  lock.reset();
  ASSERT_TRUE(desk->outbox().wait_empty(std::chrono::seconds(20)));
  start();
  EXPECT_EQ(get("/api/care").body.at("call").at("id"), called.body.at("call").at("id"))
      << "also after a restart";
  EXPECT_NE(listen(true).find("event: call"), std::string::npos) << "right after hello";
  const auto id = called.body.at("call").at("id");
  EXPECT_EQ(phone("POST", "/api/care/call/acknowledge", {{"id", "call-x"}}).status, 404);
  EXPECT_EQ(phone("POST", "/api/care/call/acknowledge", {{"id", id}}).body.at("name"), "手机");
  EXPECT_EQ(
      phone("POST", "/api/care/call/acknowledge", {{"id", id}, {"name", "x"}}).body.at("name"),
      "手机")
      << "who was first";
  EXPECT_TRUE(get("/api/care").body.at("call").is_null());
}

TEST_F(CareRoutes, ACallWorksOnAStoreThatCannotBeWritten) {
  read_only = true;
  start();
  listen();
  EXPECT_EQ(post("/api/speak/said", said_body()).status, 503);
  EXPECT_EQ(post("/api/speak/select", select_body(0, {})).status, 503);
  EXPECT_EQ(post("/api/care/done", {{"reminder", "reminder-reposition"}}).status, 503);
  const Answer called = post("/api/care/call", json::object());
  EXPECT_EQ(called.status, 200);
  EXPECT_NE(next()->find("event: call"), std::string::npos);
  EXPECT_EQ(post("/api/care/call/cancel", {{"id", called.body.at("call").at("id")}}).status, 200);
  EXPECT_NE(next()->find("\"how\":\"cancelled\""), std::string::npos);
}

TEST_F(CareRoutes, RemindersAreDoneByNameAndStandInTheHistory) {
  pair_phone();
  clock.at += 121 * care::kMinute;
  desk->care().tick();
  const auto due = phone("GET", "/api/care").body;
  EXPECT_EQ(due.at("reminders").at(0).at("state"), "due");
  EXPECT_EQ(due.at("zone_offset_min"), 480);
  listen(true);
  const Answer done =
      phone("POST", "/api/care/done",
            {{"reminder", "reminder-reposition"}, {"name", "小李"}, {"by", "gaze"}});
  ASSERT_EQ(done.status, 200) << json::serialize(done.body);
  EXPECT_EQ(done.body.at("reminders").at(0).at("state"), "waiting");
  EXPECT_NE(next()->find("event: care"), std::string::npos);
  start();
  const auto event = phone("GET", "/api/care/history").body.at("days").at(0).at("events").at(0);
  EXPECT_EQ(event.at("name"), "小李");
  EXPECT_EQ(event.at("by"), "partner") << "a phone has no gaze";
  EXPECT_EQ(event.at("late_min"), 1);
  EXPECT_EQ(phone("GET", "/api/care").body.at("reminders").at(0).at("state"), "waiting");
}

TEST_F(CareRoutes, AnOverdueReminderBecomesACall) {
  clock.at += 121 * care::kMinute;
  desk->care().tick();
  listen();
  for (int minute = 0; minute < 31; ++minute) {
    clock.at += care::kMinute;
    desk->care().tick();
  }
  const auto call = get("/api/care").body.at("call");
  ASSERT_FALSE(call.is_null());
  EXPECT_EQ(call.at("kind"), "overdue");
  EXPECT_EQ(call.at("reminder"), "reminder-reposition");
  const auto own = post("/api/care/call", json::object()).body.at("call");
  EXPECT_EQ(own.at("kind"), "call") << "the person calls too";
  EXPECT_NE(own.at("id"), call.at("id"));
  EXPECT_EQ(post("/api/care/call/acknowledge", {{"id", call.at("id")}, {"name", "Mum"}}).status,
            404)
      << "a tap on the reminder ends no call for help";
  EXPECT_EQ(get("/api/care").body.at("call").at("id"), own.at("id"));
  ASSERT_TRUE(desk->outbox().wait_empty(std::chrono::seconds(20)));
  start();
  EXPECT_EQ(get("/api/care").body.at("call").at("id"), own.at("id"));
}

TEST_F(CareRoutes, ACallSaysHowManyDevicesHearItAndWhatBecameOfTheCommand) {
  auto call = post("/api/care/call", json::object()).body.at("call");
  EXPECT_EQ(call.at("listening"), 0) << "nobody is paired";
  EXPECT_TRUE(call.at("command").is_null());
  pair_phone();
  EXPECT_EQ(get("/api/care").body.at("call").at("listening"), 1) << "seen just now";
  clock.at += 31 * care::kSecond;
  EXPECT_EQ(get("/api/care").body.at("call").at("listening"), 0);
  listen();
  EXPECT_EQ(get("/api/care").body.at("call").at("listening"), 0) << "the person's own page";
  listen(true);
  clock.at += 31 * care::kSecond;
  EXPECT_EQ(get("/api/care").body.at("call").at("listening"), 1) << "its answer is open";
  ASSERT_EQ(phone("GET", "/api/care").status, 200);
  EXPECT_EQ(get("/api/care").body.at("call").at("listening"), 1) << "one device counts once";
  next = {};
  clock.at += 31 * care::kSecond;
  EXPECT_EQ(get("/api/care").body.at("call").at("listening"), 0) << "it has gone";
  for (const auto& [program, told] : {std::pair("/bin/true", "ok"), std::pair("/none", "failed")}) {
    ASSERT_EQ(post("/api/care/call/cancel", {{"id", call.at("id")}}).status, 200);
    ASSERT_TRUE(desk->outbox().wait_empty(std::chrono::seconds(20)));
    call_command = {program};
    start();
    call = post("/api/care/call", json::object()).body.at("call");
    EXPECT_EQ(call.at("command"), told);
    EXPECT_EQ(post("/api/care/call", json::object()).body.at("call").at("command"), told);
  }
}

TEST_F(CareRoutes, ACallThatIsOnIsKeptAlsoWhereTheStoreIsBusyAtTheEnd) {
  last_tries = std::chrono::seconds(5);
  start();
  auto other = open_store().value();
  auto lock = std::make_unique<db::Transaction>(db::Transaction::begin(*other).value());
  const auto id = post("/api/care/call", json::object()).body.at("call").at("id");
  std::jthread frees([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(3400));  // over one try of 3 s
    lock.reset();
  });
  desk.reset();
  frees.join();
  start();
  EXPECT_EQ(get("/api/care").body.at("call").at("id"), id);
}

TEST_F(CareRoutes, WhatIsSettledAlreadyStaysAsItIs) {
  clock.at += 121 * care::kMinute;
  const auto shown = get("/api/care").body.at("reminders").at(0).at("due_at");
  const json::object done{{"reminder", "reminder-reposition"}, {"due_at", shown}};
  const auto first = post("/api/care/done", done).body.at("reminders").at(0);
  clock.at += 10 * care::kMinute;
  const Answer second = post("/api/care/done", done);
  ASSERT_EQ(second.status, 200);
  EXPECT_EQ(second.body.at("reminders").at(0), first);
  json::object later = done;
  later["minutes"] = 10;
  EXPECT_EQ(post("/api/care/snooze", later).status, 200);
  later["due_at"] = "tomorrow";
  EXPECT_EQ(post("/api/care/snooze", later).status, 400);
  EXPECT_EQ(get("/api/care/history").body.at("days").at(0).at("events").as_array().size(), 1U);
}

TEST_F(CareRoutes, AnotherZoneMovesTimesOfDayAlsoOverARestart) {
  const json::object medicine{{"id", "reminder-medicine"},
                              {"kind", "medicine"},
                              {"text", {{"en", "Riluzole"}, {"zh", "利鲁唑"}}},
                              {"every_min", nullptr},
                              {"at", json::array{"20:00"}},
                              {"from", nullptr},
                              {"until", nullptr},
                              {"enabled", true},
                              {"escalate_after_min", 30}};
  ASSERT_EQ(post("/api/care/reminder", medicine).status, 200);
  ASSERT_EQ(post("/api/speak/settings", {{"zone_offset_min", 540}}).status, 200);
  const auto due = [&] { return get("/api/care").body.at("reminders").at(3).at("due_at"); };
  EXPECT_EQ(due(), "2026-11-26T11:00:00Z") << "20:00 in Tokyo";
  start();
  EXPECT_EQ(due(), "2026-11-26T11:00:00Z");
  ASSERT_EQ(post("/api/speak/settings", {{"zone_offset_min", nullptr}}).status, 200);
  zone = care::fixed_zone(420);
  start();
  EXPECT_EQ(due(), "2026-11-26T13:00:00Z") << "the machine's zone has changed while it was off";
}

TEST_F(CareRoutes, WithoutAClockNothingIsWrittenDown) {
  clock.at += 121 * care::kMinute;
  ASSERT_EQ(post("/api/care/done", {{"reminder", "reminder-reposition"}}).status, 200);
  const auto due = get("/api/care").body.at("reminders").at(0).at("due_at");
  const care::Moment now = clock.at;
  clock.at = 1'420'070'400'000;  // 2015-01-01
  start();
  desk->care().tick();
  EXPECT_EQ(get("/api/care").body.at("clock_set"), false);
  for (int minute = 0; minute < 180; ++minute) {
    clock.at += care::kMinute;
    desk->care().tick();
  }
  EXPECT_EQ(get("/api/care").body.at("reminders").at(0).at("state"), "overdue");
  ASSERT_EQ(post("/api/care/done", {{"reminder", "reminder-reposition"}}).status, 200);
  EXPECT_EQ(get("/api/care").body.at("reminders").at(0).at("state"), "waiting");
  clock.at = now + care::kMinute;
  start();
  desk->care().tick();
  EXPECT_EQ(get("/api/care").body.at("clock_set"), true);
  EXPECT_EQ(get("/api/care").body.at("reminders").at(0).at("due_at"), due);
  const auto days = get("/api/care/history?days=366").body.at("days").as_array();
  ASSERT_EQ(days.size(), 1U);
  EXPECT_EQ(days[0].at("events").as_array().size(), 1U);
}

TEST_F(CareRoutes, APhoneIsNotPutOutByAnotherOfTheSameName) {
  pair_phone();
  const auto code = post("/api/partner/code", json::object()).body.at("code");
  EXPECT_EQ(phone("POST", "/api/partner/pair", {{"code", code}, {"name", "手机"}}).status, 409);
  EXPECT_EQ(phone("GET", "/api/care").status, 200);
  EXPECT_EQ(phone("POST", "/api/partner/pair", {{"code", code}, {"name", "平板"}}).status, 200)
      << "the code is still good for another name";
  ASSERT_EQ(post("/api/partner/forget", {{"name", "手机"}}).status, 200);
  EXPECT_EQ(phone("GET", "/api/care").status, 403);
  pair_phone();
}

TEST_F(CareRoutes, RemindersAreEditedAndWrongOnesRefused) {
  const json::object medicine{{"id", "reminder-medicine"},
                              {"kind", "medicine"},
                              {"text", {{"en", "Riluzole"}, {"zh", "利鲁唑"}}},
                              {"every_min", nullptr},
                              {"at", json::array{"20:00", "08:00", "08:00"}},
                              {"from", nullptr},
                              {"until", nullptr},
                              {"enabled", true},
                              {"escalate_after_min", 30}};
  ASSERT_EQ(post("/api/care/reminder", medicine).status, 200);
  const auto listed = get("/api/care").body.at("reminders").at(3);
  EXPECT_EQ(listed.at("at"), (json::array{"08:00", "20:00"}));
  EXPECT_EQ(listed.at("due_at"), "2026-11-26T12:00:00Z") << "20:00 in Beijing";
  for (const auto& [key, value] :
       std::vector<std::pair<std::string, json::value>>{{"at", json::array{"25:00"}},
                                                        {"every_min", 3},
                                                        {"kind", "surgery"},
                                                        {"id", "none"},
                                                        {"from", "08:00"},
                                                        {"enabled", 1}}) {
    json::object wrong = medicine;
    wrong[key] = value;
    EXPECT_GE(post("/api/care/reminder", wrong).status, 400) << key;
  }
  EXPECT_EQ(post("/api/care/reminder/remove", {{"id", "reminder-medicine"}}).status, 200);
  EXPECT_EQ(post("/api/care/reminder/remove", {{"id", "reminder-medicine"}}).status, 404);
}

}  // namespace
}  // namespace thaw::api
