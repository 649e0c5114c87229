// One door to two databases: SQLite (a file, WAL) and PostgreSQL (libpq), behind the same calls.
//
// SQL is written once, in what both understand: parameters are ?1, ?2, ... (turned into $1, $2 for
// PostgreSQL), types are `bigint`, `double precision`, `text`, `{blob}` (blob or bytea) and
// `{id}` (an integer primary key that numbers itself). Every integer is 64 bit, NULL is
// std::optional. Values reach SQL only as bound parameters.
// The same on both: text is valid UTF-8 without a zero byte and a double is not NaN (a bound value
// that breaks this fails the run as kInvalidArgument), -0.0 becomes 0.0; `order by x collate "C"`
// sorts by bytes; a transaction sees one snapshot; once a statement of a transaction has failed,
// the rest of it is refused and it cannot commit (to go on after a duplicate write `on conflict do
// nothing`). Only PostgreSQL wants `cast(?1 as bigint)` where nothing else tells a parameter's
// type. Errors: kConflict a duplicate, a broken reference, or another writer was first;
// kInvalidArgument wrong SQL or a value that the table refuses; kUnavailable locked, full, or the
// server is gone (the call after that connects anew, outside a transaction); kCorrupt a damaged
// file. A Connection belongs to one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::db {

enum class Engine { kSqlite, kPostgres };

using Blob = std::vector<std::byte>;

/// A prepared statement. Bind every parameter, then run() or step(); bindings are cleared after.
/// A parameter that was not bound is NULL. Binding leaves the rows that were not read.
class Statement {
 public:
  virtual ~Statement() = default;

  // `parameter` counts from 1.
  virtual void bind_null(int parameter) = 0;
  virtual void bind(int parameter, std::int64_t value) = 0;
  virtual void bind(int parameter, double value) = 0;
  virtual void bind(int parameter, std::string_view value) = 0;
  virtual void bind(int parameter, const Blob& value) = 0;
  void bind(int parameter, int value) { bind(parameter, static_cast<std::int64_t>(value)); }
  void bind(int parameter, const char* value) { bind(parameter, std::string_view(value)); }
  void bind(int parameter, const std::string& value) { bind(parameter, std::string_view(value)); }
  void bind(int parameter, bool) = delete;  // say 0 or 1
  template <class T>
  void bind(int parameter, const std::optional<T>& value) {
    value ? bind(parameter, *value) : bind_null(parameter);
  }

  /// Runs a statement that gives no rows and makes it ready for the next bindings. Rows changed.
  virtual Result<std::int64_t> run() = 0;

  /// True and stands on the next row, or false after the last one (and is ready to bind again).
  /// `insert ... returning` has done all its work at the first step.
  virtual Result<bool> step() = 0;

  /// Leaves the rows that were not read.
  virtual void reset() = 0;

  // The current row; `column` counts from 0. A NULL gives nothing. The type must be the column's.
  virtual std::optional<std::int64_t> integer(int column) const = 0;
  virtual std::optional<double> real(int column) const = 0;
  virtual std::optional<std::string> text(int column) const = 0;
  virtual std::optional<Blob> blob(int column) const = 0;
};

/// Rows into one table, fast: a prepared insert on SQLite, COPY on PostgreSQL. Inside a
/// Transaction only. Put every column of a row in order, then end_row(); finish() at the end.
/// Several may be open at once, parents made before children; other statements see their rows.
class Appender {
 public:
  virtual ~Appender() = default;
  virtual void put_null() = 0;
  virtual void put(std::int64_t value) = 0;
  virtual void put(double value) = 0;
  virtual void put(std::string_view value) = 0;
  void put(int value) { put(static_cast<std::int64_t>(value)); }
  void put(const char* value) { put(std::string_view(value)); }
  void put(const std::string& value) { put(std::string_view(value)); }
  void put(bool) = delete;
  template <class T>
  void put(const std::optional<T>& value) {
    value ? put(*value) : put_null();
  }
  virtual Result<Done> end_row() = 0;
  virtual Result<std::int64_t> finish() = 0;  // rows written
};

class Connection {
 public:
  /// Opens `url`: a path, "sqlite:PATH", or "postgresql://...". A SQLite file is made if absent.
  /// kUnavailable: no such server, no permission, locked. kCorrupt: not a database.
  static Result<std::unique_ptr<Connection>> open(std::string_view url);

  virtual ~Connection() = default;
  virtual Engine engine() const = 0;

  /// Runs SQL without parameters and without rows; may hold several statements.
  virtual Result<Done> execute(std::string_view sql) = 0;

  /// kInvalidArgument with the database's words when the SQL is wrong.
  virtual Result<std::unique_ptr<Statement>> prepare(std::string_view sql) = 0;

  /// kInvalidArgument outside a Transaction, for a name not of a-z, 0-9 and _, or no such column.
  virtual Result<std::unique_ptr<Appender>> append(std::string_view table,
                                                   std::span<const std::string_view> columns) = 0;

 private:
  friend class Transaction;
  virtual Result<Done> begin() = 0;
  virtual Result<Done> commit() = 0;  // rolled back when it fails
  virtual void rollback() = 0;
};

/// Begins now, waiting up to 30 s for other writers; rolls back when it goes out of scope
/// uncommitted. Not nested: kInvalidArgument.
class Transaction {
 public:
  static Result<Transaction> begin(Connection& connection);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// After this everything in it is on disk (fsync on SQLite: synchronous=full at commit).
  /// When it fails nothing of it is kept.
  Result<Done> commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

/// One numbered step of a module's schema. Never edited after release: add a new one.
struct Migration {
  int version;           // 1, 2, 3, ... without gaps, per module
  std::string_view sql;  // in the common dialect above
};

/// Brings the tables of `module` ("registry", "evidence", ...) up to the newest of `migrations`,
/// all in one transaction, noted in table `schema_version`. kConflict, with one clear sentence,
/// when the store is newer than this program.
Result<Done> migrate(Connection& connection, std::string_view module,
                     std::span<const Migration> migrations);

}  // namespace thaw::db
