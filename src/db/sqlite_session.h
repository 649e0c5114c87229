// One open SQLite file: how it is opened, its durability, and what its error codes mean.
//
// Journal: write-ahead log, so readers and one writer do not wait for each other. synchronous=full:
// every commit is fsynced into the log before it is acknowledged; NORMAL would lose the last
// commits at a power cut. Method: sqlite.org/wal.html and sqlite.org/pragma.html.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>

#include "base/result.h"
#include "db/rules.h"

namespace thaw::db {

struct SqliteSession {
  SqliteSession() = default;
  SqliteSession(const SqliteSession&) = delete;
  SqliteSession& operator=(const SqliteSession&) = delete;
  ~SqliteSession() { sqlite3_close_v2(handle); }

  /// The error that `code`, just returned by SQLite, stands for.
  Error failure(int code) const;

  /// Runs statements without parameters.
  Result<Done> execute(const std::string& sql);

  sqlite3* handle = nullptr;
  std::string path;
  TransactionState transaction;
};

/// Opens or makes the file at `path` (":memory:" for none), readable by its owner only when made.
/// kUnavailable: no folder, no permission, locked. kCorrupt: not a SQLite file.
Result<std::shared_ptr<SqliteSession>> open_sqlite_session(const std::string& path);

}  // namespace thaw::db
