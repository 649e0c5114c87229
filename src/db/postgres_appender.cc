#include "db/postgres_appender.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "db/dialect.h"

namespace thaw::db {
namespace {

constexpr std::size_t kPiece = 1U << 20U;  // bytes sent at once

class PostgresAppender final : public Appender, public PendingRows {
 public:
  PostgresAppender(std::shared_ptr<PostgresSession> session, std::string sql, int columns)
      : session_(std::move(session)),
        sql_(std::move(sql)),
        columns_(columns),
        transaction_(session_->transaction().number()) {
    session_->add(this);
  }
  PostgresAppender(const PostgresAppender&) = delete;
  PostgresAppender& operator=(const PostgresAppender&) = delete;
  // Rows that were ended count, finished or not: a failure here keeps the transaction from
  // committing.
  ~PostgresAppender() override {
    if (current() && session_->transaction().ready()) {
      static_cast<void>(session_->send_pending());
    }
    session_->remove(this);
  }

  void put_null() override {
    next_value();
    row_ += "\\N";
  }
  void put(std::int64_t value) override { put_number(value); }
  void put(double value) override {
    refuse(refusal(value));
    put_number(as_stored(value));
  }
  void put(std::string_view value) override {
    refuse(refusal(value));
    next_value();
    add_copy_text(row_, value);
  }

  Result<Done> end_row() override {
    THAW_CHECK(session_->transaction().ready());
    if (!current()) {
      return invalid_argument("the transaction of these rows has ended");
    }
    if (next_ != columns_) {
      return fail(invalid_argument(
          fmt::format("a row of {} values for a table of {} columns", next_, columns_)));
    }
    if (refused_) {
      return fail(*refused_);
    }
    rows_ += row_;
    rows_ += '\n';
    ++count_;
    clear_row();
    return rows_.size() < kPiece ? Done{} : session_->send_pending();
  }

  Result<std::int64_t> finish() override {
    THAW_CHECK(session_->transaction().ready());
    if (!current()) {
      return invalid_argument("the transaction of these rows has ended");
    }
    THAW_CHECK(session_->send_pending());
    return count_;
  }

  Result<Done> send() override {
    if (rows_.empty()) {
      return Done{};
    }
    const std::string rows = std::exchange(rows_, {});
    return session_->copy(sql_, rows);
  }

 private:
  bool current() const {
    return session_->transaction().open() && session_->transaction().number() == transaction_;
  }
  void next_value() {
    if (next_++ > 0) {
      row_ += '\t';
    }
  }
  template <class Number>
  void put_number(Number value) {
    char text[32];
    const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
    next_value();
    row_.append(std::begin(text), end);
  }
  void refuse(std::optional<Error> error) {
    if (!refused_) {
      refused_ = std::move(error);
    }
  }
  void clear_row() {
    row_.clear();
    next_ = 0;
    refused_.reset();
  }
  Error fail(Error error) {
    clear_row();
    return session_->transaction().note(std::move(error));
  }

  std::shared_ptr<PostgresSession> session_;
  std::string sql_;
  int columns_;
  std::uint64_t transaction_;
  std::string rows_;  // ended, not sent
  std::string row_;
  int next_ = 0;
  std::int64_t count_ = 0;
  std::optional<Error> refused_;
};

}  // namespace

void add_copy_text(std::string& row, std::string_view value) {
  while (!value.empty()) {
    const std::size_t plain = std::min(value.find_first_of("\\\t\n\r"), value.size());
    row += value.substr(0, plain);
    value.remove_prefix(plain);
    if (!value.empty()) {
      const char c = value[0];
      row += '\\';
      row += c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : '\\';
      value.remove_prefix(1);
    }
  }
}

Result<std::unique_ptr<Appender>> append_postgres(std::shared_ptr<PostgresSession> session,
                                                  std::string_view table,
                                                  std::span<const std::string_view> columns) {
  if (!session->transaction().open()) {
    return invalid_argument("rows can be appended only inside a transaction");
  }
  THAW_TRY(const std::string into, quoted_name(table));
  std::string names;
  for (const std::string_view column : columns) {
    THAW_TRY(const std::string name, quoted_name(column));
    names += (names.empty() ? "" : ", ") + name;
  }
  // A wrong table or column is told now, as SQLite does, and not at the first piece.
  THAW_CHECK(session->prepare(fmt::format("select {} from {}", names, into)));
  return {std::make_unique<PostgresAppender>(std::move(session),
                                             fmt::format("copy {} ({}) from stdin", into, names),
                                             static_cast<int>(columns.size()))};
}

}  // namespace thaw::db
