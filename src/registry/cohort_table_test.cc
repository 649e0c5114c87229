#include "registry/cohort_table.h"

#include <gtest/gtest.h>

#include <cmath>

namespace thaw::registry {
namespace {

PartialDate date(const char* text) {
  return parse_partial_date(text).value();
}

Day day(const char* text) {
  return parse_day(text).value();
}

Report report(const char* when, int lost) {
  std::array<int, kItemCount> answers{};
  answers.fill(kItemMax);
  for (int point = 0; point < lost; ++point) {
    --answers[static_cast<std::size_t>(point % kItemCount)];
  }
  return {.assessed = day(when), .score = AlsfrsR::from_answers(answers).value()};
}

// 487 days, 16 months, from onset to the first report; 8 points lost; half a point a month later.
History person() {
  History h;
  h.person.code = "P1";
  h.person.sex = Sex::kFemale;
  h.person.birth_year = 1970;
  h.person.onset = date("2020-01-01");
  h.person.site = OnsetSite::kLimb;
  h.person.diagnosis = Diagnosis::kAls;
  h.reports = {report("2021-05-02", 8), report("2021-07-02", 9), report("2021-09-01", 10)};
  h.vital_capacities = {{.measured = day("2021-03-01"), .litres = 3.0},
                        {.measured = day("2021-05-02"), .litres = 2.8},
                        {.measured = day("2021-05-03"), .litres = 1.0}};
  return h;
}

Treatment riluzole(const char* start) {
  return {.drug = "Riluzole", .concept_id = "", .started = date(start), .stopped = {}, .dose = ""};
}

RegistryData registry(std::vector<History> people) {
  RegistryData data;
  data.manifest.as_of = day("2023-05-02");
  data.people = std::move(people);
  return data;
}

Cohort cohort(const History& history) {
  return cohort_table(registry({history}), {}).value();
}

double number(const Table& table, const char* column) {
  return table.numeric(column).value().at(0);
}

TEST(CohortTable, ReadsOnePersonAtTheirFirstReport) {
  const Cohort c = cohort(person());
  ASSERT_EQ(c.table.rows(), 1U);
  EXPECT_DOUBLE_EQ(number(c.table, "months_since_onset"), 16);
  EXPECT_DOUBLE_EQ(number(c.table, "pre_slope"), 0.5);
  EXPECT_DOUBLE_EQ(number(c.table, "ln_pre_slope"), std::log(0.6));
  EXPECT_EQ(number(c.table, "total"), 40);
  EXPECT_EQ(number(c.table, "bulbar") + number(c.table, "fine_motor") +
                number(c.table, "gross_motor") + number(c.table, "respiratory"),
            40);
  EXPECT_EQ(number(c.table, "female"), 1);
  EXPECT_EQ(number(c.table, "treatment"), 0);
  EXPECT_EQ(number(c.table, "event"), 0);
  EXPECT_EQ(number(c.table, "synthetic"), 0);
  EXPECT_NEAR(number(c.table, "months"), 730 / kDaysPerMonth, 1e-12);
  EXPECT_NEAR(number(c.table, "age_at_onset"), 49.5, 0.01);
  EXPECT_EQ(number(c.table, "vital_capacity"), 2.8);  // the later one is after time zero
  EXPECT_NEAR(number(c.table, "entry_year"), 2021 + 121 / 365.25, 1e-9);
  // Days 0, 61 and 122: one point in 61 days.
  EXPECT_NEAR(number(c.table, "slope"), -kDaysPerMonth / 61, 1e-9);
  EXPECT_EQ(number(c.table, "reports"), 3);
}

TEST(CohortTable, AStartWithinTheGraceDaysIsTreatmentAndOneBeforeLeavesThePersonOut) {
  const auto with = [](const char* start) {
    History h = person();
    h.treatments = {riluzole(start)};
    return cohort(h);
  };
  EXPECT_EQ(number(with("2021-05-02").table, "treatment"), 1);
  EXPECT_EQ(number(with("2021-06-02").table, "treatment"), 1);  // day 31
  const Cohort later = with("2021-06-03");                      // day 32
  EXPECT_EQ(number(later.table, "treatment"), 0);
  EXPECT_NEAR(number(later.table, "months"), 32 / kDaysPerMonth, 1e-12);
  EXPECT_EQ(number(later.table, "event"), 0);
  EXPECT_EQ(with("2021-05-01").flow.took_drug_before, 1U);
  EXPECT_EQ(with("2021-04").flow.took_drug_before, 1U);
  EXPECT_EQ(with("2021-05").flow.start_not_known, 1U);  // before or after: not known
}

TEST(CohortTable, FollowsToDeathAndNoFurtherThanTheDrug) {
  History h = person();
  h.events = {{EventKind::kDeath, date("2022-05-02")}};
  EXPECT_EQ(number(cohort(h).table, "event"), 1);
  EXPECT_NEAR(number(cohort(h).table, "months"), 365 / kDaysPerMonth, 1e-12);
  h.treatments = {riluzole("2022-01-01")};
  EXPECT_EQ(number(cohort(h).table, "event"), 0);
}

TEST(CohortTable, SaysWhyEachPersonIsNotInIt) {
  const auto flow = [](auto change) {
    History h = person();
    change(h);
    return cohort(h).flow;
  };
  EXPECT_EQ(flow([](History& h) { h.reports.clear(); }).no_complete_report, 1U);
  EXPECT_EQ(flow([](History& h) { h.person.diagnosis = Diagnosis::kPls; }).not_als, 1U);
  EXPECT_EQ(flow([](History& h) { h.person.onset.reset(); }).onset_not_known, 1U);
  EXPECT_EQ(flow([](History& h) { h.person.onset = date("2020"); }).onset_not_known, 1U);
  EXPECT_EQ(flow([](History& h) { h.person.onset = date("2014-01-01"); }).too_long_since_onset, 1U);
  EXPECT_EQ(flow([](History& h) { h.person.birth_year = 2005; }).not_adult, 1U);
  EXPECT_EQ(flow([](History& h) { h.treatments = {{.drug = "riluzole"}}; }).start_not_known, 1U);
  EXPECT_EQ(flow([](History&) {}).eligible, 1U);
}

TEST(CohortTable, AnotherDrugIsNoTreatment) {
  History h = person();
  h.treatments = {riluzole("2021-05-02")};
  const Cohort other = cohort_table(registry({h}), {.drug = "synthetic drug B"}).value();
  EXPECT_EQ(number(other.table, "treatment"), 0);
  EXPECT_FALSE(cohort_table(registry({h}), {.drug = " "}));
}

TEST(CohortTable, NoSlopeFromTwoReportsAndNoneAfterTheFirstYear) {
  History h = person();
  h.reports.pop_back();
  h.reports.push_back(report("2022-05-20", 40));  // past the first twelve months
  const Table table = cohort(h).table;
  EXPECT_TRUE(std::isnan(number(table, "slope")));
  EXPECT_EQ(number(table, "reports"), 2);
}

}  // namespace
}  // namespace thaw::registry
