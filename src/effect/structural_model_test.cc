#include "effect/structural_model.h"

#include <gtest/gtest.h>

#include <cmath>

#include "effect/simulated_months.h"

namespace thaw::effect {
namespace {

/// `numerator` and `given`: terms of the stabilising and of the protocol's models.
EmulationSpec protocol(const std::string& given, const std::string& terms) {
  auto spec = read_emulation_spec(
      R"({"strategies": [{"name": "n", "kind": "never"}, {"name": "a", "kind": "always"}],
          "assignment": {"confounders": ")" +
          given + R"(", "time": "1"}, "follow_up": {"months": 2}, "outcome": {"event": "event"},
          "structural_model": {"terms": ")" +
          terms + R"("}})",
      "spec");
  EXPECT_TRUE(spec) << (spec ? "" : spec.error().message);
  return *spec;
}

double log_odds(double risk) {
  return std::log(risk / (1 - risk));
}

/// In one month the saturated structural model is the standardised risks by hand.
TEST(StructuralModel, IsTheStandardisedOddsInOneMonth) {
  MonthLaw law;
  law.event_level = -1;
  law.leave_level = -100;
  const Table table = simulated_months(31, 3000, 1, law);
  auto spec = protocol("l", "treatment");
  spec.months = spec.horizon = 1;
  const auto result = structural_model(table, spec, {});
  ASSERT_TRUE(result) << result.error().message;
  double n[2] = {0, 0};
  double cell[2][2] = {{0, 0}, {0, 0}};
  double events[2][2] = {{0, 0}, {0, 0}};
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const auto l = static_cast<std::size_t>(table.find("l")->integers()[i]);
    const auto a = static_cast<std::size_t>(table.find("treatment")->integers()[i]);
    n[l] += 1;
    cell[l][a] += 1;
    events[l][a] += static_cast<double>(table.find("event")->integers()[i]);
  }
  double risk[2] = {0, 0};
  for (std::size_t a = 0; a < 2; ++a) {
    for (std::size_t l = 0; l < 2; ++l) {
      risk[a] += n[l] / (n[0] + n[1]) * events[l][a] / cell[l][a];
    }
  }
  EXPECT_NEAR(result->terms[0].log_odds, log_odds(risk[0]), 1e-7);
  EXPECT_NEAR(result->terms[1].log_odds, log_odds(risk[1]) - log_odds(risk[0]), 1e-7);
  EXPECT_NEAR(result->weight_mean, 1, 1e-9);
  EXPECT_GT(result->terms[1].se, 0.05);
  EXPECT_LT(result->terms[1].se, 0.2);
}

/// Confounding by what treatment itself changes: adjusting misleads, weighting does not.
TEST(StructuralModel, WeightsRemoveTheConfoundingThatTreatmentChanges) {
  MonthLaw law;
  law.event_level = -2.5;
  law.treatment_on_event = 0;
  law.treatment_on_sign = 0;
  law.leave_level = -100;
  const Table table = simulated_months(32, 8000, 2, law);
  const auto weighted = structural_model(table, protocol("l", "treatment + since_zero"), {});
  const auto crude = structural_model(table, protocol("1", "treatment + since_zero"), {});
  ASSERT_TRUE(weighted && crude);
  const StructuralTerm& null = weighted->terms[1];
  EXPECT_EQ(null.name, "treatment");
  EXPECT_LT(std::fabs(null.log_odds), 3 * null.se);
  EXPECT_GT(crude->terms[1].low, 0);  // treatment looks harmful: the ill are treated
}

}  // namespace
}  // namespace thaw::effect
