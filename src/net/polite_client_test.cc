#include "net/polite_client.h"

#include <gtest/gtest.h>

#include <deque>

#include "net/curl_client.h"
#include "net/test_server.h"

namespace thaw::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

/// A clock that jumps where it is told to wait.
class SetClock final : public WaitingClock {
 public:
  system_clock::time_point now() const override { return now_; }
  void wait(milliseconds time, const std::stop_token&) override {
    waits.push_back(time);
    now_ += time;
  }
  std::vector<milliseconds> waits;

 private:
  system_clock::time_point now_ = system_clock::from_time_t(784'111'700);
};

/// Answers with what it was given, and notes when.
class FakeClient final : public HttpClient {
 public:
  FakeClient(WaitingClock& clock, std::deque<Result<HttpReply>> script)
      : clock_(&clock), script_(std::move(script)) {}
  Result<HttpReply> send(const HttpRequest&) override {
    asked.push_back(clock_->now());
    if (script_.empty()) {
      return HttpReply{.status = 200, .body = "good"};
    }
    auto next = script_.front();
    script_.pop_front();
    return next;
  }
  std::vector<system_clock::time_point> asked;

 private:
  WaitingClock* clock_;
  std::deque<Result<HttpReply>> script_;
};

const HttpRequest kRequest{.url = "http://example.org/?key=s3cret"};

TEST(PoliteClient, NoSecondHoldsMoreRequestsThanAllowed) {
  SetClock clock;
  FakeClient server(clock, {});
  PoliteClient client(server, clock, {.requests_per_second = 3}, 1);
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(client.send(kRequest));
  }
  for (std::size_t i = 0; i + 3 < server.asked.size(); ++i) {
    EXPECT_GE(server.asked[i + 3] - server.asked[i], milliseconds(1000));
  }
}

TEST(PoliteClient, WhatPassesIsTriedAgainAndTheWaitGrows) {
  SetClock clock;
  FakeClient server(clock, {HttpReply{.status = 500}, HttpReply{.status = 429},
                            unavailable("cut short"), HttpReply{.status = 503}});
  PoliteClient client(server, clock, {.requests_per_second = 1000}, 7);
  const auto reply = client.send(kRequest);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, "good");
  EXPECT_EQ(client.sent(), 5U);
  EXPECT_EQ(client.retries(), 4U);
  ASSERT_EQ(clock.waits.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_GE(clock.waits[i], milliseconds(250 << i));
    EXPECT_LE(clock.waits[i], milliseconds(500 << i));
  }
}

TEST(PoliteClient, TheSameSeedWaitsTheSame) {
  const auto waits = [](std::uint64_t seed) {
    SetClock clock;
    FakeClient server(clock, {HttpReply{.status = 500}, HttpReply{.status = 500}});
    PoliteClient client(server, clock, {}, seed);
    EXPECT_TRUE(client.send(kRequest));
    return clock.waits;
  };
  EXPECT_EQ(waits(5), waits(5));
  EXPECT_NE(waits(5), waits(6));
}

TEST(PoliteClient, AServerThatNamesATimeIsLeftAloneThatLong) {
  SetClock clock;
  FakeClient server(clock,
                    {HttpReply{.status = 429, .body = {}, .headers = {{"retry-after", "17"}}}});
  PoliteClient client(server, clock, {}, 1);
  ASSERT_TRUE(client.send(kRequest));
  EXPECT_EQ(clock.waits.at(0), milliseconds(17'000));
}

TEST(PoliteClient, AServerThatWantsAnHourIsGivenUpAtOnce) {
  SetClock clock;
  FakeClient server(clock,
                    {HttpReply{.status = 503, .body = {}, .headers = {{"retry-after", "3600"}}}});
  PoliteClient client(server, clock, {}, 1);
  EXPECT_EQ(client.send(kRequest).error().code, ErrorCode::kUnavailable);
  EXPECT_TRUE(clock.waits.empty());
}

TEST(PoliteClient, TheLastTryEndsWithItsReasonAndWithoutSecrets) {
  SetClock clock;
  FakeClient server(clock, std::deque<Result<HttpReply>>(20, HttpReply{.status = 502}));
  PoliteClient client(server, clock, {.tries_max = 3}, 1);
  const auto reply = client.send(kRequest);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().message, "example.org answered with status 502; given up after 3 tries");
  EXPECT_EQ(server.asked.size(), 3U);
}

TEST(PoliteClient, WhatWillNotPassIsNotTriedAgain) {
  SetClock clock;
  FakeClient server(clock, {HttpReply{.status = 404}, denied("certificate"), corrupt("too large")});
  PoliteClient client(server, clock, {}, 1);
  EXPECT_EQ(client.send(kRequest)->status, 404);
  EXPECT_EQ(client.send(kRequest).error().code, ErrorCode::kDenied);
  EXPECT_EQ(client.send(kRequest).error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(client.retries(), 0U);
}

TEST(PoliteClient, AStopEndsTheTries) {
  std::stop_source stop;
  SetClock clock;
  FakeClient server(clock, std::deque<Result<HttpReply>>(20, HttpReply{.status = 500}));
  PoliteClient client(server, clock, {}, 1,
                      [&](const std::string&, milliseconds) { stop.request_stop(); });
  HttpRequest request = kRequest;
  request.stop = stop.get_token();
  EXPECT_FALSE(client.send(request));
  EXPECT_EQ(server.asked.size(), 1U);
}

TEST(PoliteClient, ARealServerThatMisbehavesIsOutlasted) {
  test::TestServer server({test::reply_of(429, "slow down", "Retry-After: 0\r\n"),
                           test::cut_reply(100, "half"), test::reply_of(500, ""),
                           test::ScriptedReply{}, test::reply_of(200, "whole")});
  CurlClient curl;
  SetClock clock;
  PoliteClient client(curl, clock, {}, 1);
  const auto reply = client.send({.url = server.url()});
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->body, "whole");
  EXPECT_EQ(client.sent(), 5U);
}

TEST(RetryAfter, SecondsAndDatesAreRead) {
  const auto now = system_clock::from_time_t(784'111'777);  // 1994-11-06 08:49:37, of RFC 9110
  EXPECT_EQ(retry_after("120", now), milliseconds(120'000));
  EXPECT_EQ(retry_after("-5", now), milliseconds(0));
  EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:49:47 GMT", now), milliseconds(10'000));
  EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:00:00 GMT", now), milliseconds(0));
  EXPECT_EQ(retry_after("soon", now), std::nullopt);
  EXPECT_EQ(retry_after("", now), std::nullopt);
}

TEST(BodyOf, EachStatusIsAnErrorOfItsKind) {
  const auto code = [](int status) {
    return body_of(kRequest, {.status = status, .body = "secret body"}).error().code;
  };
  EXPECT_EQ(*body_of(kRequest, {.status = 200, .body = "x"}), "x");
  EXPECT_EQ(code(401), ErrorCode::kDenied);
  EXPECT_EQ(code(403), ErrorCode::kDenied);
  EXPECT_EQ(code(404), ErrorCode::kNotFound);
  EXPECT_EQ(code(400), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(302), ErrorCode::kUnavailable);
  EXPECT_EQ(code(500), ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace thaw::net
