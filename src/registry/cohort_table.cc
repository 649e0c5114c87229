#include "registry/cohort_table.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <utility>

#include "base/text.h"
#include "registry/slope.h"

namespace thaw::registry {
namespace {

using std::chrono::days;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr days kVitalCapacityBefore{92};

bool is_als(Diagnosis diagnosis) {
  return diagnosis == Diagnosis::kAls || diagnosis == Diagnosis::kFlailArm ||
         diagnosis == Diagnosis::kPma;
}

// When a person first took the drug, seen from time zero.
struct Start {
  enum class When { kNever, kBefore, kAtEntry, kLater, kNotKnown };
  When when = When::kNever;
  Day day{};  // for kLater
};

Start start_of(const History& history, const CohortSpec& spec, Day zero) {
  const std::string drug = fold(spec.drug);
  Start start;
  for (const Treatment& t : history.treatments) {
    if (fold(t.drug) != drug && t.concept_id != spec.drug) {
      continue;
    }
    if (!t.started) {
      return {Start::When::kNotKnown, {}};
    }
    const Day last_of_grace = zero + days{spec.grace_days};
    Start::When when = Start::When::kNotKnown;
    if (t.started->last < zero) {
      return {Start::When::kBefore, {}};
    }
    if (t.started->first > last_of_grace) {
      when = Start::When::kLater;
    } else if (t.started->first >= zero && t.started->last <= last_of_grace) {
      when = Start::When::kAtEntry;
    }
    const bool earlier = start.when == Start::When::kNever || t.started->first < start.day;
    if (earlier) {
      start = {when, t.started->first};
    }
  }
  return start;
}

struct Followed {
  Day end;
  bool died;
};

Followed follow(const History& history, const Start& start, Day as_of) {
  Followed followed{as_of, false};
  if (const auto death = death_of(history); death && middle_day(*death) <= as_of) {
    followed = {middle_day(*death), true};
  }
  if (start.when == Start::When::kLater && start.day <= followed.end) {
    followed = {start.day, false};
  }
  return followed;
}

double vital_capacity_at(const History& history, Day zero) {
  double litres = kUnknown;
  for (const VitalCapacity& v : history.vital_capacities) {  // in order: the last one stands
    if (v.measured <= zero && v.measured + kVitalCapacityBefore >= zero) {
      litres = v.litres;
    }
  }
  return litres;
}

// The columns of the table while it is filled.
struct Rows {
  std::vector<std::string> person, site;
  std::vector<std::uint8_t> treatment, event, female;
  std::vector<double> months, age, since_onset, pre_slope, ln_slope, litres, year, slope;
  std::vector<std::int64_t> total, bulbar, fine_motor, gross_motor, respiratory, reports;
};

double year_of(Day day) {
  const std::chrono::year_month_day date(day);
  return static_cast<int>(date.year()) +
         static_cast<double>((day - Day{date.year() / 1 / 1}).count()) / 365.25;
}

void add_row(const History& history, const Entry& entry, const Start& start, const CohortSpec& spec,
             Day as_of, Rows& rows) {
  const Report& first = history.reports[entry.report];
  const Day zero = first.assessed;
  const Followed followed = follow(history, start, as_of);
  const Day slope_end = zero + days{std::lround(spec.slope_months * kDaysPerMonth)};
  const SlopeFit fit =
      slope_between(history, zero, std::min(followed.end, slope_end), spec.min_reports_for_slope);
  const DomainScores domains = first.score.domains();
  rows.person.push_back(history.person.code);
  rows.site.emplace_back(code(history.person.site));
  rows.treatment.push_back(start.when == Start::When::kAtEntry ? 1 : 0);
  rows.event.push_back(followed.died ? 1 : 0);
  rows.female.push_back(history.person.sex == Sex::kFemale ? 1 : 0);
  rows.months.push_back(std::max(months_between(zero, followed.end), 0.5 / kDaysPerMonth));
  rows.age.push_back(entry.age_at_onset);
  rows.since_onset.push_back(entry.months_since_onset);
  rows.pre_slope.push_back(entry.pre_slope);
  rows.ln_slope.push_back(ln_pre_slope(entry.pre_slope));
  rows.litres.push_back(vital_capacity_at(history, zero));
  rows.year.push_back(year_of(zero));
  rows.slope.push_back(fit.slope.value_or(kUnknown));
  rows.reports.push_back(static_cast<std::int64_t>(fit.reports));
  rows.total.push_back(first.score.total().low);
  rows.bulbar.push_back(domains.bulbar.low);
  rows.fine_motor.push_back(domains.fine_motor.low);
  rows.gross_motor.push_back(domains.gross_motor.low);
  rows.respiratory.push_back(domains.respiratory.low);
}

Result<Table> table_of(Rows rows, bool synthetic) {
  const std::size_t n = rows.person.size();
  std::vector<Column> columns;
  columns.push_back(Column::text("person", std::move(rows.person)));
  columns.push_back(Column::boolean("synthetic", std::vector<std::uint8_t>(n, synthetic ? 1 : 0)));
  columns.push_back(Column::boolean("treatment", std::move(rows.treatment)));
  columns.push_back(Column::real("months", std::move(rows.months)).with_unit("months"));
  columns.push_back(Column::boolean("event", std::move(rows.event)));
  columns.push_back(Column::real("age_at_onset", std::move(rows.age)).with_unit("years"));
  columns.push_back(Column::boolean("female", std::move(rows.female)));
  columns.push_back(Column::category_of("site", rows.site));
  columns.push_back(
      Column::real("months_since_onset", std::move(rows.since_onset)).with_unit("months"));
  columns.push_back(Column::integer("total", std::move(rows.total)).with_unit("points"));
  columns.push_back(Column::real("pre_slope", std::move(rows.pre_slope)).with_unit("points/month"));
  columns.push_back(Column::real("ln_pre_slope", std::move(rows.ln_slope)));
  columns.push_back(Column::integer("bulbar", std::move(rows.bulbar)).with_unit("points"));
  columns.push_back(Column::integer("fine_motor", std::move(rows.fine_motor)).with_unit("points"));
  columns.push_back(
      Column::integer("gross_motor", std::move(rows.gross_motor)).with_unit("points"));
  columns.push_back(
      Column::integer("respiratory", std::move(rows.respiratory)).with_unit("points"));
  columns.push_back(Column::real("vital_capacity", std::move(rows.litres)).with_unit("litres"));
  columns.push_back(Column::real("entry_year", std::move(rows.year)).with_unit("year"));
  columns.push_back(Column::real("slope", std::move(rows.slope)).with_unit("points/month"));
  columns.push_back(Column::integer("reports", std::move(rows.reports)));
  Table table;
  for (Column& column : columns) {
    THAW_CHECK(table.add_column(std::move(column)));
  }
  return table;
}

}  // namespace

double ln_pre_slope(double pre_slope) {
  return std::log(pre_slope + 0.1);
}

void leave_out(Entry::Standing standing, CohortFlow& flow) {
  switch (standing) {
    case Entry::Standing::kNoCompleteReport:
      ++flow.no_complete_report;
      break;
    case Entry::Standing::kNotAls:
      ++flow.not_als;
      break;
    case Entry::Standing::kOnsetNotKnown:
      ++flow.onset_not_known;
      break;
    case Entry::Standing::kTooLongSinceOnset:
      ++flow.too_long_since_onset;
      break;
    case Entry::Standing::kNotAdult:
      ++flow.not_adult;
      break;
    case Entry::Standing::kEligible:
      break;
  }
}

Entry entry_of(const History& history, const CohortSpec& spec) {
  using Standing = Entry::Standing;
  Entry entry;
  const auto first = std::ranges::find_if(
      history.reports, [](const Report& report) { return report.score.total().known(); });
  if (first == history.reports.end()) {
    return entry;
  }
  entry.report = static_cast<std::size_t>(first - history.reports.begin());
  const Person& person = history.person;
  entry.standing = is_als(person.diagnosis) ? Standing::kEligible : Standing::kNotAls;
  const auto refuse = [&](Standing standing) {
    if (entry.standing == Standing::kEligible) {
      entry.standing = standing;
    }
  };
  if (!person.onset || middle_day(*person.onset) >= first->assessed) {
    refuse(Standing::kOnsetNotKnown);
    return entry;
  }
  if (person.onset->precision == DatePrecision::kYear) {
    refuse(Standing::kOnsetNotKnown);
  }
  const Day onset = middle_day(*person.onset);
  entry.months_since_onset = months_between(onset, first->assessed);
  entry.pre_slope = (kTotalMax - first->score.total().low) / entry.months_since_onset;
  if (entry.months_since_onset > spec.max_months_since_onset) {
    refuse(Standing::kTooLongSinceOnset);
  }
  if (person.birth_year) {
    const Day birth{std::chrono::year{*person.birth_year} / 7 / 2};
    entry.age_at_onset = months_between(birth, onset) / 12;
  }
  if (!person.birth_year || entry.age_at_onset < spec.min_age_years ||
      person.sex == Sex::kUnknown || person.site == OnsetSite::kUnknown) {
    refuse(Standing::kNotAdult);
  }
  return entry;
}

Result<Cohort> cohort_table(const RegistryData& data, const CohortSpec& spec) {
  if (fold(spec.drug).empty()) {
    return invalid_argument("a cohort needs the name of a drug");
  }
  Cohort cohort;
  Rows rows;
  CohortFlow& flow = cohort.flow;
  flow.people = data.people.size();
  for (const History& history : data.people) {
    const Entry entry = entry_of(history, spec);
    if (entry.standing != Entry::Standing::kEligible) {
      leave_out(entry.standing, flow);
      continue;
    }
    const Start start = start_of(history, spec, history.reports[entry.report].assessed);
    if (start.when == Start::When::kBefore) {
      ++flow.took_drug_before;
    } else if (start.when == Start::When::kNotKnown) {
      ++flow.start_not_known;
    } else {
      ++flow.eligible;
      add_row(history, entry, start, spec, data.manifest.as_of, rows);
    }
  }
  THAW_TRY(cohort.table, table_of(std::move(rows), data.synthetic()));
  return cohort;
}

}  // namespace thaw::registry
