#include "gaze/sentence_file.h"

#include <gtest/gtest.h>

namespace thaw::gaze {
namespace {

constexpr const char* kHeader = "lang\ttext\tpinyin\n";

std::string complaint(const std::string& rows) {
  const auto found = parse_sentences(kHeader + rows);
  return found ? "" : found.error().message;
}

TEST(SentenceFile, ReadsBothLanguages) {
  const auto found =
      parse_sentences(std::string(kHeader) + "zh\t你好，女儿。\tni hao | nü er\nen\tGood day.\t\n");
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ((*found)[0].syllables, (std::vector<std::string>{"ni", "hao", "nv", "er"}));
  EXPECT_EQ((*found)[1].text, "Good day.");
}

TEST(SentenceFile, TakesAnAbsentPinyin) {
  EXPECT_EQ(complaint("zh\t你好\nen\tHi\n"), "");
  EXPECT_EQ(complaint("zh\t用 ALS 量表\tyong ALS liang biao\n"), "");
}

TEST(SentenceFile, SaysWhereItIsWrong) {
  EXPECT_EQ(complaint("fr\tbonjour\t\n"),
            "line 2, column lang: the language is zh or en, not \"fr\"");
  EXPECT_EQ(complaint("zh\t你好\tni\n"), "line 2, column pinyin: 1 syllables for 2 characters");
  EXPECT_NE(complaint("zh\t你好\tni3 hao3\n").find("line 2, column pinyin: \"ni3\""),
            std::string::npos);
  EXPECT_EQ(complaint("en\t \t\n"), "line 2, column text: no text");
  EXPECT_NE(complaint("en\n").find("line 2"), std::string::npos);
  EXPECT_NE(complaint(""), "");
  EXPECT_FALSE(parse_sentences("text\tlang\n"));
  EXPECT_FALSE(parse_sentences(std::string(kHeader) + "en\t\xff\t\n"));
}

}  // namespace
}  // namespace thaw::gaze
