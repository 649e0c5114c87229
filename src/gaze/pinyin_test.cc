#include "gaze/pinyin.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace thaw::gaze {
namespace {

std::vector<Syllable> read(std::string_view reading) {
  return *syllables_of(reading);
}

std::optional<TypingStyle> style(std::string_view typed, std::string_view reading) {
  const auto syllables = read(reading);
  return TypedPinyin(typed).matches(syllables.data(), syllables.size());
}

/// Tries every cut of the letters into beginnings of the syllables.
bool can_be_cut(std::string_view letters, const std::vector<Syllable>& syllables,
                std::size_t from = 0) {
  if (letters.empty()) {
    return true;
  }
  if (from == syllables.size()) {
    return false;
  }
  const std::string_view form = spelling(syllables[from]);
  for (std::size_t n = 1; n <= std::min(form.size(), letters.size()); ++n) {
    if (form.substr(0, n) == letters.substr(0, n) &&
        can_be_cut(letters.substr(n), syllables, from + 1)) {
      return true;
    }
  }
  return false;
}

TEST(Pinyin, EverySyllableIsFoundByItsLetters) {
  EXPECT_GT(syllable_count(), 400U);
  for (std::size_t s = 0; s < syllable_count(); ++s) {
    const auto found = syllable_of(spelling(static_cast<Syllable>(s)));
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, s);
  }
  EXPECT_FALSE(syllable_of("wex"));
  EXPECT_FALSE(syllables_of("wen  shui"));
}

TEST(Pinyin, AWordIsFoundInEachStyleOfTyping) {
  EXPECT_EQ(style("w", "wen shui"), TypingStyle::kEither);
  EXPECT_EQ(style("we", "wen shui"), TypingStyle::kFull);
  EXPECT_EQ(style("wenshui", "wen shui"), TypingStyle::kFull);
  EXPECT_EQ(style("ws", "wen shui"), TypingStyle::kInitials);
  EXPECT_EQ(style("wshui", "wen shui"), TypingStyle::kInitials);
  EXPECT_EQ(style("wensh", "wen shui"), TypingStyle::kFull);
  EXPECT_EQ(style("wes", "wen shui"), TypingStyle::kMixed);
  EXPECT_EQ(style("wen'shui", "wen shui"), TypingStyle::kFull);
  EXPECT_EQ(style("wensui", "wen shui"), TypingStyle::kFuzzy);
  EXPECT_EQ(style("wengshui", "wen shui"), TypingStyle::kFuzzy);
  EXPECT_FALSE(style("wx", "wen shui"));
  EXPECT_FALSE(style("wenshuia", "wen shui"));
}

TEST(Pinyin, TheMarkPartsSyllables) {
  EXPECT_TRUE(style("xian", "xian"));
  EXPECT_TRUE(style("xi'an", "xi an"));
  EXPECT_FALSE(style("xi'an", "xian"));
}

TEST(Pinyin, LForNOnlyWhereAsked) {
  const auto reading = read("nai");
  EXPECT_FALSE(TypedPinyin("lai").matches(reading.data(), 1));
  EXPECT_EQ(TypedPinyin("lai", true).matches(reading.data(), 1), TypingStyle::kFuzzy);
}

TEST(Pinyin, AMatchWithoutFuzzySyllablesIsACutIntoBeginnings) {
  Random random(11);
  for (int round = 0; round < 3000; ++round) {
    std::vector<Syllable> word;
    std::string letters;
    for (std::size_t i = 1 + random.index(4); i > 0; --i) {
      word.push_back(static_cast<Syllable>(random.index(syllable_count())));
      letters += spelling(word.back()).substr(0, random.index(4));
    }
    if (letters.empty() || random.bernoulli(0.3)) {
      letters += static_cast<char>('a' + random.index(26));
    }
    const auto found = TypedPinyin(letters).matches(word.data(), word.size());
    const bool exact = found && *found != TypingStyle::kFuzzy;
    ASSERT_EQ(exact, can_be_cut(letters, word)) << letters;
  }
}

TEST(Pinyin, ShownCutIntoSyllables) {
  EXPECT_EQ(TypedPinyin("wenshui").shown(), "wen'shui");
  EXPECT_EQ(TypedPinyin("wensh").shown(), "wen's'h");
  EXPECT_EQ(TypedPinyin("").shown(), "");
}

}  // namespace
}  // namespace thaw::gaze
