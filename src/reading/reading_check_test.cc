#include "reading/reading_check.h"

#include <gtest/gtest.h>

namespace thaw::reading {
namespace {

constexpr std::string_view kText = "利鲁唑 extends survival.";

Reading one_mention(Span span, std::string surface) {
  Reading reading;
  reading.mentions.push_back({.span = span, .surface = std::move(surface)});
  return reading;
}

TEST(ReadingCheck, WordsAtTheirPlaceAreVerbatim) {
  EXPECT_TRUE(check_verbatim(one_mention({0, 9}, "利鲁唑"), kText));
}

TEST(ReadingCheck, OtherWordsAtThatPlaceAreNot) {
  EXPECT_FALSE(check_verbatim(one_mention({0, 9}, "riluzole"), kText));
}

TEST(ReadingCheck, APlaceOutsideTheTextIsRefused) {
  EXPECT_FALSE(check_verbatim(one_mention({0, 900}, "x"), kText));
  EXPECT_FALSE(check_verbatim(one_mention({5, 3}, ""), kText));
}

TEST(ReadingCheck, APlaceThatCutsACharacterIsRefused) {
  EXPECT_FALSE(check_verbatim(one_mention({1, 9}, std::string(kText.substr(1, 8))), kText));
}

TEST(ReadingCheck, AnInventedQuotationIsRefused) {
  Reading reading;
  ReadClaim claim;
  claim.subject = {.span = {0, 9}, .surface = "利鲁唑"};
  claim.object = {.span = {18, 26}, .surface = "survival"};
  claim.evidence = {0, kText.size()};
  claim.quote = kText;
  reading.claims.push_back(claim);
  EXPECT_TRUE(check_verbatim(reading, kText));
  reading.claims[0].quote = "利鲁唑 shortens survival.";
  EXPECT_FALSE(check_verbatim(reading, kText));
}

}  // namespace
}  // namespace thaw::reading
