#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "registry/person.h"

namespace thaw::registry {
namespace {

const Day kAsOf = parse_day("2026-01-01").value();

PartialDate date(const char* text) {
  return parse_partial_date(text).value();
}

Report report(const char* day) {
  constexpr std::array kAnswers = {4, 4, 3, 3, 3, 3, 4, 3, 2, 4, 4, 4};
  return {.assessed = parse_day(day).value(), .score = AlsfrsR::from_answers(kAnswers).value()};
}

History plausible() {
  History h;
  h.person.code = "P1";
  h.person.birth_year = 1970;
  h.person.onset = date("2020-03");
  h.person.diagnosed = date("2021-01-10");
  h.reports = {report("2021-02-01"), report("2021-05-01")};
  h.vital_capacities = {{.measured = parse_day("2021-02-01").value(), .litres = 3.1}};
  h.treatments = {{.drug = "riluzole",
                   .concept_id = "",
                   .started = date("2021-02"),
                   .stopped = {},
                   .dose = ""}};
  h.events = {{EventKind::kNiv, date("2022-01")}, {EventKind::kDeath, date("2023-06-01")}};
  return h;
}

TEST(CheckHistory, LetsWhatCanHaveHappenedPass) {
  const auto checked = check_history(plausible(), kAsOf);
  EXPECT_TRUE(checked) << checked.error().message;
}

using Change = std::function<void(History&)>;

TEST(CheckHistory, RefusesEachThingThatCannotHaveHappenedAndSaysWhich) {
  const std::vector<std::pair<std::string, Change>> cases = {
      {"without a code", [](History& h) { h.person.code.clear(); }},
      {"birth year", [](History& h) { h.person.birth_year = 1899; }},
      {"birth year", [](History& h) { h.person.birth_year = 2027; }},
      {"before the birth year", [](History& h) { h.person.birth_year = 2021; }},
      {"after the diagnosis", [](History& h) { h.person.onset = date("2021-01-11"); }},
      {"after the report",
       [](History& h) {
         h.person.diagnosed.reset();
         h.person.onset = date("2021-02-02");
       }},
      {"after the death", [](History& h) { h.reports.push_back(report("2023-06-02")); }},
      {"after 2026-01-01",
       [](History& h) {
         h.events.clear();
         h.reports.push_back(report("2026-01-02"));
       }},
      {"there twice", [](History& h) { h.reports.push_back(report("2021-05-01")); }},
      {"out of order", [](History& h) { h.reports.push_back(report("2021-04-01")); }},
      {"litres", [](History& h) { h.vital_capacities[0].litres = 31; }},
      {"above 0", [](History& h) { h.vital_capacities[0].percent_predicted = 0; }},
      {"before the start", [](History& h) { h.treatments[0].stopped = date("2021-01"); }},
      {"without a drug", [](History& h) { h.treatments[0].drug.clear(); }},
      {"start", [](History& h) { h.treatments[0].started = date("2024"); }},
      {"two deaths", [](History& h) { h.events.push_back(h.events[1]); }},
      {"niv", [](History& h) { h.events[0].happened = date("2024"); }},
      {"death 2026-02 is after", [](History& h) { h.events[1].happened = date("2026-02"); }},
      {"onset 2023-07 is after the death", [](History& h) {
         h.person.diagnosed.reset();
         h.person.onset = date("2023-07");
       }}};
  for (const auto& [words, change] : cases) {
    History h = plausible();
    change(h);
    const auto checked = check_history(h, kAsOf);
    ASSERT_FALSE(checked) << words;
    EXPECT_EQ(checked.error().code, ErrorCode::kInvalidArgument);
    EXPECT_NE(checked.error().message.find(words), std::string::npos) << checked.error().message;
  }
}

TEST(CheckHistory, APartialDateIsWrongOnlyWhenNoDayOfItWouldBeRight) {
  History h = plausible();
  h.person.diagnosed = date("2021");
  h.person.onset = date("2021");
  EXPECT_TRUE(check_history(h, kAsOf));
  h.person.onset = date("2022");
  EXPECT_FALSE(check_history(h, kAsOf));
}

template <class Enum>
void expect_round_trip(int count) {
  for (int i = 0; i < count; ++i) {
    const auto value = static_cast<Enum>(i);
    EXPECT_EQ(from_code<Enum>(code(value)).value(), value) << code(value);
  }
  EXPECT_FALSE(from_code<Enum>("no such word"));
}

TEST(Codes, EveryWordReadsBackAsItsValue) {
  expect_round_trip<Sex>(3);
  expect_round_trip<OnsetSite>(4);
  expect_round_trip<Diagnosis>(6);
  expect_round_trip<Certainty>(5);
  expect_round_trip<AnsweredBy>(4);
  expect_round_trip<Mode>(6);
  expect_round_trip<VitalCapacityKind>(2);
  expect_round_trip<EventKind>(4);
  expect_round_trip<ScaleVersion>(2);
  expect_round_trip<ItemFive>(3);
}

}  // namespace
}  // namespace thaw::registry
