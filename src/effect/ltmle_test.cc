#include "effect/ltmle.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "effect/enumerated_risk.h"
#include "effect/simulated_months.h"

namespace thaw::effect {
namespace {

EmulationSpec protocol(int months, const std::string& terms, const std::string& outcome_terms,
                       const std::string& strategies = R"({"name": "never", "kind": "never"},
                         {"name": "always", "kind": "always"},
                         {"name": "sign", "kind": "start_when", "when": "l == 1"})") {
  auto spec = read_emulation_spec(
      fmt::format(
          R"({{"strategies": [{}], "assignment": {{"confounders": "{}", "time": "1"}},
              "follow_up": {{"months": {}, "dropout": "dropout", "dropout_model": "{}"}},
              "outcome": {{"event": "event"}}, "ltmle": {{"outcome_model": "{}"}}}})",
          strategies, terms, months, terms == "1" ? "1" : terms + "_treated", outcome_terms),
      "spec");
  EXPECT_TRUE(spec) << (spec ? "" : spec.error().message);
  return *spec;
}

TEST(Ltmle, EqualsTheEnumerationOnSaturatedModels) {
  MonthLaw law;
  law.event_level = -1.5;
  const Table table = simulated_months(25, 1500, 2, law);
  const EmulationSpec spec = protocol(2, "history", "history");
  const auto result = ltmle(table, spec, {});
  ASSERT_TRUE(result) << result.error().message;
  const People people = people_of(table);
  for (std::size_t arm = 0; arm < spec.strategies.size(); ++arm) {
    const Strategy& strategy = spec.strategies[arm];
    const double expected = enumerated_risk(people, 0, 2, StrategyState(strategy),
                                            strategy.start_when ? &*strategy.start_when : nullptr);
    EXPECT_NEAR(result->arms[arm].estimate, expected, 1e-7) << strategy.name;
    EXPECT_NEAR(result->arms[arm].plug_in, expected, 1e-7) << strategy.name;
    EXPECT_EQ(result->arms[arm].means_instead, 0);
    EXPECT_GT(result->arms[arm].se, 0);
  }
}

/// With either half right the answer holds: the regressions alone without any weights' model, the
/// weights alone without any covariate in the regressions.
TEST(Ltmle, StandsOnEitherHalf) {
  MonthLaw law;
  law.event_level = -1.5;
  law.leave_level = -100;
  const Table table = simulated_months(26, 1500, 2, law);
  const People people = people_of(table);
  const EmulationSpec both = protocol(2, "history", "history");
  const double expected = enumerated_risk(people, 0, 2, StrategyState(both.strategies[1]), nullptr);
  const auto regressions_right = ltmle(table, protocol(2, "1", "history"), {});
  const auto weights_right = ltmle(table, protocol(2, "history", "1"), {});
  const auto both_wrong = ltmle(table, protocol(2, "1", "1"), {});
  ASSERT_TRUE(regressions_right && weights_right && both_wrong);
  EXPECT_NEAR(weights_right->arms[1].estimate, expected, 1e-7);
  EXPECT_NEAR(regressions_right->arms[1].estimate, expected, 0.01);
  EXPECT_GT(std::fabs(both_wrong->arms[1].estimate - expected), 0.02);
  EXPECT_GT(std::fabs(weights_right->arms[1].plug_in - expected), 0.02);
}

TEST(Ltmle, LeavesOutWhatHistoryDoesNotDecide) {
  const Table table = simulated_months(27, 400, 2, {});
  const std::string three = R"({"name": "n", "kind": "never"}, {"name": "a", "kind": "always"},
                               {"name": "g", "kind": "initiate", "within_months": 2})";
  const auto some = ltmle(table, protocol(2, "1", "1", three), {});
  ASSERT_TRUE(some) << some.error().message;
  EXPECT_TRUE(some->arms[1].decided);
  EXPECT_FALSE(some->arms[2].decided);
  for (const Quantity& q : some->quantities) {
    EXPECT_EQ(q.arm, 1U);
  }
  const auto none = ltmle(table,
                          protocol(2, "1", "1",
                                   R"({"name": "n", "kind": "never"},
                                      {"name": "g", "kind": "initiate", "within_months": 2})"),
                          {});
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find("that history decides"), std::string::npos);
}

}  // namespace
}  // namespace thaw::effect
