#include "registry/person_month_table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "base/text.h"
#include "registry/slope.h"

namespace thaw::registry {
namespace {

/// When a drug was taken, in months from time zero.
struct Taken {
  double from;
  double to;
};

/// The times of one drug, or nothing when a start is not dated well enough (to the month).
std::optional<std::vector<Taken>> times_of(const History& history, const std::string& drug,
                                           Day zero) {
  std::vector<Taken> times;
  const std::string name = fold(drug);
  for (const Treatment& t : history.treatments) {
    if (fold(t.drug) != name && t.concept_id != drug) {
      continue;
    }
    if (!t.started || t.started->precision == DatePrecision::kYear) {
      return std::nullopt;
    }
    const double to = t.stopped ? months_between(zero, middle_day(*t.stopped))
                                : std::numeric_limits<double>::infinity();
    times.push_back({months_between(zero, middle_day(*t.started)), to});
  }
  return times;
}

bool taken_in(const std::vector<Taken>& times, int month) {
  return std::ranges::any_of(times,
                             [&](const Taken& t) { return t.from < month + 1 && t.to >= month; });
}

bool taken_before(const std::vector<Taken>& times) {
  return std::ranges::any_of(times, [](const Taken& t) { return t.from < 0; });
}

/// Month in which an event of a kind falls, or infinity.
double month_of(const History& history, EventKind kind, Day zero) {
  double first = std::numeric_limits<double>::infinity();
  for (const Event& event : history.events) {
    if (event.kind == kind) {
      first = std::min(first, months_between(zero, middle_day(event.happened)));
    }
  }
  return first;
}

struct Rows {
  std::vector<std::string> person, site;
  std::vector<std::int64_t> month, treatment, comparator, used_before, died, female, niv, tube;
  std::vector<double> age, since_onset, total, ln_slope, reported;
};

/// Where each report of known total lies, in months from time zero, and its total.
std::vector<std::pair<double, double>> totals_of(const History& history, Day zero) {
  std::vector<std::pair<double, double>> totals;
  for (const Report& report : history.reports) {
    if (report.score.total().known()) {
      totals.emplace_back(months_between(zero, report.assessed), report.score.total().low);
    }
  }
  return totals;
}

struct Drugs {
  std::vector<Taken> drug;
  std::vector<Taken> comparator;
};

void add_person(const History& history, const Entry& entry, const Drugs& drugs,
                const PersonMonthSpec& spec, Day as_of, Rows& rows) {
  const Day zero = history.reports[entry.report].assessed;
  const double death = month_of(history, EventKind::kDeath, zero);
  const double niv = month_of(history, EventKind::kNiv, zero);
  const double tube = month_of(history, EventKind::kGastrostomy, zero);
  const auto totals = totals_of(history, zero);
  const double known_to = months_between(zero, as_of);
  std::size_t next = 0;
  double total = totals.front().second;
  for (int month = 0; month < spec.months; ++month) {
    const bool dies = death < month + 1;
    if (!dies && month + 1 > known_to) {
      break;
    }
    double reported = std::numeric_limits<double>::quiet_NaN();
    while (next < totals.size() && totals[next].first <= month) {
      total = totals[next].second;
      reported = totals[next].first == month ? total : reported;
      ++next;
    }
    if (std::isnan(reported) && next < totals.size() && totals[next].first < month + 1) {
      reported = totals[next].second;
    }
    rows.person.push_back(history.person.code);
    rows.site.emplace_back(code(history.person.site));
    rows.month.push_back(month);
    rows.treatment.push_back(taken_in(drugs.drug, month) ? 1 : 0);
    rows.comparator.push_back(taken_in(drugs.comparator, month) ? 1 : 0);
    rows.used_before.push_back(taken_before(drugs.drug) || taken_before(drugs.comparator) ? 1 : 0);
    rows.died.push_back(dies ? 1 : 0);
    rows.female.push_back(history.person.sex == Sex::kFemale ? 1 : 0);
    rows.niv.push_back(niv <= month ? 1 : 0);
    rows.tube.push_back(tube <= month ? 1 : 0);
    rows.age.push_back(entry.age_at_onset);
    rows.since_onset.push_back(entry.months_since_onset + month);
    rows.total.push_back(total);
    rows.ln_slope.push_back(ln_pre_slope(entry.pre_slope));
    rows.reported.push_back(reported);
    if (dies) {
      break;
    }
  }
}

Result<Table> table_of(Rows rows, bool synthetic) {
  const std::size_t n = rows.person.size();
  std::vector<Column> columns;
  columns.push_back(Column::text("person", std::move(rows.person)));
  columns.push_back(Column::boolean("synthetic", std::vector<std::uint8_t>(n, synthetic ? 1 : 0)));
  columns.push_back(Column::integer("month", std::move(rows.month)));
  columns.push_back(Column::integer("treatment", std::move(rows.treatment)));
  columns.push_back(Column::integer("comparator", std::move(rows.comparator)));
  columns.push_back(Column::integer("used_before", std::move(rows.used_before)));
  columns.push_back(Column::integer("died", std::move(rows.died)));
  columns.push_back(Column::real("age_at_onset", std::move(rows.age)).with_unit("years"));
  columns.push_back(Column::integer("female", std::move(rows.female)));
  columns.push_back(Column::category_of("site", rows.site));
  columns.push_back(
      Column::real("months_since_onset", std::move(rows.since_onset)).with_unit("months"));
  columns.push_back(Column::real("total", std::move(rows.total)).with_unit("points"));
  columns.push_back(Column::real("ln_pre_slope", std::move(rows.ln_slope)));
  columns.push_back(Column::integer("niv", std::move(rows.niv)));
  columns.push_back(Column::integer("gastrostomy", std::move(rows.tube)));
  columns.push_back(Column::real("total_reported", std::move(rows.reported)).with_unit("points"));
  Table table;
  for (Column& column : columns) {
    THAW_CHECK(table.add_column(std::move(column)));
  }
  return table;
}

}  // namespace

Result<PersonMonthTable> person_month_table(const RegistryData& data, const PersonMonthSpec& spec) {
  if (fold(spec.drug).empty()) {
    return invalid_argument("a table of person-months needs the name of a drug");
  }
  if (fold(spec.drug) == fold(spec.comparator)) {
    return invalid_argument("'" + spec.drug + "' cannot be compared with itself");
  }
  const CohortSpec cohort{.drug = spec.drug,
                          .max_months_since_onset = spec.max_months_since_onset,
                          .min_age_years = spec.min_age_years};
  PersonMonthTable out;
  out.flow.people = data.people.size();
  Rows rows;
  for (const History& history : data.people) {
    const Entry entry = entry_of(history, cohort);
    if (entry.standing != Entry::Standing::kEligible) {
      leave_out(entry.standing, out.flow);
      continue;
    }
    const Day zero = history.reports[entry.report].assessed;
    const auto drug = times_of(history, spec.drug, zero);
    const auto comparator =
        spec.comparator.empty() ? std::vector<Taken>() : times_of(history, spec.comparator, zero);
    if (!drug || !comparator) {
      ++out.flow.start_not_known;
      continue;
    }
    const Drugs drugs{*drug, *comparator};
    out.flow.took_drug_before += taken_before(drugs.drug) || taken_before(drugs.comparator) ? 1 : 0;
    ++out.flow.eligible;
    add_person(history, entry, drugs, spec, data.manifest.as_of, rows);
  }
  THAW_TRY(out.table, table_of(std::move(rows), data.synthetic()));
  return out;
}

}  // namespace thaw::registry
