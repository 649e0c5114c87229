#include "evidence/calibration_sets.h"

#include <gtest/gtest.h>

#include "evidence/bundled_knowledge.h"
#include "evidence/test_knowledge.h"

namespace thaw::evidence {
namespace {

TEST(CalibrationSets, ADismechLineBecomesAGradedFinding) {
  const auto parameters = test_parameters();
  const auto item = dismech_item(
      R"({"disease":"D","path":["treatments","X","evidence"],"reference":"PMID:1","supports":"REFUTE","snippet":"In mice, nothing happened."})",
      parameters);
  ASSERT_TRUE(item) << item.error().message;
  EXPECT_EQ(item->unit, "D");
  EXPECT_EQ(item->direction, -1);
  EXPECT_EQ(item->kind, "animal");
  const auto partial = dismech_item(
      R"({"disease":"D","path":["p"],"reference":"PMID:1","supports":"PARTIAL","snippet":""})",
      parameters);
  EXPECT_EQ(partial->direction, 1);
  EXPECT_EQ(partial->grade, parameters.grade.at("weak"));
  EXPECT_FALSE(dismech_item("{}", parameters));
  EXPECT_FALSE(dismech_item("rubbish", parameters));
  EXPECT_FALSE(
      dismech_item(R"({"disease":"D","path":[],"reference":"r","supports":"MAYBE"})", parameters));
}

TEST(CalibrationSets, EveryCueNamesAKindThatHasACap) {
  const auto parameters = test_parameters();
  for (const char* sentence :
       {"a meta-analysis", "randomised", "open-label", "GWAS", "zebrafish", "iPSC", "in vitro",
        "missense", "autopsy", "odds ratio", "transcriptome", "nothing of the kind"}) {
    EXPECT_TRUE(parameters.cap.contains(kind_of_sentence(sentence))) << sentence;
  }
}

TEST(CalibrationSets, TheStoreIsJudgedWithoutTheGroupThatIsAskedFor) {
  const auto parameters = test_parameters();
  // Two papers of one claim: each is foretold from the other alone.
  Item one = item_named("a");
  Item two = item_named("b");
  one.study_kind = two.study_kind = "animal";
  const auto set = judge_store(knowledge_of({one, two}), parameters, 1).value();
  EXPECT_EQ(set.cases, 2U);
  EXPECT_EQ(set.base_rate, 1);
  ASSERT_EQ(set.curves.size(), 3U);
  const double belief = logistic(0.5);
  EXPECT_NEAR(set.curves[0].brier, (1 - belief) * (1 - belief), 1e-12);
}

TEST(CalibrationSets, TheBundledRecordGivesBothSets) {
  const auto parameters = test_parameters();
  const auto knowledge = bundled_knowledge();
  EXPECT_GT(judge_store(knowledge, parameters, 1).value().cases, 30U);
  EXPECT_GT(judge_panels(knowledge, parameters, 1).value().cases, 5U);
}

}  // namespace
}  // namespace thaw::evidence
