#include "inquiry/treatment_screen.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "inquiry/test_brain.h"
#include "registry/synthesize.h"

namespace thaw::inquiry {
namespace {

const registry::RegistryData& people() {
  static const registry::Synthesis made = [] {
    registry::SynthesisRequest request;
    request.people = 4000;
    request.reports_per_person = 6;
    return registry::synthesize(request).value();
  }();
  return made.data;
}

const ScreenRow& row_of(const ScreenResult& result, std::string_view drug) {
  for (const ScreenRow& row : result.rows) {
    if (row.drug == drug) {
      return row;
    }
  }
  ADD_FAILURE() << drug;
  return result.rows.front();
}

TEST(TreatmentScreen, FindsWhatWasPlantedAndLeavesTheControlAlone) {
  const auto result = screen_treatments(people(), {.horizon_months = 18});
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->rows.size(), 3U);
  EXPECT_EQ(result->tests, 3U);
  EXPECT_TRUE(result->synthetic);
  for (const ScreenRow& row : result->rows) {
    ASSERT_EQ(row.problem, "") << row.drug;
    const double z = std::log(row.hazard_ratio.value / *row.truth) / row.hazard_ratio.se;
    EXPECT_LT(std::fabs(z), 3) << row.drug << " " << row.hazard_ratio.value;
    EXPECT_GE(row.q, row.p);
  }
  EXPECT_TRUE(row_of(*result, "riluzole").kept);
  EXPECT_TRUE(row_of(*result, "synthetic drug B").negative_control);
  EXPECT_FALSE(row_of(*result, "synthetic drug C").negative_control);
  EXPECT_EQ(result->controls, 1U);
}

TEST(TreatmentScreen, HandsOnMarkedItemsWithoutControls) {
  const auto result = screen_treatments(people(), {.horizon_months = 12});
  ASSERT_TRUE(result);
  TestBrain brain(bundled_knowledge());
  const evidence::NameIndex names(brain.knowledge);
  const ScreenLines lines = screen_evidence(*result, names);
  EXPECT_EQ(lines.items, 1U);  // riluzole; drug C is tied to no concept
  EXPECT_EQ(lines.without_concept, 1U);
  EXPECT_NE(lines.text.find("\"synthetic\":true"), std::string::npos);
  EXPECT_NE(lines.text.find("registry_analysis"), std::string::npos);
  EXPECT_NE(lines.text.find("\"registry:people\""), std::string::npos);
  EXPECT_NE(lines.text.find("\"registry_screen:thaw:riluzole:none:thaw:survival:hazard_ratio:"
                            "12_months\""),
            std::string::npos)
      << lines.text;
}

TEST(TreatmentScreen, NamesAnotherQuestionByAnotherId) {
  TestBrain brain(bundled_knowledge());
  const evidence::NameIndex names(brain.knowledge);
  ScreenResult result;
  ScreenRow row;
  row.drug = "riluzole";
  row.hazard_ratio.value = .8;
  row.hazard_ratio.se = .1;
  result.rows = {row};
  std::set<std::string> texts;
  for (const int horizon : {12, 24}) {
    for (const char* comparator : {"", "another drug"}) {
      result.choice.horizon_months = horizon;
      result.choice.comparator = comparator;
      const std::string text = screen_evidence(result, names).text;
      const auto at = text.find("\"id\":\"registry_screen:");
      ASSERT_NE(at, std::string::npos);
      texts.insert(text.substr(at, text.find('"', at + 6) - at));
    }
  }
  EXPECT_EQ(texts.size(), 4U);
}

TEST(TreatmentScreen, GivesItsReasonInTheReadersLanguage) {
  ScreenResult result;
  ScreenRow row;
  row.drug = "x";
  row.problem = "too few";
  row.problem_zh = "太少";
  result.rows = {row};
  EXPECT_NE(screen_text(result, "en").find("x: too few"), std::string::npos);
  EXPECT_NE(screen_text(result, "zh").find("x：太少"), std::string::npos);
}

TEST(TreatmentScreen, ComparesStartersWithStartersOfAnother) {
  const auto result =
      screen_treatments(people(), {.comparator = "synthetic drug B", .horizon_months = 12});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->rows.size(), 2U);
  EXPECT_FALSE(row_of(*result, "riluzole").truth.has_value());
  const auto unknown = screen_treatments(people(), {.comparator = "nothing"});
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("comparator 'nothing'"), std::string::npos);
}

}  // namespace
}  // namespace thaw::inquiry
