#include "exchange/fetch_store.h"

#include <fmt/format.h>

#include <array>

#include "base/digest.h"
#include "exchange/import_report.h"
#include "exchange/import_round.h"

namespace thaw::exchange {
namespace {

constexpr std::array<db::Migration, 1> kMigrations = {{{1, R"sql(
create table fetch_place (id text primary key, service text not null, query text not null,
  handle text not null, found bigint not null, wanted bigint not null, done bigint not null,
  finished bigint not null, touched_at bigint not null);
)sql"}}};

std::int64_t seconds_now(const Clock& clock) {
  return std::chrono::duration_cast<std::chrono::seconds>(clock.now().time_since_epoch()).count();
}

}  // namespace

std::string fetch_id(std::string_view service, const FetchOptions& options) {
  return sha256_hex(
      fmt::format("{}\n{}\n{}\n{}", service, options.base_url, options.max, options.query));
}

Result<Done> migrate_fetch(db::Connection& connection) {
  return db::migrate(connection, "fetch", kMigrations);
}

Result<std::optional<FetchPlace>> unfinished_fetch(db::Connection& connection, std::string_view id,
                                                   const Clock& clock, std::int64_t seconds_max) {
  THAW_TRY(auto statement,
           connection.prepare("select service, query, handle, found, wanted, done, touched_at from "
                              "fetch_place where id = ?1 and finished = 0 and "
                              "touched_at >= cast(?2 as bigint)"));
  statement->bind(1, id);
  statement->bind(2, seconds_now(clock) - seconds_max);
  THAW_TRY(const bool row, statement->step());
  if (!row) {
    return std::optional<FetchPlace>();
  }
  const auto number = [&](int column) {
    return static_cast<std::size_t>(statement->integer(column).value_or(0));
  };
  FetchPlace place{std::string(id),
                   statement->text(0).value_or(""),
                   statement->text(1).value_or(""),
                   statement->text(2).value_or(""),
                   number(3),
                   number(4),
                   number(5)};
  place.touched_at = statement->integer(6).value_or(0);
  return std::optional(std::move(place));
}

Result<Done> note_fetch(db::Connection& connection, FetchPlace place, const Clock& clock) {
  THAW_TRY(
      auto statement,
      connection.prepare(
          "insert into fetch_place (id, service, query, handle, found, wanted, done, finished, "
          "touched_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) on conflict (id) do update "
          "set handle = excluded.handle, found = excluded.found, wanted = excluded.wanted, "
          "done = excluded.done, finished = excluded.finished, "
          "touched_at = excluded.touched_at"));
  statement->bind(1, place.id);
  statement->bind(2, place.service);
  statement->bind(3, place.query);
  statement->bind(4, place.handle);
  statement->bind(5, static_cast<std::int64_t>(place.found));
  statement->bind(6, static_cast<std::int64_t>(place.wanted));
  statement->bind(7, static_cast<std::int64_t>(place.done));
  statement->bind(8, place.finished ? 1 : 0);
  statement->bind(9, seconds_now(clock));
  THAW_CHECK(statement->run());
  return Done{};
}

Result<Done> keep_page(db::Connection& connection, std::vector<std::pair<Place, Batch>> page,
                       const FetchPlace& after, const Clock& clock, ImportReport& report) {
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  ImportRound round(
      connection, nullptr, report,
      [&](const Place& place, std::string reason) {
        note_refusal(report, place.line, std::move(reason));
      },
      false);
  for (const auto& [place, batch] : page) {
    round.announce(batch);
  }
  THAW_CHECK(round.load());
  for (auto& [place, batch] : page) {
    THAW_CHECK(round.take(place, batch));
  }
  THAW_CHECK(round.finish());
  THAW_CHECK(note_fetch(connection, after, clock));
  THAW_CHECK(transaction.commit());
  return Done{};
}

}  // namespace thaw::exchange
