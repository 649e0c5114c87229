#include "reading/sentences.h"

#include <gtest/gtest.h>

#include <string>

#include "base/random.h"

namespace thaw::reading {
namespace {

std::vector<std::string> cut(std::string_view text) {
  std::vector<std::string> out;
  for (const Span& span : split_sentences(text)) {
    out.emplace_back(bytes_at(text, span));
  }
  return out;
}

using Parts = std::vector<std::string>;

TEST(Sentences, AFullStopBeforeACapitalEndsOne) {
  EXPECT_EQ(cut("Riluzole helps. It is old."), (Parts{"Riluzole helps.", "It is old."}));
}

TEST(Sentences, AbbreviationsDecimalsAndInitialsDoNot) {
  EXPECT_EQ(cut("Drugs, e.g. Riluzole, gave 0.84 in all.").size(), 1U);
  EXPECT_EQ(cut("Shown by Rosen et al. In 1993 it was new.").size(), 1U);
  EXPECT_EQ(cut("J. Rosen found it vs. Placebo in Fig. 2 too.").size(), 1U);
}

TEST(Sentences, ALineAndASectionEndOne) {
  EXPECT_EQ(cut("A title\nThe abstract."), (Parts{"A title", "The abstract."}));
}

TEST(Sentences, ChineseMarksEndOneEvenWithoutASpace) {
  EXPECT_EQ(cut("利鲁唑有效。米诺环素无效；均安全！"),
            (Parts{"利鲁唑有效。", "米诺环素无效；", "均安全！"}));
}

TEST(Sentences, ALowerCaseGeneMayBeginOne) {
  EXPECT_EQ(cut("It was lost. mTOR was not.").size(), 2U);
  EXPECT_EQ(cut("It was approx. ten of them.").size(), 1U);
}

// Law: in order, without overlap, and only white space left out, whatever the bytes.
TEST(Sentences, NothingButWhiteSpaceIsLeftOutOfAnyText) {
  const std::string_view pieces[] = {"A", ".", " ", "。", "e.g", "\n", "9", "(", "!", "x", "\xff"};
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    Random random(7, seed);
    std::string text;
    for (std::uint64_t i = random.index(60); i > 0; --i) {
      text += pieces[random.index(std::size(pieces))];
    }
    std::size_t at = 0;
    const auto sentences = split_sentences(text);
    for (const Span& span : sentences) {
      ASSERT_LE(at, span.begin);
      ASSERT_LT(span.begin, span.end);
      ASSERT_LE(span.end, text.size());
      for (; at < span.begin; ++at) {
        ASSERT_TRUE(text[at] == ' ' || text[at] == '\n') << text;
      }
      at = span.end;
    }
    for (; at < text.size(); ++at) {
      ASSERT_TRUE(text[at] == ' ' || text[at] == '\n') << text;
    }
  }
}

}  // namespace
}  // namespace thaw::reading
