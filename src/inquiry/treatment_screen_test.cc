#include "inquiry/treatment_screen.h"

#include <gtest/gtest.h>

#include <cmath>

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
