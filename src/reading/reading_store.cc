#include "reading/reading_store.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace thaw::reading {
namespace {

constexpr std::array<db::Migration, 1> kMigrations = {{{1, R"sql(
create table reading_run (document_id text not null, reader text not null, digest text not null,
  read_at text not null, record text not null, primary key (document_id, reader, digest));
create table outbound_log (id {id}, sent_at text not null, host text not null,
  reader text not null, documents text not null, bytes bigint not null, digest text not null);
)sql"}}};

}  // namespace

Result<ReadingStore> ReadingStore::open(db::Connection& connection, const Clock& clock) {
  THAW_CHECK(db::migrate(connection, "reading", kMigrations));
  return ReadingStore(connection, clock);
}

std::string ReadingStore::now() const {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(clock_->now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

Result<std::optional<std::string>> ReadingStore::find(std::string_view document,
                                                      std::string_view reader,
                                                      std::string_view digest) const {
  THAW_TRY(auto statement,
           connection_->prepare("select record from reading_run where document_id = ?1 and "
                                "reader = ?2 and digest = ?3"));
  statement->bind(1, document);
  statement->bind(2, reader);
  statement->bind(3, digest);
  THAW_TRY(const bool row, statement->step());
  return row ? statement->text(0) : std::optional<std::string>();
}

Result<Done> ReadingStore::keep(const ReadingRun& run) {
  THAW_TRY(auto statement,
           connection_->prepare(
               "insert into reading_run (document_id, reader, digest, read_at, record) values "
               "(?1, ?2, ?3, ?4, ?5) on conflict (document_id, reader, digest) do update set "
               "read_at = excluded.read_at, record = excluded.record"));
  statement->bind(1, run.document);
  statement->bind(2, run.reader);
  statement->bind(3, run.digest);
  statement->bind(4, now());
  statement->bind(5, run.record);
  THAW_CHECK(statement->run());
  return Done{};
}

Result<Done> ReadingStore::note(const Outbound& outbound) {
  THAW_TRY(auto statement,
           connection_->prepare("insert into outbound_log (sent_at, host, reader, documents, "
                                "bytes, digest) values (?1, ?2, ?3, ?4, ?5, ?6)"));
  statement->bind(1, now());
  statement->bind(2, outbound.host);
  statement->bind(3, outbound.reader);
  statement->bind(4, join(outbound.documents, " "));
  statement->bind(5, static_cast<std::int64_t>(outbound.bytes));
  statement->bind(6, outbound.digest);
  THAW_CHECK(statement->run());
  return Done{};
}

Result<std::vector<OutboundLine>> ReadingStore::outbound(std::size_t limit) const {
  THAW_TRY(auto statement,
           connection_->prepare("select sent_at, host, reader, documents, bytes, digest from "
                                "outbound_log order by id desc limit cast(?1 as bigint)"));
  statement->bind(1, static_cast<std::int64_t>(limit));
  std::vector<OutboundLine> out;
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      return out;
    }
    OutboundLine line{statement->text(0).value_or(""), {}};
    line.outbound.host = statement->text(1).value_or("");
    line.outbound.reader = statement->text(2).value_or("");
    const std::string documents = statement->text(3).value_or("");
    for (const auto id : split(documents, ' ')) {
      line.outbound.documents.emplace_back(id);
    }
    line.outbound.bytes = static_cast<std::size_t>(statement->integer(4).value_or(0));
    line.outbound.digest = statement->text(5).value_or("");
    out.push_back(std::move(line));
  }
}

}  // namespace thaw::reading
