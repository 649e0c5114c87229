#include "evidence/assessment_store.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <map>

namespace thaw::evidence {
namespace {

// The table `assessment` of evidence's first schema was never written to.
constexpr std::array<db::Migration, 1> kMigrations = {{{1, R"sql(
drop table if exists assessment;
create table curator (name text primary key, public_key text not null, added_at text not null);
create table verdict (id {id}, item_id text not null, item_version bigint not null,
  curator text not null references curator(name), verdict text not null, reason text not null,
  made_at text not null, previous text not null, signature text not null);
create index verdict_item on verdict (item_id);
)sql"}}};

std::string now_text(const Clock& clock) {
  const auto seconds = std::chrono::time_point_cast<std::chrono::seconds>(clock.now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

/// The newest version of every item that was judged, and of `item`.
Result<std::int64_t> version_of(db::Connection& connection, const std::string& item) {
  THAW_TRY(auto statement,
           connection.prepare("select max(version) from evidence_item where id = ?1"));
  statement->bind(1, item);
  THAW_TRY(const bool row, statement->step());
  const auto version = row ? statement->integer(0) : std::nullopt;
  if (!version) {
    return not_found(fmt::format("there is no item '{}'", item));
  }
  return *version;
}

Result<std::map<std::string, std::int64_t>> judged_versions(db::Connection& connection) {
  THAW_TRY(auto statement,
           connection.prepare("select id, max(version) from evidence_item where id in "
                              "(select item_id from verdict) group by id"));
  std::map<std::string, std::int64_t> out;
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      return out;
    }
    out[statement->text(0).value_or("")] = statement->integer(1).value_or(0);
  }
}

Result<std::string> key_of(db::Connection& connection, const std::string& name) {
  THAW_TRY(auto statement, connection.prepare("select public_key from curator where name = ?1"));
  statement->bind(1, name);
  THAW_TRY(const bool row, statement->step());
  if (!row) {
    return not_found(fmt::format("there is no curator '{}'; name one first", name));
  }
  return statement->text(0).value_or("");
}

Result<std::vector<Assessment>> read_rows(db::Connection& connection, std::string_view where,
                                          const std::string& value) {
  THAW_TRY(auto statement,
           connection.prepare(fmt::format(
               "select id, item_id, item_version, curator, verdict, reason, made_at, previous, "
               "signature from verdict {} order by id",
               where)));
  if (!where.empty()) {
    statement->bind(1, value);
  }
  std::vector<Assessment> out;
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      return out;
    }
    const auto text = [&](int column) { return statement->text(column).value_or(""); };
    const auto verdict = verdict_from(text(4));
    out.push_back({.id = statement->integer(0).value_or(0),
                   .item = text(1),
                   .item_version = statement->integer(2).value_or(0),
                   .curator = text(3),
                   .verdict = verdict.value_or(Verdict::kOther),
                   .reason = text(5),
                   .made_at = text(6),
                   .previous = text(7),
                   .signature = text(8),
                   .valid = verdict.has_value()});
  }
}

Result<Done> write_row(db::Connection& connection, const Assessment& a) {
  THAW_TRY(auto insert,
           connection.prepare("insert into verdict (item_id, item_version, curator, verdict, "
                              "reason, made_at, previous, signature) values (?1, ?2, ?3, ?4, ?5, "
                              "?6, ?7, ?8)"));
  insert->bind(1, a.item);
  insert->bind(2, a.item_version);
  insert->bind(3, a.curator);
  insert->bind(4, std::string(to_string(a.verdict)));
  insert->bind(5, a.reason);
  insert->bind(6, a.made_at);
  insert->bind(7, a.previous);
  insert->bind(8, a.signature);
  THAW_CHECK(insert->run());
  return Done{};
}

}  // namespace

Result<Done> migrate_assessments(db::Connection& connection) {
  return db::migrate(connection, "assessment", kMigrations);
}

Result<Done> add_curator(db::Connection& connection, const std::string& name,
                         const std::string& public_key, const Clock& clock) {
  THAW_CHECK(check_assessment({.curator = name}));
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  if (const auto known = key_of(connection, name)) {
    return *known == public_key
               ? Result<Done>(Done{})
               : conflict(fmt::format("the name '{}' belongs to another key", name));
  }
  THAW_TRY(
      auto insert,
      connection.prepare("insert into curator (name, public_key, added_at) values (?1, ?2, ?3)"));
  insert->bind(1, name);
  insert->bind(2, public_key);
  insert->bind(3, now_text(clock));
  THAW_CHECK(insert->run());
  return transaction.commit();
}

Result<std::vector<Curator>> read_curators(db::Connection& connection) {
  THAW_TRY(auto statement,
           connection.prepare("select name, public_key, added_at from curator order by name"));
  std::vector<Curator> out;
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      return out;
    }
    out.push_back({statement->text(0).value_or(""), statement->text(1).value_or(""),
                   statement->text(2).value_or("")});
  }
}

Result<Assessment> add_assessment(db::Connection& connection, const SigningKey& key,
                                  Assessment given, const Clock& clock) {
  THAW_CHECK(check_assessment(given));
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  // The row is taken first: of two verdicts of one curator at once, one waits or is told to try
  // again, so that a chain never forks.
  THAW_TRY(auto lock, connection.prepare("update curator set added_at = added_at where name = ?1"));
  lock->bind(1, given.curator);
  THAW_CHECK(lock->run());
  THAW_TRY(const std::string public_key, key_of(connection, given.curator));
  if (public_key != key.public_hex()) {
    return denied(fmt::format("this key is not that of the curator '{}'", given.curator));
  }
  THAW_TRY(given.item_version, version_of(connection, given.item));
  THAW_TRY(const auto before, read_rows(connection, "where curator = ?1", given.curator));
  given.previous = before.empty() ? "" : chain_digest(before.back());
  given.made_at = now_text(clock);
  THAW_TRY(given.signature, key.sign(signed_text(given)));
  THAW_CHECK(write_row(connection, given));
  THAW_TRY(const auto after, read_rows(connection, "where curator = ?1", given.curator));
  THAW_CHECK(transaction.commit());
  return after.back();
}

Result<std::vector<Assessment>> read_assessments(db::Connection& connection) {
  THAW_TRY(const auto curators, read_curators(connection));
  std::map<std::string, std::string> key, head;
  for (const Curator& curator : curators) {
    key[curator.name] = curator.public_key;
  }
  THAW_TRY(const auto versions, judged_versions(connection));
  THAW_TRY(auto rows, read_rows(connection, "", ""));
  std::map<std::string, bool> broken;  // curators whose chain does not hold any more
  for (Assessment& a : rows) {
    const bool holds = a.valid && a.previous == head[a.curator] &&
                       signature_holds(key[a.curator], signed_text(a), a.signature);
    broken[a.curator] = broken[a.curator] || !holds;
    head[a.curator] = chain_digest(a);
    const auto version = versions.find(a.item);
    a.valid = !broken[a.curator] && version != versions.end() && version->second == a.item_version;
  }
  return rows;
}

Result<std::map<std::string, Reading>> read_readings(db::Connection& connection,
                                                     const std::vector<Item>& items) {
  THAW_TRY(const auto assessments, read_assessments(connection));
  std::map<std::string, double> faithful;
  for (const Item& item : items) {
    if (!assessments.empty()) {
      faithful[item.id] = item.faithful;
    }
  }
  return judge(assessments, faithful).readings;
}

}  // namespace thaw::evidence
