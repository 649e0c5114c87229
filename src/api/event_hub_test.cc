#include "api/event_hub.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <thread>

namespace thaw::api {
namespace {

using std::chrono::milliseconds;

EventHub::Events hello() {
  return {{"hello", boost::json::object{{"boot", "b"}}}};
}

TEST(EventHub, EveryListenerGetsEveryEventInOrderAfterHello) {
  EventHub hub;
  auto one = hub.listen(EventHub::Listener::kOwn, hello)->next;
  auto two = hub.listen(EventHub::Listener::kPartner, hello)->next;
  hub.publish("call", 1, EventHub::Audience::kEveryone);
  hub.publish("said", 2, EventHub::Audience::kEveryone);
  const std::string all =
      "event: hello\ndata: {\"boot\":\"b\"}\n\nevent: call\ndata: 1\n\nevent: said\ndata: 2\n\n";
  EXPECT_EQ(*one(), all);
  EXPECT_EQ(*two(), all);
  EXPECT_EQ(*one(), "");
}

TEST(EventHub, WhatIsThePersonsOwnReachesNoPartner) {
  EventHub hub;
  auto own = hub.listen(EventHub::Listener::kOwn, hello)->next;
  auto partner = hub.listen(EventHub::Listener::kPartner, hello)->next;
  own();
  partner();
  hub.publish("holder", "tab", EventHub::Audience::kOwn);
  EXPECT_EQ(*own(), "event: holder\ndata: \"tab\"\n\n");
  EXPECT_EQ(*partner(), "");
}

TEST(EventHub, OfWhatOnlyTheNewestCountsOneWaits) {
  EventHub hub;
  auto next = hub.listen(EventHub::Listener::kOwn, hello)->next;
  next();
  for (int i = 0; i < 1000; ++i) {
    hub.publish("draft", i, EventHub::Audience::kEveryone);
  }
  EXPECT_EQ(*next(), "event: draft\ndata: 999\n\n");
}

TEST(EventHub, AListenerThatDoesNotReadIsCutOffAndHoldsNothing) {
  EventHub hub;
  auto slow = hub.listen(EventHub::Listener::kOwn, hello)->next;
  auto quick = hub.listen(EventHub::Listener::kOwn, hello)->next;
  const std::string large(100'000, 'x');
  for (int i = 0; i < 100; ++i) {
    hub.publish("said", boost::json::string(large), EventHub::Audience::kEveryone);
    ASSERT_TRUE(quick());
  }
  EXPECT_FALSE(slow()) << "its page connects anew";
  auto many = hub.listen(EventHub::Listener::kOwn, hello)->next;
  for (std::size_t i = 0; i <= EventHub::kQueuedMax; ++i) {
    hub.publish("said", 1, EventHub::Audience::kEveryone);
  }
  EXPECT_FALSE(many());
}

TEST(EventHub, AQuietStreamHasAHeartbeat) {
  EventHub hub(milliseconds(1));
  auto next = hub.listen(EventHub::Listener::kOwn, hello)->next;
  next();
  std::this_thread::sleep_for(milliseconds(3));
  EXPECT_EQ(*next(), ":\n\n");
}

TEST(EventHub, AListenerThatIsNotAllowedAnyMoreIsSentNothing) {
  EventHub hub;
  bool allowed = true;
  auto next = hub.listen(EventHub::Listener::kPartner, hello, [&allowed] { return allowed; })->next;
  EXPECT_TRUE(next());
  allowed = false;
  hub.publish("said", "secret", EventHub::Audience::kEveryone);
  EXPECT_FALSE(next());
}

TEST(EventHub, ListenersAreCountedBoundedAndForgottenWhenTheyGo) {
  auto hub = std::make_unique<EventHub>();
  std::vector<std::function<std::optional<std::string>()>> listeners;
  for (std::size_t i = 0; i < EventHub::kListenersMax; ++i) {
    listeners.push_back(hub->listen(EventHub::Listener::kOwn, hello)->next);
  }
  EXPECT_EQ(hub->listen(EventHub::Listener::kOwn, hello).error().code, ErrorCode::kUnavailable);
  listeners.pop_back();
  EXPECT_EQ(hub->listeners(), EventHub::kListenersMax - 1);
  EXPECT_TRUE(hub->listen(EventHub::Listener::kOwn, hello));
  hub.reset();
  EXPECT_FALSE(listeners[0]()) << "ends with the hub";
}

TEST(EventHub, ManyThreadsPublishAndEachEventComesOnce) {
  EventHub hub;
  auto next = hub.listen(EventHub::Listener::kOwn, hello)->next;
  std::string all;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 3; ++t) {
      threads.emplace_back([&hub] {
        for (int i = 0; i < 50; ++i) {
          hub.publish("said", i, EventHub::Audience::kEveryone);
        }
      });
    }
    for (int i = 0; i < 20; ++i) {
      all += *next();
    }
  }
  all += *next();
  std::size_t count = 0;
  for (std::size_t at = all.find("event: said"); at != std::string::npos;
       at = all.find("event: said", at + 1)) {
    ++count;
  }
  EXPECT_EQ(count, 150U);
}

}  // namespace
}  // namespace thaw::api
