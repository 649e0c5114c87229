#include <algorithm>
#include <cassert>
#include <charconv>

#include <fmt/core.h>

#include "db/db.h"
#include "db/dialect.h"
#include "db/engines.h"
#include "db/postgres_appender.h"
#include "db/postgres_session.h"

namespace thaw::db {
namespace {

using Session = std::shared_ptr<PostgresSession>;

template <class Number>
std::string number_text(Number value) {
  char text[32];
  return {std::begin(text), std::to_chars(std::begin(text), std::end(text), value).ptr};
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  assert(error == std::errc() && end == text.data() + text.size());
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

// One bound value; `text` holds a blob as it is.
struct Value {
  std::optional<std::string> text;
  bool is_blob = false;
};

class PostgresStatement final : public Statement {
 public:
  PostgresStatement(Session session, std::string sql, std::shared_ptr<const Prepared> prepared)
      : session_(std::move(session)),
        sql_(std::move(sql)),
        prepared_(std::move(prepared)),
        values_(prepared_->parameters.size()) {}

  void bind_null(int parameter) override { set(parameter, {}); }
  void bind(int parameter, std::int64_t value) override {
    set(parameter, {number_text(value), false});
  }
  void bind(int parameter, double value) override {
    refuse(refusal(value));
    set(parameter, {number_text(as_stored(value)), false});
  }
  void bind(int parameter, std::string_view value) override {
    refuse(refusal(value));
    set(parameter, {std::string(value), false});
  }
  void bind(int parameter, const Blob& value) override {
    const auto* bytes = reinterpret_cast<const char*>(value.data());
    set(parameter, {std::string(bytes, bytes + value.size()), true});
  }

  Result<std::int64_t> run() override {
    THAW_CHECK(start());
    if (PQntuples(result_.get()) > 0) {
      reset();
      return session_->transaction().note(
          invalid_argument("run is for statements without rows; use step"));
    }
    const std::string_view changed = PQcmdTuples(result_.get());
    const bool counted = PQresultStatus(result_.get()) == PGRES_COMMAND_OK && !changed.empty();
    const std::int64_t rows = counted ? number_of<std::int64_t>(changed).value_or(0) : 0;
    reset();
    return rows;
  }

  Result<bool> step() override {
    if (!result_) {
      THAW_CHECK(start());
      row_ = -1;
    }
    if (++row_ < PQntuples(result_.get())) {
      return true;
    }
    reset();
    return false;
  }

  void reset() override {
    result_.reset();
    std::ranges::fill(values_, Value{});
    refused_.reset();
  }

  std::optional<std::int64_t> integer(int column) const override {
    const auto cell = at(column);
    if (cell && PQftype(result_.get(), column) == kBoolOid) {
      return *cell == "t" ? 1 : 0;
    }
    return cell ? number_of<std::int64_t>(*cell) : std::nullopt;
  }
  std::optional<double> real(int column) const override {
    const auto cell = at(column);
    return cell ? number_of<double>(*cell) : std::nullopt;
  }
  std::optional<std::string> text(int column) const override {
    const auto cell = at(column);
    return cell ? std::optional<std::string>(*cell) : std::nullopt;
  }
  std::optional<Blob> blob(int column) const override {
    const auto cell = at(column);
    if (!cell) {
      return std::nullopt;
    }
    std::size_t size = 0;
    const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
        PQunescapeBytea(reinterpret_cast<const unsigned char*>(cell->data()), &size), PQfreemem);
    const auto* first = reinterpret_cast<const std::byte*>(bytes.get());
    return Blob(first, first + size);
  }

 private:
  std::optional<std::string_view> at(int column) const {
    assert(result_ && row_ >= 0 && column >= 0 && column < PQnfields(result_.get()));
    if (PQgetisnull(result_.get(), row_, column) != 0) {
      return std::nullopt;
    }
    return std::string_view(PQgetvalue(result_.get(), row_, column),
                            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column)));
  }

  void refuse(std::optional<Error> error) {
    if (!refused_) {
      refused_ = std::move(error);
    }
  }

  void set(int parameter, Value value) {
    if (result_) {
      reset();
    }
    if (parameter < 1 || parameter > static_cast<int>(values_.size())) {
      refuse(invalid_argument(fmt::format("the statement has no parameter ?{}", parameter)));
      return;
    }
    const auto index = static_cast<std::size_t>(parameter - 1);
    if (value.text && value.is_blob != (prepared_->parameters[index] == kByteaOid)) {
      refuse(invalid_argument(
          fmt::format("?{} is {} here", parameter, value.is_blob ? "not a blob" : "a blob")));
    }
    values_[index] = std::move(value);
  }

  Arguments arguments() const {
    Arguments out;
    for (const Value& value : values_) {
      out.values.push_back(value.text ? value.text->c_str() : nullptr);
      out.lengths.push_back(value.text ? static_cast<int>(value.text->size()) : 0);
      out.formats.push_back(value.is_blob ? 1 : 0);
    }
    return out;
  }

  // Runs it; all rows are then here.
  Result<Done> start() {
    if (refused_) {
      const Error error = *refused_;
      reset();
      return session_->transaction().note(error);
    }
    auto result = prepare_and_run();
    reset();
    if (!result) {
      return result.error();
    }
    result_ = std::move(result).value();
    return Done{};
  }
  Result<PostgresResult> prepare_and_run() {
    THAW_CHECK(session_->ready());
    if (prepared_->generation != session_->generation()) {
      THAW_TRY(prepared_, session_->prepare(sql_));
    }
    return session_->run(*prepared_, arguments());
  }

  Session session_;
  std::string sql_;
  std::shared_ptr<const Prepared> prepared_;
  std::vector<Value> values_;
  PostgresResult result_;  // the rows being read
  int row_ = -1;
  std::optional<Error> refused_;  // the first bad binding
};

class PostgresConnection final : public Connection {
 public:
  explicit PostgresConnection(Session session) : session_(std::move(session)) {}

  Engine engine() const override { return Engine::kPostgres; }

  Result<Done> execute(std::string_view sql) override {
    THAW_CHECK(session_->execute(to_engine_sql(sql, Engine::kPostgres)));
    session_->forget_statements();
    return Done{};
  }

  Result<std::unique_ptr<Statement>> prepare(std::string_view sql) override {
    std::string words = to_engine_sql(sql, Engine::kPostgres);
    THAW_TRY(auto prepared, session_->prepare(words));
    return {std::make_unique<PostgresStatement>(session_, std::move(words), std::move(prepared))};
  }

  Result<std::unique_ptr<Appender>> append(std::string_view table,
                                           std::span<const std::string_view> columns) override {
    return append_postgres(session_, table, columns);
  }

 private:
  Result<Done> begin() override { return session_->begin(); }
  Result<Done> commit() override { return session_->commit(); }
  void rollback() override { session_->rollback(); }

  Session session_;
};

}  // namespace

Result<std::unique_ptr<Connection>> open_postgres(const std::string& url) {
  THAW_TRY(Session session, PostgresSession::open(url));
  return {std::make_unique<PostgresConnection>(std::move(session))};
}

}  // namespace thaw::db
