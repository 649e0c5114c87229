#include <cassert>
#include <cstring>

#include <fmt/core.h>
#include "db/db.h"
#include "db/dialect.h"
#include "db/engines.h"
#include "db/sqlite_session.h"

namespace thaw::db {
namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct FreeValue {
  void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};
using Handle = std::unique_ptr<sqlite3_stmt, Finalize>;
using Row = std::vector<std::unique_ptr<sqlite3_value, FreeValue>>;
using Session = std::shared_ptr<SqliteSession>;

Result<Handle> prepare_handle(SqliteSession& session, std::string_view sql) {
  THAW_CHECK(session.transaction.ready());
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v3(session.handle, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, &tail);
  Handle handle(raw);
  if (code != SQLITE_OK) {
    return session.transaction.note(session.failure(code));
  }
  if (!handle || !trim(sql.substr(static_cast<std::size_t>(tail - sql.data()))).empty()) {
    return session.transaction.note(invalid_argument("prepare takes exactly one statement"));
  }
  return handle;
}

// A null pointer would bind NULL, so an empty value gets an address.
int bind_text(sqlite3_stmt* handle, int parameter, std::string_view value) {
  return sqlite3_bind_text64(handle, parameter, value.empty() ? "" : value.data(), value.size(),
                             SQLITE_TRANSIENT, SQLITE_UTF8);
}
int bind_blob(sqlite3_stmt* handle, int parameter, const Blob& value) {
  const void* bytes = value.empty() ? static_cast<const void*>("") : value.data();
  return sqlite3_bind_blob64(handle, parameter, bytes, value.size(), SQLITE_TRANSIENT);
}

class SqliteStatement final : public Statement {
 public:
  SqliteStatement(Session session, Handle handle)
      : session_(std::move(session)), handle_(std::move(handle)) {}

  void bind_null(int parameter) override {
    leave_rows();
    note(sqlite3_bind_null(handle_.get(), parameter), parameter);
  }
  void bind(int parameter, std::int64_t value) override {
    leave_rows();
    note(sqlite3_bind_int64(handle_.get(), parameter, value), parameter);
  }
  void bind(int parameter, double value) override {
    leave_rows();
    refuse(refusal(value));
    note(sqlite3_bind_double(handle_.get(), parameter, as_stored(value)), parameter);
  }
  void bind(int parameter, std::string_view value) override {
    leave_rows();
    refuse(refusal(value));
    note(bind_text(handle_.get(), parameter, value), parameter);
  }
  void bind(int parameter, const Blob& value) override {
    leave_rows();
    note(bind_blob(handle_.get(), parameter, value), parameter);
  }

  Result<std::int64_t> run() override {
    THAW_CHECK(start());
    const int before = sqlite3_total_changes(session_->handle);
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) {
      return fail(invalid_argument("run is for statements without rows; use step"));
    }
    if (code != SQLITE_DONE) {
      return fail(session_->failure(code));
    }
    const bool changed = sqlite3_total_changes(session_->handle) != before;
    reset();
    return changed ? sqlite3_changes64(session_->handle) : 0;
  }

  Result<bool> step() override {
    if (!stepping_) {
      THAW_CHECK(start());
      if (sqlite3_stmt_readonly(handle_.get()) == 0) {
        THAW_CHECK(run_to_the_end());
      }
      stepping_ = true;
    }
    return buffered_ ? next_buffered() : next_live();
  }

  void reset() override {
    sqlite3_reset(handle_.get());
    sqlite3_clear_bindings(handle_.get());
    stepping_ = buffered_ = false;
    rows_.clear();
    refused_.reset();
  }

  std::optional<std::int64_t> integer(int column) const override {
    sqlite3_value* value = at(column);
    return is_null(value) ? std::nullopt : std::optional(sqlite3_value_int64(value));
  }
  std::optional<double> real(int column) const override {
    sqlite3_value* value = at(column);
    return is_null(value) ? std::nullopt : std::optional(sqlite3_value_double(value));
  }
  std::optional<std::string> text(int column) const override {
    sqlite3_value* value = at(column);
    if (is_null(value)) {
      return std::nullopt;
    }
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return std::string(bytes, static_cast<std::size_t>(sqlite3_value_bytes(value)));
  }
  std::optional<Blob> blob(int column) const override {
    sqlite3_value* value = at(column);
    if (is_null(value)) {
      return std::nullopt;
    }
    const auto* bytes = static_cast<const std::byte*>(sqlite3_value_blob(value));
    return bytes == nullptr ? Blob() : Blob(bytes, bytes + sqlite3_value_bytes(value));
  }

 private:
  static bool is_null(sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_NULL; }

  sqlite3_value* at(int column) const {
    assert(stepping_ && column >= 0 && column < sqlite3_column_count(handle_.get()));
    return buffered_ ? rows_[row_][static_cast<std::size_t>(column)].get()
                     : sqlite3_column_value(handle_.get(), column);
  }

  void leave_rows() {
    if (stepping_) {
      reset();
    }
  }
  void refuse(std::optional<Error> error) {
    if (!refused_) {
      refused_ = std::move(error);
    }
  }
  void note(int code, int parameter) {
    if (code != SQLITE_OK) {
      refuse(code == SQLITE_RANGE
                 ? invalid_argument(fmt::format("the statement has no parameter ?{}", parameter))
                 : session_->failure(code));
    }
  }

  Result<Done> start() {
    if (refused_) {
      return fail(*refused_);
    }
    if (auto ready = session_->transaction.ready(); !ready) {
      return fail(ready.error());
    }
    return Done{};
  }
  Error fail(Error error) {
    reset();
    return session_->transaction.note(std::move(error));
  }

  // A writing statement would hold its lock, and outside a transaction stay uncommitted, until its
  // last row is read. So it runs to its end and the rows wait here.
  Result<Done> run_to_the_end() {
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(handle_.get())) == SQLITE_ROW) {
      Row row;
      for (int column = 0; column < sqlite3_column_count(handle_.get()); ++column) {
        row.emplace_back(sqlite3_value_dup(sqlite3_column_value(handle_.get(), column)));
      }
      rows_.push_back(std::move(row));
    }
    if (code != SQLITE_DONE) {
      return fail(session_->failure(code));
    }
    sqlite3_reset(handle_.get());
    buffered_ = true;
    row_ = static_cast<std::size_t>(-1);
    return Done{};
  }
  bool next_buffered() {
    if (++row_ < rows_.size()) {
      return true;
    }
    reset();
    return false;
  }
  Result<bool> next_live() {
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) {
      return true;
    }
    if (code != SQLITE_DONE) {
      return fail(session_->failure(code));
    }
    reset();
    return false;
  }

  Session session_;
  Handle handle_;
  bool stepping_ = false;  // rows are being read
  bool buffered_ = false;  // from rows_, not from SQLite
  std::vector<Row> rows_;
  std::size_t row_ = 0;
  std::optional<Error> refused_;  // the first bad binding
};

class SqliteAppender final : public Appender {
 public:
  SqliteAppender(Session session, Handle handle, int columns)
      : session_(std::move(session)),
        handle_(std::move(handle)),
        columns_(columns),
        transaction_(session_->transaction.number()) {}

  void put_null() override { ++next_; }  // bindings are cleared after every row
  void put(std::int64_t value) override { note(sqlite3_bind_int64(handle_.get(), ++next_, value)); }
  void put(double value) override {
    refuse(refusal(value));
    note(sqlite3_bind_double(handle_.get(), ++next_, as_stored(value)));
  }
  void put(std::string_view value) override {
    refuse(refusal(value));
    note(bind_text(handle_.get(), ++next_, value));
  }

  Result<Done> end_row() override {
    THAW_CHECK(session_->transaction.ready());
    if (next_ != columns_) {
      return fail(invalid_argument(
          fmt::format("a row of {} values for a table of {} columns", next_, columns_)));
    }
    if (refused_) {
      return fail(*refused_);
    }
    if (!session_->transaction.open() || session_->transaction.number() != transaction_) {
      return invalid_argument("the transaction of these rows has ended");
    }
    const int code = sqlite3_step(handle_.get());
    if (code != SQLITE_DONE) {
      return fail(session_->failure(code));
    }
    clear_row();
    ++rows_;
    return Done{};
  }

  Result<std::int64_t> finish() override {
    THAW_CHECK(session_->transaction.ready());
    return rows_;
  }

 private:
  void refuse(std::optional<Error> error) {
    if (!refused_) {
      refused_ = std::move(error);
    }
  }
  void note(int code) {
    if (code != SQLITE_OK && next_ <= columns_) {  // too many values are told by end_row
      refuse(session_->failure(code));
    }
  }
  void clear_row() {
    sqlite3_reset(handle_.get());
    sqlite3_clear_bindings(handle_.get());
    next_ = 0;
    refused_.reset();
  }
  Error fail(Error error) {
    clear_row();
    return session_->transaction.note(std::move(error));
  }

  Session session_;
  Handle handle_;
  int columns_;
  std::uint64_t transaction_;
  int next_ = 0;
  std::int64_t rows_ = 0;
  std::optional<Error> refused_;
};

class SqliteConnection final : public Connection {
 public:
  explicit SqliteConnection(Session session) : session_(std::move(session)) {}

  Engine engine() const override { return Engine::kSqlite; }

  Result<Done> execute(std::string_view sql) override {
    THAW_CHECK(session_->transaction.ready());
    auto done = session_->execute(to_engine_sql(sql, Engine::kSqlite));
    if (!done) {
      return session_->transaction.note(done.error());
    }
    return done;
  }

  Result<std::unique_ptr<Statement>> prepare(std::string_view sql) override {
    THAW_TRY(Handle handle, prepare_handle(*session_, to_engine_sql(sql, Engine::kSqlite)));
    return {std::make_unique<SqliteStatement>(session_, std::move(handle))};
  }

  Result<std::unique_ptr<Appender>> append(std::string_view table,
                                           std::span<const std::string_view> columns) override {
    if (!session_->transaction.open()) {
      return invalid_argument("rows can be appended only inside a transaction");
    }
    std::string names;
    std::string values;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      THAW_TRY(const std::string name, quoted_name(columns[i]));
      names += (i == 0 ? "" : ", ") + name;
      values += fmt::format("{}?{}", i == 0 ? "" : ", ", i + 1);
    }
    THAW_TRY(const std::string into, quoted_name(table));
    THAW_TRY(Handle handle, prepare_handle(*session_, fmt::format("insert into {} ({}) values ({})",
                                                                  into, names, values)));
    return {std::make_unique<SqliteAppender>(session_, std::move(handle),
                                             static_cast<int>(columns.size()))};
  }

 private:
  Result<Done> begin() override {
    if (session_->transaction.open()) {
      return session_->transaction.note(invalid_argument("a transaction is already open"));
    }
    // Immediate: a transaction that reads first and writes later could not be promised its write.
    THAW_CHECK(session_->execute("begin immediate"));
    session_->transaction.begin();
    return Done{};
  }
  Result<Done> commit() override {
    auto done = session_->transaction.ready();
    if (done) {
      done = session_->execute("commit");
    }
    if (!done) {
      rollback();
      return done;
    }
    session_->transaction.end();
    return done;
  }
  // SQLite has already rolled back by itself after a full disk: then there is nothing to undo.
  void rollback() override {
    if (sqlite3_get_autocommit(session_->handle) == 0) {
      sqlite3_exec(session_->handle, "rollback", nullptr, nullptr, nullptr);
    }
    session_->transaction.end();
  }

  Session session_;
};

}  // namespace

Result<std::unique_ptr<Connection>> open_sqlite(const std::string& path) {
  THAW_TRY(Session session, open_sqlite_session(path));
  return {std::make_unique<SqliteConnection>(std::move(session))};
}

}  // namespace thaw::db
