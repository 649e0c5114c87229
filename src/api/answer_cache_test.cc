#include "api/answer_cache.h"

#include <gtest/gtest.h>

#include <deque>

#include "base/random.h"

namespace thaw::api {
namespace {

std::shared_ptr<const CachedAnswer> answer(std::string text) {
  return std::make_shared<const CachedAnswer>(
      CachedAnswer{"text/plain", "\"e\"", std::move(text), ""});
}

TEST(AnswerCache, TheLeastRecentlyUsedLeavesFirst) {
  AnswerCache cache(2, 1000);
  cache.keep("a", answer("A"));
  cache.keep("b", answer("B"));
  ASSERT_NE(cache.find("a"), nullptr);
  cache.keep("c", answer("C"));
  EXPECT_EQ(cache.find("b"), nullptr);
  EXPECT_EQ(cache.find("a")->plain, "A");
  EXPECT_EQ(cache.find("c")->plain, "C");
}

TEST(AnswerCache, StaysWithinItsBytes) {
  AnswerCache cache(100, 50);
  cache.keep("big", answer(std::string(60, 'x')));
  EXPECT_EQ(cache.find("big"), nullptr);
  cache.keep("a", answer(std::string(30, 'x')));
  cache.keep("b", answer(std::string(30, 'y')));
  EXPECT_EQ(cache.find("a"), nullptr);
  EXPECT_NE(cache.find("b"), nullptr);
}

TEST(AnswerCache, TheFirstOfTwoEqualAnswersStays) {
  AnswerCache cache(2, 1000);
  cache.keep("a", answer("first"));
  cache.keep("a", answer("second"));
  EXPECT_EQ(cache.find("a")->plain, "first");
}

// Oracle: a plain list of keys, most recent first.
TEST(AnswerCache, BehavesAsAListOfRecentKeys) {
  constexpr std::size_t kMax = 5;
  AnswerCache cache(kMax, 1'000'000);
  std::deque<std::string> recent;
  Random random(7);
  for (int step = 0; step < 5000; ++step) {
    const std::string key = std::to_string(random.index(12));
    const auto known = std::find(recent.begin(), recent.end(), key);
    const bool expected = known != recent.end();
    ASSERT_EQ(cache.find(key) != nullptr, expected) << "step " << step;
    if (expected) {
      recent.erase(known);
    } else {
      cache.keep(key, answer(key));
    }
    recent.push_front(key);
    recent.resize(std::min(recent.size(), kMax));
  }
}

}  // namespace
}  // namespace thaw::api
