#include "evidence/change_store.h"

#include <array>
#include <utility>

namespace thaw::evidence {
namespace {

constexpr std::array<db::Migration, 1> kMigrations = {{{1, R"sql(
create table change_note (change_id bigint primary key, text_en text not null,
  text_zh text not null, cause_zh text not null,
  for_before double precision, against_before double precision, unknown_before double precision,
  for_after double precision, against_after double precision, unknown_after double precision);
create table change_line (change_id bigint not null, place bigint not null, what text not null,
  item_id text not null, nats_before double precision not null,
  nats_after double precision not null, why_en text not null, why_zh text not null,
  primary key (change_id, place));
create index change_log_time on change_log (changed_at);
create index change_log_claim on change_log (claim_id);
)sql"}}};

void bind_state(db::Statement& statement, int first, const std::optional<double>& before,
                const std::optional<double>& after) {
  statement.bind(first, before);
  statement.bind(first + 1, after);
}

template <class Part>
std::optional<double> part_of(const std::optional<ClaimState>& state, Part part) {
  return state ? std::optional(part(*state)) : std::nullopt;
}

Result<std::int64_t> write_row(db::Connection& connection, const ClaimChange& change,
                               const Name& cause, std::string_view changed_at) {
  THAW_TRY(auto row, connection.prepare("insert into change_log (claim_id, changed_at, cause, "
                                        "support_before, support_after, opposition_before, "
                                        "opposition_after, belief_before, belief_after) values "
                                        "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) returning id"));
  row->bind(1, change.claim);
  row->bind(2, changed_at);
  row->bind(3, cause.en);
  const auto support = [](const ClaimState& s) { return s.support; };
  const auto opposition = [](const ClaimState& s) { return s.opposition; };
  const auto belief = [](const ClaimState& s) { return s.belief; };
  bind_state(*row, 4, part_of(change.before, support), part_of(change.after, support));
  bind_state(*row, 6, part_of(change.before, opposition), part_of(change.after, opposition));
  bind_state(*row, 8, part_of(change.before, belief), part_of(change.after, belief));
  THAW_TRY(const bool made, row->step());
  const std::int64_t id = made ? row->integer(0).value_or(0) : 0;
  row->reset();
  return id;
}

Result<Done> write_note(db::Connection& connection, std::int64_t id, const ClaimChange& change,
                        const Name& cause) {
  THAW_TRY(auto note,
           connection.prepare("insert into change_note (change_id, text_en, text_zh, cause_zh, "
                              "for_before, for_after, against_before, against_after, "
                              "unknown_before, unknown_after) values "
                              "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
  note->bind(1, id);
  note->bind(2, change.text.en);
  note->bind(3, change.text.zh);
  note->bind(4, cause.zh);
  const auto part = [](double Opinion::*share) {
    return [share](const ClaimState& s) { return s.opinion.*share; };
  };
  int at = 5;
  for (const auto share : {&Opinion::belief, &Opinion::disbelief, &Opinion::ignorance}) {
    bind_state(*note, at, part_of(change.before, part(share)), part_of(change.after, part(share)));
    at += 2;
  }
  THAW_CHECK(note->run());
  return Done{};
}

Result<Done> write_lines(db::Connection& connection, std::int64_t id, const ClaimChange& change) {
  THAW_TRY(auto statement,
           connection.prepare("insert into change_line (change_id, place, what, item_id, "
                              "nats_before, nats_after, why_en, why_zh) values "
                              "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
  int place = 0;
  for (const ChangeLine& line : change.lines) {
    statement->bind(1, id);
    statement->bind(2, place++);
    statement->bind(3, line.what);
    statement->bind(4, line.item);
    statement->bind(5, line.nats_before);
    statement->bind(6, line.nats_after);
    statement->bind(7, line.why.en);
    statement->bind(8, line.why.zh);
    THAW_CHECK(statement->run());
  }
  return Done{};
}

Result<std::vector<ChangeLine>> lines_of(db::Connection& connection, std::int64_t id) {
  THAW_TRY(auto statement,
           connection.prepare("select what, item_id, nats_before, nats_after, why_en, why_zh "
                              "from change_line where change_id = ?1 order by place"));
  statement->bind(1, id);
  std::vector<ChangeLine> out;
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      return out;
    }
    out.push_back({statement->text(0).value_or(""),
                   statement->text(1).value_or(""),
                   statement->real(2).value_or(0),
                   statement->real(3).value_or(0),
                   {statement->text(4).value_or(""), statement->text(5).value_or("")}});
  }
}

/// Columns `first` to `first` + 5: support, opposition, belief, for, against, unknown.
std::optional<ClaimState> state_at(const db::Statement& row, int first) {
  const auto support = row.real(first);
  if (!support) {
    return std::nullopt;
  }
  return ClaimState{*support,
                    row.real(first + 1).value_or(0),
                    row.real(first + 2).value_or(0),
                    {row.real(first + 3).value_or(0), row.real(first + 4).value_or(0),
                     row.real(first + 5).value_or(1)}};
}

}  // namespace

Result<Done> migrate_changes(db::Connection& connection) {
  return db::migrate(connection, "changes", kMigrations);
}

Result<std::int64_t> item_versions(db::Connection& connection) {
  THAW_TRY(auto count, connection.prepare("select count(*) from evidence_item"));
  THAW_TRY(const bool row, count->step());
  return row ? count->integer(0).value_or(0) : 0;
}

Result<std::size_t> record_changes(db::Connection& connection, const Knowledge& before,
                                   const Knowledge& after, const WeightParameters& parameters,
                                   const Name& cause, std::string_view changed_at) {
  const auto changes = changes_between(before, after, parameters);
  for (const ClaimChange& change : changes) {
    THAW_TRY(const std::int64_t id, write_row(connection, change, cause, changed_at));
    THAW_CHECK(write_note(connection, id, change, cause));
    THAW_CHECK(write_lines(connection, id, change));
  }
  return changes.size();
}

Result<Done> check_since(std::string_view since) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:ddZ";
  bool right = since.empty() || (since.size() >= 4 && since.size() <= kForm.size());
  for (std::size_t i = 0; right && i < since.size(); ++i) {
    const bool digit = since[i] >= '0' && since[i] <= '9';
    right = kForm[i] == 'd' ? digit : since[i] == kForm[i];
  }
  return right ? Result<Done>(Done{})
               : Result<Done>(invalid_argument(
                     "since must be a date or a time, such as 2026-11-01 or 2026-11-01T12:00:00Z"));
}

Result<ChangePage> list_changes(db::Connection& connection, const ChangeQuery& query) {
  ChangePage page;
  THAW_TRY(auto count,
           connection.prepare("select count(*) from change_log where changed_at >= ?1 and "
                              "(?2 = '' or claim_id = ?2)"));
  count->bind(1, query.since);
  count->bind(2, query.claim);
  THAW_TRY(const bool any, count->step());
  page.total = any ? static_cast<std::size_t>(count->integer(0).value_or(0)) : 0;
  count->reset();
  THAW_TRY(auto rows,
           connection.prepare(
               "select c.id, c.changed_at, c.cause, n.cause_zh, c.claim_id, n.text_en, n.text_zh, "
               "c.support_before, c.opposition_before, c.belief_before, n.for_before, "
               "n.against_before, n.unknown_before, c.support_after, c.opposition_after, "
               "c.belief_after, n.for_after, n.against_after, n.unknown_after "
               "from change_log c join change_note n on n.change_id = c.id "
               "where c.changed_at >= ?1 and (?2 = '' or c.claim_id = ?2) "
               "order by c.changed_at desc, c.id limit ?3 offset ?4"));
  rows->bind(1, query.since);
  rows->bind(2, query.claim);
  rows->bind(3, static_cast<std::int64_t>(query.limit));
  rows->bind(4, static_cast<std::int64_t>(query.offset));
  std::vector<std::int64_t> ids;
  while (true) {
    THAW_TRY(const bool more, rows->step());
    if (!more) {
      break;
    }
    ids.push_back(rows->integer(0).value_or(0));
    LoggedChange logged;
    logged.changed_at = rows->text(1).value_or("");
    logged.cause = {rows->text(2).value_or(""), rows->text(3).value_or("")};
    logged.change.claim = rows->text(4).value_or("");
    logged.change.text = {rows->text(5).value_or(""), rows->text(6).value_or("")};
    logged.change.before = state_at(*rows, 7);
    logged.change.after = state_at(*rows, 13);
    page.changes.push_back(std::move(logged));
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    THAW_TRY(page.changes[i].change.lines, lines_of(connection, ids[i]));
  }
  return page;
}

}  // namespace thaw::evidence
