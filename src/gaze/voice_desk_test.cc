#include "gaze/voice_desk.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <set>
#include <thread>

namespace thaw::gaze {
namespace {

/// Says a WAV of 100 bytes a word, and counts how often and how many at once.
class CountingVoice final : public Voice {
 public:
  Result<Spoken> speak(Language /*language*/, const std::vector<Word>& words,
                       const VoiceOptions& /*options*/) override {
    const int inside = ++inside_;
    most_at_once = std::max(most_at_once.load(), inside);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    --inside_;
    ++said;
    if (words.empty()) {
      return unavailable("no words");
    }
    Spoken spoken;
    spoken.wav = std::make_shared<const std::string>(words.size() * 100, 'w');
    spoken.duration_ms = static_cast<int>(words.size());
    return spoken;
  }
  VoiceStatus status() const override { return {"none", "", ""}; }

  std::atomic<int> said{0}, most_at_once{0};

 private:
  std::atomic<int> inside_{0};
};

std::vector<Word> words(std::size_t n, const std::string& text = "a") {
  return std::vector<Word>(n, Word{text, ""});
}

class VoiceDeskTest : public ::testing::Test {
 protected:
  VoiceDeskTest() {
    auto voice = std::make_unique<CountingVoice>();
    counting = voice.get();
    desk = std::make_unique<VoiceDesk>(std::move(voice), 1000);
  }
  CountingVoice* counting = nullptr;
  std::unique_ptr<VoiceDesk> desk;
};

TEST_F(VoiceDeskTest, TheSameIsMadeOnce) {
  const auto first = desk->say(Language::kEnglish, words(2), {});
  const auto again = desk->say(Language::kEnglish, words(2), {});
  EXPECT_EQ(first->id, again->id);
  EXPECT_EQ(first->id.size(), 32U);
  EXPECT_EQ(counting->said, 1);
  EXPECT_EQ(desk->wav(first->id)->size(), 200U);
}

TEST_F(VoiceDeskTest, AnotherTextLanguagePaceOrReadingIsAnother) {
  std::set<std::string> ids;
  ids.insert(desk->say(Language::kEnglish, words(1), {})->id);
  ids.insert(desk->say(Language::kChinese, words(1), {})->id);
  ids.insert(desk->say(Language::kEnglish, words(1), {1.5})->id);
  ids.insert(desk->say(Language::kEnglish, words(2), {})->id);
  ids.insert(desk->say(Language::kEnglish, {{"a", "b"}}, {})->id);
  ids.insert(desk->say(Language::kEnglish, {{"a 0: 1:a", ""}}, {})->id);
  EXPECT_EQ(ids.size(), 6U);
}

TEST_F(VoiceDeskTest, WhatWasUsedLeastRecentlyLeavesFirst) {
  const auto old = desk->say(Language::kEnglish, words(4), {})->id;
  const auto used = desk->say(Language::kEnglish, words(5), {})->id;
  EXPECT_NE(desk->wav(old), nullptr);  // now `used` is the older
  EXPECT_TRUE(desk->say(Language::kEnglish, words(3), {}));
  EXPECT_EQ(desk->wav(used), nullptr);
  EXPECT_NE(desk->wav(old), nullptr);
  EXPECT_LE(desk->bytes_kept(), 1000U);
}

TEST_F(VoiceDeskTest, OneThatIsLargerThanAllIsStillGiven) {
  const auto large = desk->say(Language::kEnglish, words(50), {});
  ASSERT_TRUE(large);
  EXPECT_EQ(desk->wav(large->id)->size(), 5000U);
}

TEST_F(VoiceDeskTest, ErrorsAreNotKept) {
  EXPECT_FALSE(desk->say(Language::kEnglish, {}, {}));
  EXPECT_FALSE(desk->say(Language::kEnglish, {}, {}));
  EXPECT_EQ(counting->said, 2);
  EXPECT_EQ(desk->wav("nothing"), nullptr);
}

TEST_F(VoiceDeskTest, TheVoiceWorksOnOneTextAtATime) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (std::size_t n = 1; n < 4; ++n) {
        EXPECT_TRUE(desk->say(Language::kEnglish, words(n), {}));
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(counting->most_at_once, 1);
  EXPECT_EQ(counting->said, 3);
}

/// Its times are measured when the test lets them be.
class SlowTimesVoice final : public Voice {
 public:
  Result<Spoken> speak(Language /*language*/, const std::vector<Word>& /*words*/,
                       const VoiceOptions& /*options*/) override {
    Spoken spoken;
    spoken.wav = std::make_shared<const std::string>(10, 'w');
    spoken.duration_ms = 100;
    spoken.times = {{0, 0, 100}};
    spoken.measure = [this]() -> std::optional<std::vector<WordTime>> {
      open.get_future().wait();
      return std::vector<WordTime>{{0, 20, 80}};
    };
    return spoken;
  }
  VoiceStatus status() const override { return {"none", "", ""}; }
  std::promise<void> open;
};

TEST(VoiceDesk, TimesMeasuredLateAreThereWhenAskedAgain) {
  auto voice = std::make_unique<SlowTimesVoice>();
  SlowTimesVoice& slow = *voice;
  VoiceDesk desk(std::move(voice));
  for (int ask = 0; ask < 2; ++ask) {  // nobody waits for them
    const auto early = desk.say(Language::kEnglish, words(1), {});
    ASSERT_TRUE(early);
    EXPECT_FALSE(early->spoken.times_measured);
    EXPECT_EQ(early->spoken.times[0].end_ms, 100);
  }
  slow.open.set_value();
  desk.settle();
  const auto late = desk.say(Language::kEnglish, words(1), {});
  EXPECT_TRUE(late->spoken.times_measured);
  EXPECT_EQ(late->spoken.times[0].end_ms, 80);
}

}  // namespace
}  // namespace thaw::gaze
