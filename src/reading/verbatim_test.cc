#include "reading/verbatim.h"

#include <gtest/gtest.h>

#include <string>

#include "base/random.h"

namespace thaw::reading {
namespace {

std::string found(std::string_view text, std::string_view quote) {
  const auto span = find_verbatim(text, quote);
  return span ? std::string(bytes_at(text, *span)) : "(not found)";
}

TEST(Verbatim, OnlyWhiteSpaceMayDiffer) {
  const std::string text = "Riluzole  extended\nsurvival (p = 0.014).  利鲁唑\u3000延长生存期。";
  EXPECT_EQ(found(text, "Riluzole extended survival"), "Riluzole  extended\nsurvival");
  EXPECT_EQ(found(text, " \n survival\u00A0(p = 0.014). "), "survival (p = 0.014).");
  EXPECT_EQ(found(text, "利鲁唑 延长生存期"), "利鲁唑\u3000延长生存期");
  for (const char* invented : {"riluzole extended survival", "Riluzole extended survivals",
                               "Riluzoleextended", "Riluzole extended ... survival",
                               "Riluzole prolonged survival", "(p=0.014)", "", " \n", "延 长"}) {
    EXPECT_EQ(found(text, invented), "(not found)") << invented;
  }
}

TEST(Verbatim, TheSearchBeginsWhereItIsTold) {
  EXPECT_EQ(find_verbatim("ALS and ALS", "ALS")->begin, 0U);
  EXPECT_EQ(find_verbatim("ALS and ALS", "ALS", 1)->begin, 8U);
  EXPECT_FALSE(find_verbatim("ALS and ALS", "ALS", 9));
  EXPECT_FALSE(find_verbatim("ALS", "ALS", 99));
}

/// Law: the span's bytes fold to the quotation's, and every piece of the text is found.
TEST(Verbatim, EveryPieceOfATextIsFoundWhateverItsWhiteSpace) {
  Random random(7);
  const std::vector<std::string> parts = {"a", "b", "ab", " ", "\n", "  ", "肌", "\u00A0", "."};
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> words;
    std::string text;
    for (std::size_t i = 0; i < 12; ++i) {
      words.push_back(parts[random.index(parts.size())]);
      text += words.back();
    }
    std::string piece, spaced;
    const std::size_t begin = random.index(6);
    bool white_only = true;
    for (std::size_t i = begin; i < begin + 6; ++i) {
      const bool white =
          words[i] == " " || words[i] == "\n" || words[i] == "  " || words[i] == "\u00A0";
      white_only = white_only && white;
      spaced += white ? " \t" : words[i];
    }
    const auto span = find_verbatim(text, spaced);
    ASSERT_EQ(span.has_value(), !white_only) << '"' << text << "\" \"" << spaced << '"';
    if (span) {
      const auto again = find_verbatim(bytes_at(text, *span), spaced);
      ASSERT_TRUE(again);
      EXPECT_EQ(*again, (Span{0, span->size()}));
    }
  }
}

}  // namespace
}  // namespace thaw::reading
