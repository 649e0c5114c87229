#include "effect/g_formula.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "effect/enumerated_risk.h"
#include "effect/simulated_months.h"

namespace thaw::effect {
namespace {

/// Every product of the columns with the month: saturated in two months.
std::string saturated_terms() {
  const std::vector<std::string> columns{"l", "treatment", "lag_l", "lag_treatment"};
  std::string out = "l + treatment + l:treatment + since_zero";
  for (unsigned set = 1; set < 16; ++set) {
    std::string term = "since_zero";
    for (unsigned j = 0; j < 4; ++j) {
      term += (set >> j & 1U) != 0 ? ":" + columns[j] : "";
    }
    out += " + " + term;
  }
  return out;
}

std::string protocol(int months, const std::string& outcome_terms, const std::string& l_terms,
                     const std::string& treatment_terms, int simulations) {
  return fmt::format(
      R"({{"strategies": [{{"name": "never", "kind": "never"}}, {{"name": "always", "kind": "always"}},
            {{"name": "soon", "kind": "initiate", "within_months": 2}},
            {{"name": "sign", "kind": "start_when", "when": "l == 1"}}],
          "assignment": {{"confounders": "l", "time": "1"}},
          "follow_up": {{"months": {}, "dropout": "dropout", "dropout_model": "l"}},
          "outcome": {{"event": "event"}},
          "g_formula": {{"covariates": [{{"column": "l", "kind": "binary", "terms": "{}"}}],
            "treatment_model": "{}", "outcome_model": "{}", "simulations": {}}}}})",
      months, l_terms, treatment_terms, outcome_terms, simulations);
}

EmulationSpec spec_of(const std::string& json) {
  auto spec = read_emulation_spec(json, "spec");
  EXPECT_TRUE(spec) << (spec ? "" : spec.error().message);
  return *spec;
}

TEST(GFormula, EqualsTheEnumerationWhereItsModelsAreSaturated) {
  MonthLaw law;
  law.event_level = -1.5;
  const Table table = simulated_months(15, 3000, 2, law);
  const EmulationSpec spec =
      spec_of(protocol(2, saturated_terms(), "lag_l + lag_treatment + lag_l:lag_treatment",
                       "l + lag_l + l:lag_l", 0));
  const auto result = g_formula(table, spec, {});
  ASSERT_TRUE(result) << result.error().message;
  const People people = people_of(table);
  for (std::size_t arm = 0; arm < spec.strategies.size(); ++arm) {
    const Strategy& strategy = spec.strategies[arm];
    const double expected = enumerated_risk(people, 0, 2, StrategyState(strategy),
                                            strategy.start_when ? &*strategy.start_when : nullptr);
    EXPECT_NEAR(result->arms[arm].risk.back(), expected, 1e-7) << strategy.name;
  }
  EXPECT_LT(result->natural_course_gap, 0.005);  // leaving hangs on more than l alone by chance
}

TEST(GFormula, DrawnLivesComeNearTheWholeTree) {
  MonthLaw law;
  const Table table = simulated_months(16, 1000, 3, law);
  const auto with = [&](int simulations) {
    return g_formula(table,
                     spec_of(protocol(3, "l + treatment + since_zero", "lag_l + lag_treatment", "l",
                                      simulations)),
                     {});
  };
  const auto tree = with(0);
  const auto drawn = with(20000);
  const auto again = with(20000);
  ASSERT_TRUE(tree && drawn && again) << drawn.error().message;
  for (std::size_t arm = 0; arm < 4; ++arm) {
    EXPECT_NEAR(tree->arms[arm].risk.back(), drawn->arms[arm].risk.back(), 0.006);
    EXPECT_EQ(again->arms[arm].risk.back(), drawn->arms[arm].risk.back());
  }
  EXPECT_EQ(tree->quantities.front().se, 0);
}

TEST(GFormula, RefusesAColumnThatChangesAndIsNotSimulated) {
  const Table table = simulated_months(17, 300, 3, {});
  const auto result =
      g_formula(table, spec_of(protocol(3, "value + treatment", "lag_l", "l", 1000)), {});
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("value changes from month to month"), std::string::npos);
}

}  // namespace
}  // namespace thaw::effect
