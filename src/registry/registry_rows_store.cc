#include "registry/registry_rows_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace thaw::registry {
namespace {

using Columns = std::span<const std::string_view>;

constexpr std::array<std::string_view, 12> kPersonColumns = {
    "person_id", "code",      "sex",       "birth_year", "onset",        "site",
    "diagnosis", "certainty", "diagnosed", "familial",   "genes_tested", "genes"};
constexpr std::array<std::string_view, 19> kReportColumns = {
    "person_id", "number", "assessed",  "scale",       "item1", "item2", "item3",
    "item4",     "item5",  "item6",     "item7",       "item8", "item9", "item10",
    "item11",    "item12", "item_five", "answered_by", "mode"};
constexpr std::array<std::string_view, 6> kVitalCapacityColumns = {
    "person_id", "number", "measured", "kind", "litres", "percent_predicted"};
constexpr std::array<std::string_view, 7> kTreatmentColumns = {
    "person_id", "number", "drug", "concept", "started", "stopped", "dose"};
constexpr std::array<std::string_view, 4> kEventColumns = {"person_id", "number", "kind",
                                                           "happened"};

std::optional<std::string> text_of(const std::optional<PartialDate>& date) {
  return date ? std::optional(to_string(*date)) : std::nullopt;
}

std::optional<std::int64_t> number_of(std::optional<bool> flag) {
  return flag ? std::optional<std::int64_t>(*flag ? 1 : 0) : std::nullopt;
}

Result<Done> put_person(db::Appender& to, const NewRows& rows) {
  const Person& p = rows.history->person;
  to.put(rows.person_id);
  to.put(p.code);
  to.put(code(p.sex));
  to.put(p.birth_year);
  to.put(text_of(p.onset));
  to.put(code(p.site));
  to.put(code(p.diagnosis));
  to.put(code(p.certainty));
  to.put(text_of(p.diagnosed));
  to.put(number_of(p.familial));
  to.put(number_of(p.genes_tested));
  to.put(join(p.genes, ","));
  return to.end_row();
}

Result<Done> put_row(db::Appender& to, const Report& report) {
  to.put(to_string(report.assessed));
  to.put(code(report.score.version()));
  for (int item = 1; item <= kItemCount; ++item) {
    to.put(report.score.answer(item));
  }
  to.put(code(report.score.item_five()));
  to.put(code(report.answered_by));
  to.put(code(report.mode));
  return to.end_row();
}

Result<Done> put_row(db::Appender& to, const VitalCapacity& v) {
  to.put(to_string(v.measured));
  to.put(code(v.kind));
  to.put(v.litres);
  to.put(v.percent_predicted);
  return to.end_row();
}

Result<Done> put_row(db::Appender& to, const Treatment& t) {
  to.put(t.drug);
  to.put(t.concept_id);
  to.put(text_of(t.started));
  to.put(text_of(t.stopped));
  to.put(t.dose);
  return to.end_row();
}

Result<Done> put_row(db::Appender& to, const Event& event) {
  to.put(code(event.kind));
  to.put(to_string(event.happened));
  return to.end_row();
}

template <class Row>
Result<std::int64_t> append_table(db::Connection& connection, std::string_view table,
                                  Columns columns, std::span<const NewRows> people,
                                  std::vector<Row> History::*rows) {
  THAW_TRY(const auto appender, connection.append(table, columns));
  for (const NewRows& one : people) {
    std::int64_t number = one.first_number;
    for (const Row& row : one.history->*rows) {
      appender->put(one.person_id);
      appender->put(number++);
      THAW_CHECK(put_row(*appender, row));
    }
  }
  return appender->finish();
}

// ---- Reading. A word or date that cannot be read back was not written by us: kCorrupt. ----

Error unreadable(std::string_view table, std::int64_t person_id, const Error& why) {
  return corrupt(fmt::format("table {}, person_id {}: {}", table, person_id, why.message));
}

Result<std::optional<PartialDate>> date_in(const db::Statement& row, int column) {
  const auto text = row.text(column);
  if (!text) {
    return std::optional<PartialDate>();
  }
  THAW_TRY(const PartialDate date, parse_partial_date(*text));
  return std::optional(date);
}

template <class Enum>
Result<Enum> word_in(const db::Statement& row, int column) {
  return from_code<Enum>(row.text(column).value_or(""));
}

std::optional<bool> flag_in(const db::Statement& row, int column) {
  const auto value = row.integer(column);
  return value ? std::optional(*value != 0) : std::nullopt;
}

Result<Person> person_in(const db::Statement& row) {
  Person p;
  p.code = row.text(1).value_or("");
  THAW_TRY(p.sex, word_in<Sex>(row, 2));
  if (const auto year = row.integer(3)) {
    p.birth_year = static_cast<int>(*year);
  }
  THAW_TRY(p.onset, date_in(row, 4));
  THAW_TRY(p.site, word_in<OnsetSite>(row, 5));
  THAW_TRY(p.diagnosis, word_in<Diagnosis>(row, 6));
  THAW_TRY(p.certainty, word_in<Certainty>(row, 7));
  THAW_TRY(p.diagnosed, date_in(row, 8));
  p.familial = flag_in(row, 9);
  p.genes_tested = flag_in(row, 10);
  const std::string genes = row.text(11).value_or("");
  for (const std::string_view gene : split(genes, ',')) {
    if (!gene.empty()) {
      p.genes.emplace_back(gene);
    }
  }
  return p;
}

Result<Done> read_row(const db::Statement& row, History& into, const Report*) {
  std::array<std::optional<int>, kItemCount> answers{};
  for (int item = 0; item < kItemCount; ++item) {
    if (const auto value = row.integer(4 + item)) {
      answers[static_cast<std::size_t>(item)] = static_cast<int>(*value);
    }
  }
  THAW_TRY(const Day assessed, parse_day(row.text(2).value_or("")));
  THAW_TRY(const ScaleVersion version, word_in<ScaleVersion>(row, 3));
  THAW_TRY(const ItemFive item_five, word_in<ItemFive>(row, 16));
  THAW_TRY(const AlsfrsR score,
           AlsfrsR::from_answers(std::span<const std::optional<int>>(answers), item_five, version));
  THAW_TRY(const AnsweredBy answered_by, word_in<AnsweredBy>(row, 17));
  THAW_TRY(const Mode mode, word_in<Mode>(row, 18));
  into.reports.push_back({assessed, score, answered_by, mode});
  return Done{};
}

Result<Done> read_row(const db::Statement& row, History& into, const VitalCapacity*) {
  VitalCapacity v;
  THAW_TRY(v.measured, parse_day(row.text(2).value_or("")));
  THAW_TRY(v.kind, word_in<VitalCapacityKind>(row, 3));
  v.litres = row.real(4).value_or(0);
  v.percent_predicted = row.real(5);
  into.vital_capacities.push_back(v);
  return Done{};
}

Result<Done> read_row(const db::Statement& row, History& into, const Treatment*) {
  Treatment t;
  t.drug = row.text(2).value_or("");
  t.concept_id = row.text(3).value_or("");
  THAW_TRY(t.started, date_in(row, 4));
  THAW_TRY(t.stopped, date_in(row, 5));
  t.dose = row.text(6).value_or("");
  into.treatments.push_back(std::move(t));
  return Done{};
}

Result<Done> read_row(const db::Statement& row, History& into, const Event*) {
  THAW_TRY(const EventKind kind, word_in<EventKind>(row, 2));
  THAW_TRY(const PartialDate happened, parse_partial_date(row.text(3).value_or("")));
  into.events.push_back({kind, happened});
  return Done{};
}

Result<std::unique_ptr<db::Statement>> select(db::Connection& connection, std::string_view table,
                                              Columns columns, std::string_view order) {
  const std::vector<std::string> names(columns.begin(), columns.end());
  return connection.prepare(
      fmt::format("select {} from {} order by {}", join(names, ", "), table, order));
}

template <class Row>
Result<Done> read_table(db::Connection& connection, std::string_view table, Columns columns,
                        StoredPeople& stored) {
  THAW_TRY(const auto rows, select(connection, table, columns, "person_id, number"));
  std::size_t at = 0;
  while (true) {
    THAW_TRY(const bool more, rows->step());
    if (!more) {
      return Done{};
    }
    const std::int64_t id = rows->integer(0).value_or(-1);
    while (at < stored.ids.size() && stored.ids[at] < id) {
      ++at;
    }
    if (at == stored.ids.size() || stored.ids[at] != id) {
      return corrupt(fmt::format("table {} has rows of person_id {}, who is not there", table, id));
    }
    if (auto read = read_row(*rows, stored.people[at], static_cast<const Row*>(nullptr)); !read) {
      return unreadable(table, id, read.error());
    }
    auto& last = stored.last_number[at];
    last = std::max(last, rows->integer(1).value_or(0));
  }
}

}  // namespace

Result<StoreCounts> append_rows(db::Connection& connection, std::span<const NewRows> people) {
  StoreCounts counts;
  {
    THAW_TRY(const auto appender, connection.append("person", kPersonColumns));
    for (const NewRows& one : people) {
      if (one.new_person) {
        THAW_CHECK(put_person(*appender, one));
      }
    }
    THAW_TRY(counts.people, appender->finish());
  }
  THAW_TRY(counts.reports,
           append_table(connection, "report", kReportColumns, people, &History::reports));
  THAW_TRY(counts.vital_capacities,
           append_table(connection, "vital_capacity", kVitalCapacityColumns, people,
                        &History::vital_capacities));
  THAW_TRY(counts.treatments,
           append_table(connection, "treatment", kTreatmentColumns, people, &History::treatments));
  THAW_TRY(counts.events,
           append_table(connection, "person_event", kEventColumns, people, &History::events));
  return counts;
}

Result<StoredPeople> read_rows(db::Connection& connection) {
  StoredPeople stored;
  THAW_TRY(const auto rows, select(connection, "person", kPersonColumns, "person_id"));
  while (true) {
    THAW_TRY(const bool more, rows->step());
    if (!more) {
      break;
    }
    const std::int64_t id = rows->integer(0).value_or(-1);
    auto person = person_in(*rows);
    if (!person) {
      return unreadable("person", id, person.error());
    }
    stored.ids.push_back(id);
    stored.people.emplace_back().person = std::move(*person);
  }
  stored.last_number.assign(stored.ids.size(), 0);
  THAW_CHECK(read_table<Report>(connection, "report", kReportColumns, stored));
  THAW_CHECK(
      read_table<VitalCapacity>(connection, "vital_capacity", kVitalCapacityColumns, stored));
  THAW_CHECK(read_table<Treatment>(connection, "treatment", kTreatmentColumns, stored));
  THAW_CHECK(read_table<Event>(connection, "person_event", kEventColumns, stored));
  for (History& history : stored.people) {
    std::ranges::stable_sort(history.reports, {}, &Report::assessed);
    std::ranges::stable_sort(history.vital_capacities, {}, &VitalCapacity::measured);
  }
  return stored;
}

}  // namespace thaw::registry
