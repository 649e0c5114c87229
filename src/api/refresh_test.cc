#include "api/refresh.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace thaw::api {
namespace {

using namespace std::chrono_literals;

std::shared_ptr<const Context> state(std::uint64_t seed) {
  auto context = std::make_shared<Context>();
  context->seed = seed;
  return context;
}

TEST(Refresh, AfterAnAskTheStateHoldsWhatWasCommittedBefore) {
  Live live(state(1));
  std::atomic<std::uint64_t> store{1};
  Refresh refresh(live, [&] { return Result<std::shared_ptr<const Context>>(state(store)); });
  for (std::uint64_t committed = 2; committed < 30; ++committed) {
    store = committed;
    ASSERT_TRUE(refresh.ask(10s));
    EXPECT_EQ(live.now()->seed, committed);
    EXPECT_EQ(live.generation(), committed);
  }
}

TEST(Refresh, AsksThatWaitTogetherAreOneLoad) {
  Live live(state(1));
  std::atomic<int> loads{0};
  Refresh refresh(live, [&] {
    ++loads;
    std::this_thread::sleep_for(50ms);
    return Result<std::shared_ptr<const Context>>(state(2));
  });
  std::vector<std::jthread> askers;
  for (int i = 0; i < 20; ++i) {
    askers.emplace_back([&] { EXPECT_TRUE(refresh.ask(10s)); });
  }
  askers.clear();
  EXPECT_LE(loads, 5);
}

TEST(Refresh, AStoreThatCannotBeReadLeavesTheStateAsItWas) {
  Live live(state(7));
  Refresh refresh(
      live, [] { return Result<std::shared_ptr<const Context>>(unavailable("the disk is gone")); });
  EXPECT_FALSE(refresh.ask(10s));
  EXPECT_EQ(live.now()->seed, 7U);
  EXPECT_EQ(live.generation(), 1U);
}

TEST(Refresh, ALoadThatThrowsIsAFailedOne) {
  Live live(state(7));
  Refresh refresh(
      live, []() -> Result<std::shared_ptr<const Context>> { throw std::runtime_error("broken"); });
  EXPECT_FALSE(refresh.ask(10s));
  EXPECT_EQ(live.now()->seed, 7U);
}

}  // namespace
}  // namespace thaw::api
