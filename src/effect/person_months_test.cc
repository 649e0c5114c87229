#include "effect/person_months.h"

#include <gtest/gtest.h>

#include <cmath>

#include "table/csv.h"

namespace thaw::effect {
namespace {

EmulationSpec spec_of(const std::string& more = "") {
  auto spec = read_emulation_spec(
      R"({"strategies": [{"name": "a", "kind": "never"}, {"name": "b", "kind": "always"}],
          "assignment": {"confounders": "x"}, "follow_up": {"months": 4, "dropout": "lost"},
          "outcome": {"event": "died", "competing": "niv"})" +
          more + "}",
      "spec");
  EXPECT_TRUE(spec);
  return *spec;
}

/// Rows of person,month,treatment,died,niv,lost,x.
Result<PersonMonths> months_of(const std::string& rows, const EmulationSpec& spec = spec_of()) {
  CsvOptions options;
  for (const char* name : {"month", "treatment", "died", "niv", "lost"}) {
    options.columns[name].type = ColumnType::kInteger;
  }
  options.columns["person"].type = ColumnType::kText;
  options.columns["x"].type = ColumnType::kReal;
  auto table = read_csv("person,month,treatment,died,niv,lost,x\n" + rows, "t.csv", options);
  EXPECT_TRUE(table) << (table ? "" : table.error().message);
  return person_months(*table, spec);
}

std::string fault(const std::string& rows) {
  const auto made = months_of(rows);
  return made ? "no error" : made.error().message;
}

TEST(PersonMonths, PutsPeopleAndMonthsInOrder) {
  const auto made = months_of("b,1,0,1,0,0,3\na,0,0,0,0,0,1\nb,0,1,0,0,0,2\na,1,1,0,0,1,4\n");
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->people(), 2U);
  EXPECT_EQ(made->month, (std::vector<std::int32_t>{0, 1, 0, 1}));
  EXPECT_EQ(made->treated, (std::vector<std::uint8_t>{0, 1, 1, 0}));
  EXPECT_EQ(made->dropout, (std::vector<std::uint8_t>{0, 1, 0, 0}));
  EXPECT_EQ(made->event, (std::vector<std::uint8_t>{0, 0, 0, 1}));
}

TEST(PersonMonths, RefusesWhatCannotHaveHappenedAndSaysWhere) {
  EXPECT_NE(
      fault("a,0,0,0,0,0,1\na,0,0,0,0,0,1\n").find("person a, month 0: this month stands twice"),
      std::string::npos);
  EXPECT_NE(fault("a,0,0,0,0,0,1\na,2,0,0,0,0,1\n").find("month 2: the months from 1 on"),
            std::string::npos);
  EXPECT_NE(fault("a,-1,0,0,0,0,1\n").find("whole number"), std::string::npos);
  EXPECT_NE(fault("a,0,NA,0,0,0,1\n").find("treatment is missing"), std::string::npos);
  EXPECT_NE(fault("a,0,2,0,0,0,1\n").find("treatment is 2; it must be 0 or 1"), std::string::npos);
  EXPECT_NE(fault("a,0,0,1,0,0,1\na,1,0,0,0,0,1\n").find("after follow-up ended"),
            std::string::npos);
  EXPECT_NE(fault("a,0,0,1,0,1,1\n").find("more than one"), std::string::npos);
  EXPECT_NE(fault("a,0,0,0,0,0,NA\n").find("x is missing (in 1 of 1 person-months)"),
            std::string::npos);
  EXPECT_NE(fault("NA,0,0,0,0,0,1\n").find("row 1: person is missing"), std::string::npos);
}

TEST(PersonMonths, CarriesForwardOnlyWhereTold) {
  const auto spec = spec_of(R"(, "analysis": {"missing_covariates": "carry_forward"})");
  const auto made =
      months_of("a,0,0,0,0,0,NA\na,1,0,0,0,0,5\na,2,0,0,0,0,NA\nb,0,0,0,0,0,NA\n", spec);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->carried, 1U);
  const auto x = made->table.find("x")->reals();
  EXPECT_TRUE(std::isnan(x[0]));
  EXPECT_EQ(x[2], 5);
  EXPECT_TRUE(std::isnan(x[3]));  // never from another person
  TrialFlow flow;
  const auto trials = select_trials(*made, spec, flow);
  ASSERT_TRUE(trials);
  ASSERT_EQ(trials->size(), 1U);
  EXPECT_EQ(trials->front().row, 1U);
  EXPECT_EQ(flow.covariate_unknown, 1U);
}

TEST(PersonMonths, MakesOfACompetingEventWhatTheProtocolSays) {
  const std::string rows = "a,0,0,0,1,0,1\nb,0,0,1,0,0,1\n";
  auto spec = spec_of();
  spec.competing_as = Competing::kComposite;
  EXPECT_EQ(months_of(rows, spec)->event, (std::vector<std::uint8_t>{1, 1}));
  spec.competing_as = Competing::kCensor;
  EXPECT_EQ(months_of(rows, spec)->event, (std::vector<std::uint8_t>{0, 1}));
  EXPECT_EQ(months_of(rows, spec)->competing, (std::vector<std::uint8_t>{0, 0}));
}

TEST(PersonMonths, DerivesHistoryWithinThePerson) {
  auto spec = spec_of();
  spec.time_varying = "lag_x + base_x + lag_treatment + treated_months";
  auto made = months_of("a,0,0,0,0,0,1\na,1,1,0,0,0,2\na,2,1,0,0,0,3\nb,0,1,0,0,0,9\n", spec);
  ASSERT_TRUE(made);
  TrialFlow flow;
  const auto trials = select_trials(*made, spec, flow);
  ASSERT_TRUE(trials);
  ASSERT_TRUE(add_history(*made, *trials, spec));
  const auto numbers = [&](const char* name) { return *made->table.numeric(name); };
  EXPECT_EQ(numbers("lag_x"), (std::vector<double>{1, 1, 2, 9}));
  EXPECT_EQ(numbers("base_x"), (std::vector<double>{1, 1, 1, 9}));
  EXPECT_EQ(numbers("lag_treatment"), (std::vector<double>{0, 0, 1, 0}));
  EXPECT_EQ(numbers("treated_months"), (std::vector<double>{0, 0, 1, 0}));
  EXPECT_EQ(numbers("since_zero"), (std::vector<double>{0, 1, 2, 0}));
}

}  // namespace
}  // namespace thaw::effect
