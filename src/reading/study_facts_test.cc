#include "reading/study_facts.h"

#include <gtest/gtest.h>

namespace thaw::reading {
namespace {

std::optional<Stated<evidence::PrintedEffect>> effect_in(std::string_view text) {
  return find_effect(text, {0, text.size()});
}

TEST(StudyFacts, AHazardRatioIsReadWithItsIntervalAndP) {
  constexpr std::string_view text = "Mortality fell (HR 0.84, 95% CI 0.70-0.99; p = 0.04).";
  const auto found = effect_in(text);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->value.measure, "hazard_ratio");
  EXPECT_DOUBLE_EQ(*found->value.value, 0.84);
  EXPECT_DOUBLE_EQ(*found->value.low, 0.70);
  EXPECT_DOUBLE_EQ(*found->value.high, 0.99);
  EXPECT_DOUBLE_EQ(*found->value.p, 0.04);
  EXPECT_EQ(found->value.printed, bytes_at(text, found->span));
}

TEST(StudyFacts, AnOddsRatioInWordsIsReadToo) {
  const auto found = effect_in("odds ratio [OR], 1.7; 95% confidence interval [CI], 1.2 to 2.3");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->value.measure, "odds_ratio");
  EXPECT_DOUBLE_EQ(*found->value.value, 1.7);
  EXPECT_DOUBLE_EQ(*found->value.high, 2.3);
}

TEST(StudyFacts, AChineseRatioIsRead) {
  const auto found = effect_in("死亡风险比为0.84（95%CI：0.70～0.99）");
  ASSERT_TRUE(found);
  EXPECT_DOUBLE_EQ(*found->value.value, 0.84);
  EXPECT_DOUBLE_EQ(*found->value.low, 0.70);
}

TEST(StudyFacts, AnIntervalThatDoesNotHoldTheValueIsNotTaken) {
  const auto found = effect_in("HR 0.84, 95% CI 1.20-1.90");
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->value.low);
}

TEST(StudyFacts, TheWordOrIsNoOddsRatio) {
  EXPECT_FALSE(effect_in("in men or 12 women"));
  EXPECT_FALSE(effect_in("There was no figure here."));
}

TEST(StudyFacts, HowManyTookPartIsReadInBothLanguages) {
  const auto n = [](std::string_view text) { return find_n(text, {0, text.size()}); };
  EXPECT_DOUBLE_EQ(n("155 patients were enrolled")->value, 155);
  EXPECT_DOUBLE_EQ(n("controls (n = 1,204)")->value, 1204);
  EXPECT_DOUBLE_EQ(n("纳入155例患者")->value, 155);
  EXPECT_FALSE(n("for 18 months in patients"));
  EXPECT_FALSE(n("42% of patients"));
}

TEST(StudyFacts, TheKindOfStudyComesFromThePublicationTypeFirst) {
  evidence::Document document;
  document.kinds = {"Journal Article", "Randomized Controlled Trial"};
  const auto found = find_study_kind(document, "We used mice.");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->value, "rct");
  EXPECT_TRUE(found->span.empty());
}

TEST(StudyFacts, ElseFromWordsAndElseItIsNotKnown) {
  const evidence::Document document;
  EXPECT_EQ(find_study_kind(document, "a double-blind trial in mice")->value, "rct");
  EXPECT_EQ(find_study_kind(document, "在SOD1小鼠中")->value, "animal");
  EXPECT_FALSE(find_study_kind(document, "We think so."));
}

TEST(StudyFacts, TheSpeciesIsTheFirstThatIsNamed) {
  constexpr std::string_view text = "In mice, unlike patients";
  const auto found = find_organism(text, {0, text.size()});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->value, "mouse");
  EXPECT_EQ(bytes_at(text, found->span), "mice");
  EXPECT_FALSE(find_organism("in vitro", {0, 8}));
}

}  // namespace
}  // namespace thaw::reading
