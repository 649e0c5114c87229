#include "effect/emulate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "effect/enumerated_risk.h"
#include "effect/simulated_months.h"

namespace thaw::effect {
namespace {

/// A saturated protocol over `months` months: every model has a level for every history.
std::string saturated(int months, const std::string& strategies, const std::string& outcome) {
  return fmt::format(
      R"({{"strategies": [{}], "assignment": {{"confounders": "history", "time_varying": "history",
          "time": "1"}}, "follow_up": {{"months": {}, "dropout": "dropout",
          "dropout_model": "history_treated"}}, "outcome": {}}})",
      strategies, months, outcome);
}

constexpr const char* kBoth =
    R"({"name": "never", "kind": "never"}, {"name": "always", "kind": "always"})";
constexpr const char* kEvent = R"({"event": "event"})";

EmulationSpec spec_of(const std::string& json) {
  auto spec = read_emulation_spec(json, "spec");
  EXPECT_TRUE(spec) << (spec ? "" : spec.error().message);
  return *spec;
}

EmulationResult run(const Table& table, const std::string& json, EmulationChoice choice = {}) {
  auto result = emulate(table, spec_of(json), choice);
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return result ? *result : EmulationResult{};
}

const Quantity& find(const AnalysisResult& analysis, Measure measure, std::size_t arm) {
  return *std::ranges::find_if(
      analysis.quantities, [&](const Quantity& q) { return q.measure == measure && q.arm == arm; });
}

TEST(Emulate, EqualsTheEnumeratedGFormulaWhereModelsAreSaturated) {
  const Table table = simulated_months(5, 1200, 3, {});
  const EmulationResult result = run(table, saturated(3, kBoth, kEvent));
  const EmulationSpec spec = spec_of(saturated(3, kBoth, kEvent));
  const People people = people_of(table);
  for (std::size_t arm = 0; arm < 2; ++arm) {
    const double expected =
        enumerated_risk(people, 0, 3, StrategyState(spec.strategies[arm]), nullptr);
    EXPECT_GT(expected, 0.02);
    EXPECT_NEAR(find(result.analyses[0], Measure::kRisk, arm).value, expected, 1e-9) << arm;
  }
}

TEST(Emulate, EqualsTheEnumerationWithGraceAndDynamicStrategies) {
  const Table table = simulated_months(6, 1200, 3, {});
  const std::string strategies =
      R"({"name": "soon", "kind": "initiate", "within_months": 2},
         {"name": "start", "kind": "initiate", "within_months": 3, "after_start": "free"},
         {"name": "sign", "kind": "start_when", "when": "l == 1"},
         {"name": "sign2", "kind": "start_when", "when": "l == 1", "within_months": 2})";
  const EmulationSpec spec = spec_of(saturated(3, strategies, kEvent));
  const EmulationResult result = run(table, saturated(3, strategies, kEvent));
  const People people = people_of(table);
  for (std::size_t arm = 0; arm < spec.strategies.size(); ++arm) {
    const auto& strategy = spec.strategies[arm];
    const double expected = enumerated_risk(people, 0, 3, StrategyState(strategy),
                                            strategy.start_when ? &*strategy.start_when : nullptr);
    EXPECT_NEAR(find(result.analyses[0], Measure::kRisk, arm).value, expected, 1e-9) << arm;
  }
}

TEST(Emulate, IsTheSameInAnyOrderOfRowsAndForAnyThreads) {
  const Table table = simulated_months(7, 500, 4, {});
  std::vector<std::size_t> order(table.rows());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = (i * 7919) % order.size();
  }
  ASSERT_NE(order.size() % 7919, 0U);
  const std::string spec =
      R"({"strategies": [{"name": "never", "kind": "never"}, {"name": "always", "kind": "always"}],
          "assignment": {"confounders": "l", "time": "since_zero"},
          "follow_up": {"months": 4, "dropout": "dropout"}, "outcome": {"event": "event"}})";
  const auto one = run(table, spec, {.seed = 3, .threads = 1, .bootstrap = 20});
  const auto two = run(table.take(order), spec, {.seed = 3, .threads = 3, .bootstrap = 20});
  for (std::size_t a = 0; a < one.analyses.size(); ++a) {
    for (std::size_t q = 0; q < one.analyses[a].quantities.size(); ++q) {
      EXPECT_EQ(one.analyses[a].quantities[q].value, two.analyses[a].quantities[q].value);
      EXPECT_EQ(one.analyses[a].quantities[q].se, two.analyses[a].quantities[q].se);
    }
  }
}

TEST(Emulate, RobustAndBootstrapErrorsAgree) {
  const Table table = simulated_months(8, 600, 4, {});
  const std::string spec =
      R"({"strategies": [{"name": "never", "kind": "never"}, {"name": "always", "kind": "always"}],
          "assignment": {"confounders": "l", "time": "since_zero"},
          "follow_up": {"months": 4, "dropout": "dropout"}, "outcome": {"event": "event"}})";
  const auto robust = run(table, spec);
  const auto drawn = run(table, spec, {.seed = 3, .threads = 2, .bootstrap = 60});
  for (std::size_t q = 0; q < robust.analyses[0].quantities.size(); ++q) {
    const Quantity& a = robust.analyses[0].quantities[q];
    const Quantity& b = drawn.analyses[0].quantities[q];
    EXPECT_NEAR(b.se / a.se, 1, 0.4) << static_cast<int>(a.measure);
    EXPECT_EQ(a.value, b.value);
  }
  EXPECT_EQ(drawn.failed_replicates, 0);
}

/// The curve's own variance and that of the risk by gradients are two ways to one number.
TEST(Emulate, CurveBandAndRiskIntervalMeetAtTheHorizon) {
  const Table table = simulated_months(9, 800, 5, {});
  const auto result = run(table, saturated(3, kBoth, kEvent));
  for (std::size_t arm = 0; arm < 2; ++arm) {
    const Quantity& risk = find(result.analyses[0], Measure::kRisk, arm);
    const ArmMonth& end = result.analyses[0].arms[arm].months.at(3);
    EXPECT_NEAR(risk.value, end.risk, 1e-12);
    EXPECT_NEAR(risk.low, end.risk_low, 1e-6);
    EXPECT_NEAR(risk.high, end.risk_high, 1e-6);
  }
}

TEST(Emulate, ManyTrialsCountEachPersonOnceInTheVariance) {
  const Table table = simulated_months(10, 500, 6, {});
  const std::string spec =
      R"({"strategies": [{"name": "never", "kind": "never"}, {"name": "always", "kind": "always"}],
          "time_zero": "every_eligible_month", "horizon_months": 3,
          "assignment": {"confounders": "l", "time": "since_zero"},
          "follow_up": {"months": 3, "dropout": "dropout"}, "outcome": {"event": "event"}})";
  const auto robust = run(table, spec);
  EXPECT_GT(robust.flow.trials, robust.flow.enrolled);
  const auto drawn = run(table, spec, {.seed = 1, .threads = 2, .bootstrap = 60});
  for (const Measure measure : {Measure::kRiskDifference, Measure::kLogHazardRatio}) {
    const double ratio =
        find(drawn.analyses[0], measure, 1).se / find(robust.analyses[0], measure, 1).se;
    EXPECT_NEAR(ratio, 1, 0.4);
  }
}

TEST(Emulate, SaysWhatCannotBeAnswered) {
  const Table table = simulated_months(11, 200, 4, {});
  const auto error = [&](const std::string& json) {
    const auto spec = read_emulation_spec(json, "spec");
    if (!spec) {
      return spec.error().message;
    }
    const auto result = emulate(table, *spec, {});
    return result ? std::string("no error") : result.error().message;
  };
  const auto protocol = [](const std::string& more, const std::string& strategies = kBoth) {
    return fmt::format(R"({{"strategies": [{}], "assignment": {{"confounders": "l"}},
        "follow_up": {{"months": 4}}, "outcome": {{"event": "event"}}{}}})",
                       strategies, more);
  };
  EXPECT_EQ(error(protocol("")), "no error");
  Table quiet;  // nobody has the event
  for (const Column& column : table.columns()) {
    ASSERT_TRUE(
        quiet.add_column(column.name() == "event"
                             ? Column::integer("event", std::vector<std::int64_t>(table.rows(), 0))
                             : column));
  }
  const auto eventless = emulate(quiet, spec_of(protocol("")), {});
  ASSERT_FALSE(eventless);
  EXPECT_NE(eventless.error().message.find("with 0 events"), std::string::npos);
  EXPECT_NE(error(protocol(R"(, "eligibility": "l > 5")")).find("nobody is eligible: of 200"),
            std::string::npos);
  EXPECT_NE(error(protocol(R"(, "eligibility": "age > 5")")).find("eligibility: "),
            std::string::npos);
  EXPECT_NE(error(protocol(R"(, "colour": 1)")).find("colour: unknown key"), std::string::npos);
  EXPECT_NE(error(protocol("", R"({"name": "a", "kind": "never"}, {"name": "b",
      "kind": "start_when", "when": "l == 7", "within_months": 1, "stop_when": "x"})"))
                .find("x"),
            std::string::npos);
  const auto as_treated = [&](std::int64_t value) {
    Table changed;
    for (const Column& column : table.columns()) {
      EXPECT_TRUE(changed.add_column(
          column.name() == "treatment"
              ? Column::integer("treatment", std::vector<std::int64_t>(table.rows(), value))
              : column));
    }
    const auto result = emulate(changed, spec_of(protocol("", R"({"name": "never", "kind": "never"},
            {"name": "soon", "kind": "initiate", "within_months": 2})")),
                                {});
    return result ? std::string("no error") : result.error().message;
  };
  EXPECT_NE(as_treated(0).find("nobody follows the strategy \"soon\""), std::string::npos)
      << as_treated(0);
  EXPECT_NE(as_treated(1).find("nobody follows the strategy \"never\""), std::string::npos)
      << as_treated(1);
  EXPECT_NE(error(protocol(R"(, "horizon_months": 5)")).find("beyond the follow-up"),
            std::string::npos);
}

}  // namespace
}  // namespace thaw::effect
