#include <fmt/core.h>
#include "db/db.h"

namespace thaw::db {
namespace {

// A number of our own for PostgreSQL's advisory lock: programs that start together migrate in turn.
constexpr std::int64_t kMigrationLock = 0x74686177;

Result<bool> has_version_table(Connection& connection) {
  const char* sql = connection.engine() == Engine::kSqlite
                        ? "select count(*) from sqlite_master where name = 'schema_version'"
                        : "select count(*) from pg_catalog.pg_class"
                          " where oid = to_regclass('schema_version')";
  THAW_TRY(auto statement, connection.prepare(sql));
  THAW_CHECK(statement->step());
  return statement->integer(0).value_or(0) > 0;
}

// The module's version in the store, 0 before its first migration.
Result<std::int64_t> stored_version(Connection& connection, std::string_view module) {
  THAW_TRY(const bool known, has_version_table(connection));
  if (!known) {
    return 0;
  }
  THAW_TRY(auto statement,
           connection.prepare("select version from schema_version where module = ?1"));
  statement->bind(1, module);
  THAW_TRY(const bool found, statement->step());
  return found ? statement->integer(0).value_or(0) : 0;
}

Result<Done> note_version(Connection& connection, std::string_view module, std::int64_t version) {
  THAW_TRY(auto statement,
           connection.prepare("insert into schema_version (module, version) values (?1, ?2)"
                              " on conflict (module) do update set version = excluded.version"));
  statement->bind(1, module);
  statement->bind(2, version);
  THAW_CHECK(statement->run());
  return Done{};
}

Result<Done> refuse_newer(std::string_view module, std::int64_t stored, std::int64_t newest) {
  if (stored > newest) {
    return conflict(
        fmt::format("this store was written by a newer thaw ({} schema {}, this program"
                    " knows {}); update thaw or open another store",
                    module, stored, newest));
  }
  return Done{};
}

Result<Done> apply(Connection& connection, std::string_view module,
                   std::span<const Migration> migrations) {
  const auto newest = static_cast<std::int64_t>(migrations.size());
  THAW_TRY(Transaction transaction, Transaction::begin(connection));
  THAW_CHECK(
      connection.execute("create table if not exists schema_version"
                         " (module text primary key, version bigint not null)"));
  // Read again: another program may have migrated while this one waited.
  THAW_TRY(const std::int64_t stored, stored_version(connection, module));
  THAW_CHECK(refuse_newer(module, stored, newest));
  for (const Migration& migration : migrations.subspan(static_cast<std::size_t>(stored))) {
    auto done = connection.execute(migration.sql);
    if (!done) {
      return Error{done.error().code, fmt::format("{} schema {}: {}", module, migration.version,
                                                  done.error().message)};
    }
  }
  THAW_CHECK(note_version(connection, module, newest));
  return transaction.commit();
}

Result<Done> lock(Connection& connection, const char* function) {
  if (connection.engine() == Engine::kSqlite) {
    return Done{};  // its transactions already take turns
  }
  return connection.execute(fmt::format("select {}({})", function, kMigrationLock));
}

}  // namespace

Result<Done> migrate(Connection& connection, std::string_view module,
                     std::span<const Migration> migrations) {
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    if (migrations[i].version != static_cast<int>(i) + 1) {
      return invalid_argument(
          fmt::format("migration {} of {} has number {}", i + 1, module, migrations[i].version));
    }
  }
  const auto newest = static_cast<std::int64_t>(migrations.size());
  THAW_TRY(const std::int64_t stored, stored_version(connection, module));
  THAW_CHECK(refuse_newer(module, stored, newest));
  if (stored == newest) {
    return Done{};
  }
  THAW_CHECK(lock(connection, "pg_advisory_lock"));
  auto done = apply(connection, module, migrations);
  auto unlocked = lock(connection, "pg_advisory_unlock");
  if (!done) {
    return done;
  }
  return unlocked;
}

}  // namespace thaw::db
