#include "db/sqlite_session.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <thread>

#include <fmt/core.h>

namespace thaw::db {
namespace {

Error constraint_failure(int code, const std::string& words) {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return conflict(words);
    default:
      return invalid_argument(words);
  }
}

// Why SQLite could not open `path`, in words that say what to do.
Error cannot_open(const std::string& path, int system_error) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    return unavailable(fmt::format("cannot open the store {}: it is a folder", path));
  }
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty() && !fs::exists(folder, ignored)) {
    return unavailable(fmt::format("cannot make the store {}: the folder {} does not exist", path,
                                   folder.string()));
  }
  const std::string why =
      system_error == 0 ? "no permission" : std::generic_category().message(system_error);
  return unavailable(fmt::format("cannot open the store {}: {}", path, why));
}

// A store holds patients: when it is made, only its owner can read it. SQLite gives the log files
// the same mode. A failure here is told by SQLite's own open.
void make_private_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) {
    ::close(file);
  }
}

// Byte order under the name that PostgreSQL knows it by.
int compare_bytes(void* /*unused*/, int a_size, const void* a, int b_size, const void* b) {
  const auto shared = static_cast<std::size_t>(std::min(a_size, b_size));
  const int order = shared == 0 ? 0 : std::memcmp(a, b, shared);
  return order != 0 ? order : a_size - b_size;
}

// Turns the log on. When two programs open a new file at once SQLite may say "busy" without
// waiting, so the wait is here.
Result<Done> use_write_ahead_log(SqliteSession& session) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(kLockWaitMs);
  while (true) {
    const int code =
        sqlite3_exec(session.handle, "pragma journal_mode = wal", nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) {
      return Done{};
    }
    if ((code & 0xff) != SQLITE_BUSY || std::chrono::steady_clock::now() > end) {
      return session.failure(code);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

Result<Done> set_up(SqliteSession& session) {
  sqlite3_extended_result_codes(session.handle, 1);
  sqlite3_busy_timeout(session.handle, kLockWaitMs);
  // A misspelt column in double quotes is an error, as on PostgreSQL, and not a string.
  sqlite3_db_config(session.handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(session.handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_create_collation(session.handle, "C", SQLITE_UTF8, nullptr, compare_bytes);
  if (sqlite3_db_readonly(session.handle, "main") == 1) {
    return unavailable(fmt::format("the store {} can be read but not written", session.path));
  }
  THAW_CHECK(use_write_ahead_log(session));
  return session.execute(
      "pragma synchronous = full; pragma foreign_keys = on; pragma temp_store = memory;"
      "pragma cache_size = -32768; pragma journal_size_limit = 67108864;"
      "select count(*) from sqlite_master");
}

}  // namespace

Error SqliteSession::failure(int code) const {
  const std::string words = sqlite3_errmsg(handle);
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      return constraint_failure(code, words);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return unavailable(fmt::format("the store {} is in use by another program", path));
    case SQLITE_FULL:
      return unavailable(fmt::format(
          "the disk of the store {} is full: this change was not kept; free space and try again",
          path));
    case SQLITE_CANTOPEN:
      return cannot_open(path, sqlite3_system_errno(handle));
    case SQLITE_READONLY:
      return unavailable(fmt::format("the store {} can be read but not written", path));
    case SQLITE_PERM:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
      return unavailable(fmt::format("the store {} cannot be used: {}", path, words));
    case SQLITE_NOTADB:
      return corrupt(fmt::format("{} is not a thaw store: it is not a SQLite file", path));
    case SQLITE_CORRUPT:
      return corrupt(fmt::format("the store {} is damaged: {}", path, words));
    default:
      return invalid_argument(words);
  }
}

Result<Done> SqliteSession::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    return failure(code);
  }
  return Done{};
}

Result<std::shared_ptr<SqliteSession>> open_sqlite_session(const std::string& path) {
  if (path.empty() || path.find('\0') != std::string::npos) {
    return invalid_argument("the path of the store is empty");
  }
  if (path != ":memory:") {
    make_private_file(path);
  }
  auto session = std::make_shared<SqliteSession>();
  session->path = path;
  // NOMUTEX: a connection belongs to one thread at a time.
  const int code =
      sqlite3_open_v2(path.c_str(), &session->handle,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) {
    return session->failure(code);
  }
  THAW_CHECK(set_up(*session));
  return session;
}

}  // namespace thaw::db
