#include "reading/claim_item.h"

#include <gtest/gtest.h>

namespace thaw::reading {
namespace {

ReadClaim made_claim() {
  ReadClaim claim;
  claim.subject = {.surface = "riluzole", .candidates = {{"t:riluzole", "riluzole", 1}}};
  claim.object = {.surface = "survival", .candidates = {{"t:survival", "survival", 1}}};
  claim.relation = "extends";
  claim.sign = evidence::Sign::kRaises;
  claim.causal = true;
  claim.quote = "Riluzole prolonged survival.";
  claim.probability = 0.7;
  return claim;
}

evidence::Document made_document() {
  evidence::Document document;
  document.id = "PMID:1";
  document.year = 1994;
  return document;
}

TEST(ClaimItem, AWordInTheTextMakesNoTrialOfIt) {
  ReadClaim claim = made_claim();
  claim.study_kind = Stated<std::string>{"rct", {3, 9}};
  const auto item = item_of(claim, made_document(), "thaw-reader-1");
  ASSERT_TRUE(item);
  EXPECT_EQ(item->study_kind, "text_mined");
  EXPECT_DOUBLE_EQ(item->faithful, 0.7);
  EXPECT_EQ(item->quote, "Riluzole prolonged survival.");
  EXPECT_EQ(item->quote_check, "verbatim");
}

TEST(ClaimItem, APublicationTypeDoes) {
  ReadClaim claim = made_claim();
  claim.study_kind = Stated<std::string>{"rct", {}};
  EXPECT_EQ(item_of(claim, made_document(), "r")->study_kind, "rct");
}

TEST(ClaimItem, WhatIsAmbiguousOrUnknownIsNotKept) {
  ReadClaim claim = made_claim();
  claim.subject.ambiguous = true;
  EXPECT_FALSE(item_of(claim, made_document(), "r"));
  claim = made_claim();
  claim.object.candidates.clear();
  EXPECT_FALSE(item_of(claim, made_document(), "r"));
}

TEST(ClaimItem, DoubtIsNoSupport) {
  ReadClaim claim = made_claim();
  claim.hedged = true;
  EXPECT_EQ(item_of(claim, made_document(), "r")->direction, evidence::Direction::kInconclusive);
}

TEST(ClaimItem, TheSameClaimHasTheSameId) {
  EXPECT_EQ(item_of(made_claim(), made_document(), "r")->id,
            item_of(made_claim(), made_document(), "r")->id);
  EXPECT_NE(item_of(made_claim(), made_document(), "r")->id,
            item_of(made_claim(), made_document(), "s")->id);
}

}  // namespace
}  // namespace thaw::reading
