#include "gaze/word.h"

#include <gtest/gtest.h>

namespace thaw::gaze {
namespace {

TEST(Word, EnglishWordsStandApartAndMarksStandClose) {
  EXPECT_EQ(text_of({{"Please", ""}, {"wait", ""}, {",", ""}, {"thanks", ""}, {".", ""}}),
            "Please wait, thanks.");
}

TEST(Word, ChineseWordsStandTogetherEvenBesideLatinOnes) {
  EXPECT_EQ(text_of({{"我", "wo"}, {"用", "yong"}, {"thaw", ""}, {"3", ""}, {"。", ""}}),
            "我用thaw 3。");
}

TEST(Word, OnlyTwoLanguagesAreKnown) {
  EXPECT_EQ(*parse_language("zh"), Language::kChinese);
  EXPECT_EQ(*parse_language("en"), Language::kEnglish);
  EXPECT_FALSE(parse_language("fr"));
}

}  // namespace
}  // namespace thaw::gaze
