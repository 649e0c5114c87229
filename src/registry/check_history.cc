// check_history() of registry/person.h: what cannot have happened.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "registry/person.h"

namespace thaw::registry {
namespace {

constexpr int kFirstBirthYear = 1900;
constexpr double kMinLitres = 0.1;  // above and below no adult has lived with
constexpr double kMaxLitres = 9;

// `earlier` cannot have been before or on `later`, whichever days they were.
bool after(const PartialDate& earlier, Day later) {
  return earlier.first > later;
}

Result<Done> check_person(const Person& person, const std::optional<PartialDate>& death,
                          Day as_of) {
  if (person.code.empty()) {
    return invalid_argument("a person without a code");
  }
  const int this_year = static_cast<int>(std::chrono::year_month_day(as_of).year());
  if (person.birth_year &&
      (*person.birth_year < kFirstBirthYear || *person.birth_year > this_year)) {
    return invalid_argument(fmt::format("birth year must be {} to {}, got {}", kFirstBirthYear,
                                        this_year, *person.birth_year));
  }
  if (person.onset) {
    const PartialDate& onset = *person.onset;
    const auto last_year = static_cast<int>(std::chrono::year_month_day(onset.last).year());
    if (person.birth_year && last_year < *person.birth_year) {
      return invalid_argument(fmt::format("onset {} is before the birth year {}", to_string(onset),
                                          *person.birth_year));
    }
    if (person.diagnosed && after(onset, person.diagnosed->last)) {
      return invalid_argument(fmt::format("onset {} is after the diagnosis {}", to_string(onset),
                                          to_string(*person.diagnosed)));
    }
    if (death && after(onset, death->last)) {
      return invalid_argument(
          fmt::format("onset {} is after the death {}", to_string(onset), to_string(*death)));
    }
    if (after(onset, as_of)) {
      return invalid_argument(
          fmt::format("onset {} is after {}", to_string(onset), to_string(as_of)));
    }
  }
  if (person.diagnosed &&
      (after(*person.diagnosed, as_of) || (death && after(*person.diagnosed, death->last)))) {
    return invalid_argument(fmt::format("diagnosis {} is after {}", to_string(*person.diagnosed),
                                        death ? "the death" : to_string(as_of)));
  }
  return Done{};
}

// One dated row of a living person.
Result<Done> check_day(const char* what, Day day, const Person& person,
                       const std::optional<PartialDate>& death, Day as_of) {
  if (day > as_of) {
    return invalid_argument(
        fmt::format("{} {} is after {}", what, to_string(day), to_string(as_of)));
  }
  if (death && day > death->last) {
    return invalid_argument(
        fmt::format("{} {} is after the death {}", what, to_string(day), to_string(*death)));
  }
  if (person.onset && after(*person.onset, day)) {
    return invalid_argument(
        fmt::format("onset {} is after the {} {}", to_string(*person.onset), what, to_string(day)));
  }
  return Done{};
}

Result<Done> check_treatments(const History& history, const std::optional<PartialDate>& death,
                              Day as_of) {
  for (const Treatment& t : history.treatments) {
    if (t.drug.empty()) {
      return invalid_argument("a treatment without a drug");
    }
    if (t.started && t.stopped && after(*t.started, t.stopped->last)) {
      return invalid_argument(fmt::format("stop {} is before the start {}", to_string(*t.stopped),
                                          to_string(*t.started)));
    }
    if (t.started && after(*t.started, death ? death->last : as_of)) {
      return invalid_argument(fmt::format("start {} is after {}", to_string(*t.started),
                                          death ? "the death" : to_string(as_of)));
    }
  }
  return Done{};
}

Result<Done> check_events(const History& history, const std::optional<PartialDate>& death,
                          Day as_of) {
  const auto is_death = [](const Event& event) { return event.kind == EventKind::kDeath; };
  if (std::ranges::count_if(history.events, is_death) > 1) {
    return invalid_argument("two deaths");
  }
  for (const Event& event : history.events) {
    if (after(event.happened, as_of)) {
      return invalid_argument(fmt::format("{} {} is after {}", code(event.kind),
                                          to_string(event.happened), to_string(as_of)));
    }
    if (death && after(event.happened, death->last)) {
      return invalid_argument(fmt::format("{} {} is after the death {}", code(event.kind),
                                          to_string(event.happened), to_string(*death)));
    }
  }
  return Done{};
}

}  // namespace

Result<Done> check_history(const History& history, Day as_of) {
  const std::optional<PartialDate> death = death_of(history);
  THAW_CHECK(check_person(history.person, death, as_of));
  THAW_CHECK(check_events(history, death, as_of));
  THAW_CHECK(check_treatments(history, death, as_of));
  for (std::size_t i = 0; i < history.reports.size(); ++i) {
    const Day day = history.reports[i].assessed;
    THAW_CHECK(check_day("report", day, history.person, death, as_of));
    if (i > 0 && day <= history.reports[i - 1].assessed) {
      return invalid_argument(fmt::format(
          "report {} {}", to_string(day),
          day == history.reports[i - 1].assessed ? "is there twice" : "is out of order"));
    }
  }
  for (std::size_t i = 0; i < history.vital_capacities.size(); ++i) {
    const VitalCapacity& v = history.vital_capacities[i];
    THAW_CHECK(check_day("vital capacity", v.measured, history.person, death, as_of));
    if (!(v.litres >= kMinLitres && v.litres <= kMaxLitres)) {
      return invalid_argument(fmt::format("vital capacity must be {} to {} litres, got {}",
                                          kMinLitres, kMaxLitres, v.litres));
    }
    if (v.percent_predicted && !(*v.percent_predicted > 0 && *v.percent_predicted <= 250)) {
      return invalid_argument(fmt::format(
          "vital capacity must be above 0 and at most 250 %, got {}", *v.percent_predicted));
    }
    if (i > 0 && v.measured < history.vital_capacities[i - 1].measured) {
      return invalid_argument(
          fmt::format("vital capacity of {} is out of order", to_string(v.measured)));
    }
  }
  return Done{};
}

}  // namespace thaw::registry
