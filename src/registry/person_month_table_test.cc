#include "registry/person_month_table.h"

#include <gtest/gtest.h>

#include <cmath>

namespace thaw::registry {
namespace {

PartialDate date(const char* text) {
  return parse_partial_date(text).value();
}

Report report(const char* when, int lost) {
  std::array<int, kItemCount> answers{};
  answers.fill(kItemMax);
  for (int point = 0; point < lost; ++point) {
    --answers[static_cast<std::size_t>(point % kItemCount)];
  }
  return {.assessed = parse_day(when).value(), .score = AlsfrsR::from_answers(answers).value()};
}

/// First report 2021-05-02; a second one two months on.
History person() {
  History h;
  h.person.code = "P1";
  h.person.sex = Sex::kFemale;
  h.person.birth_year = 1970;
  h.person.onset = date("2020-01-01");
  h.person.site = OnsetSite::kLimb;
  h.person.diagnosis = Diagnosis::kAls;
  h.reports = {report("2021-05-02", 8), report("2021-07-10", 11)};
  return h;
}

PersonMonthTable months(const History& history, const PersonMonthSpec& spec = {}) {
  RegistryData data;
  data.manifest.as_of = parse_day("2021-11-05").value();  // 6.1 months after time zero
  data.people = {history};
  return person_month_table(data, spec).value();
}

std::vector<double> column(const PersonMonthTable& made, const char* name) {
  return made.table.numeric(name).value();
}

Treatment drug(const char* name, const char* start, const char* stop = nullptr) {
  Treatment t{.drug = name, .concept_id = "", .started = date(start), .stopped = {}, .dose = ""};
  if (stop != nullptr) {
    t.stopped = date(stop);
  }
  return t;
}

TEST(PersonMonthTable, HasOneRowForEveryWholeMonthOfFollowUp) {
  const auto made = months(person());
  EXPECT_EQ(column(made, "month"), (std::vector<double>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(column(made, "total"), (std::vector<double>{40, 40, 40, 37, 37, 37}));
  const auto reported = column(made, "total_reported");
  EXPECT_EQ(reported[0], 40);
  EXPECT_TRUE(std::isnan(reported[1]));
  EXPECT_EQ(reported[2], 37);  // within the month, so not yet known at its start
  EXPECT_DOUBLE_EQ(column(made, "months_since_onset")[3], 19);
  EXPECT_EQ(column(made, "died"), (std::vector<double>(6, 0)));
  EXPECT_EQ(made.flow.eligible, 1U);
}

TEST(PersonMonthTable, EndsWithTheMonthOfDeath) {
  History h = person();
  h.events.push_back({EventKind::kDeath, date("2021-08-15")});
  EXPECT_EQ(column(months(h), "died"), (std::vector<double>{0, 0, 0, 1}));
}

TEST(PersonMonthTable, KnowsWhichMonthsTheDrugWasTaken) {
  History h = person();
  h.treatments = {drug("Riluzole", "2021-06-10", "2021-08-20")};
  EXPECT_EQ(column(months(h), "treatment"), (std::vector<double>{0, 1, 1, 1, 0, 0}));
  EXPECT_EQ(column(months(h), "used_before")[0], 0);
  h.treatments = {drug("riluzole", "2021-05-01")};
  EXPECT_EQ(column(months(h), "used_before")[0], 1);
  EXPECT_EQ(months(h).flow.took_drug_before, 1U);
  h.treatments = {drug("riluzole", "2021")};
  EXPECT_EQ(months(h).flow.start_not_known, 1U);
  h.treatments = {drug("riluzole", "2021-05-02"), drug("B", "2021-09-10")};
  const auto both = months(h, {.drug = "riluzole", .comparator = "b"});
  EXPECT_EQ(column(both, "comparator"), (std::vector<double>{0, 0, 0, 0, 1, 1}));
  EXPECT_FALSE(person_month_table({}, {.drug = "b", .comparator = "B"}));
}

}  // namespace
}  // namespace thaw::registry
