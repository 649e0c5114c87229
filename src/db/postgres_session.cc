#include "db/postgres_session.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "db/postgres_error.h"

namespace thaw::db {
namespace {

constexpr int kOldestServer = 120'000;        // 12.0: the first to write doubles in shortest form
constexpr std::size_t kMostStatements = 256;  // kept prepared

// Notices would go to stderr.
void ignore_notice(void* /*unused*/, const char* /*unused*/) {}

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

// libpq repeats a URL it cannot read, and with it a part of the password: such a URL is refused
// here, without repeating anything. A "/" or "@" in a password that is not written as %XX lands
// in the port or in the database name.
Result<Options> read_url(const std::string& url) {
  Options options(PQconninfoParse(url.c_str(), nullptr));
  bool readable = options != nullptr;
  for (const auto* option = options.get(); readable && option->keyword != nullptr; ++option) {
    const std::string_view keyword = option->keyword;
    const std::string_view value = option->val == nullptr ? "" : option->val;
    if (keyword == "port") {
      readable = value.find_first_not_of("0123456789,") == std::string_view::npos;
    } else if (keyword == "dbname" || keyword == "host") {
      readable = value.find('@') == std::string_view::npos;
    }
  }
  if (!readable) {
    return invalid_argument(
        "the PostgreSQL URL cannot be read: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE, "
        "with special characters of the password as %XX");
  }
  return options;
}

PGconn* connect(const PQconninfoOption* option) {
  std::vector<const char*> keywords = {"connect_timeout", "application_name"};
  std::vector<const char*> values = {"10", "thaw"};  // the URL's own come later and win
  for (; option->keyword != nullptr; ++option) {
    if (option->val != nullptr) {
      keywords.push_back(option->keyword);
      values.push_back(option->val);
    }
  }
  keywords.push_back("client_encoding");
  values.push_back("UTF8");
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  return PQconnectdbParams(keywords.data(), values.data(), 0);
}

Error cannot_connect(PGconn* handle) {
  const std::string_view all = PQerrorMessage(handle);
  const std::string words(all.substr(0, all.find('\n')));
  const std::string_view password = PQpass(handle) == nullptr ? "" : PQpass(handle);
  if (words.empty() || (!password.empty() && words.find(password) != std::string::npos)) {
    return unavailable("cannot open the PostgreSQL store: the server did not let us in");
  }
  return unavailable(fmt::format("cannot open the PostgreSQL store: {}", words));
}

}  // namespace

Result<std::shared_ptr<PostgresSession>> PostgresSession::open(const std::string& url) {
  THAW_TRY(const Options options, read_url(url));
  PGconn* handle = connect(options.get());
  std::shared_ptr<PostgresSession> session(new PostgresSession(handle));
  if (PQstatus(handle) != CONNECTION_OK) {
    return cannot_connect(handle);
  }
  if (PQserverVersion(handle) < kOldestServer) {
    return unavailable("the PostgreSQL server is older than version 12");
  }
  const char* encoding = PQparameterStatus(handle, "server_encoding");
  if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
    return unavailable("the PostgreSQL database is not in UTF8: create it with encoding 'UTF8'");
  }
  THAW_CHECK(session->set_up());
  return session;
}

// synchronous_commit off would lose acknowledged commits at a power cut; what is stronger stays.
Result<Done> PostgresSession::set_up() {
  PQsetNoticeProcessor(handle_, ignore_notice, nullptr);
  THAW_CHECK(checked(PQexec(
      handle_, fmt::format("set standard_conforming_strings = on; set extra_float_digits = 1;"
                           "set bytea_output = 'hex'; set client_min_messages = warning;"
                           "set lock_timeout = {};"
                           "select set_config('synchronous_commit', 'on', false)"
                           " where current_setting('synchronous_commit') = 'off'",
                           kLockWaitMs)
                   .c_str())));
  return Done{};
}

Error PostgresSession::failure(const PGresult* result) const {
  if (PQstatus(handle_) == CONNECTION_BAD) {
    return unavailable(transaction_.open()
                           ? "the connection to PostgreSQL was lost; this change was not kept"
                           : "the connection to PostgreSQL was lost; whether a change made without "
                             "a transaction was kept is not known");
  }
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  return postgres_error(state == nullptr ? "" : state, words == nullptr ? "no answer" : words);
}

Result<PostgresResult> PostgresSession::checked(PGresult* raw) {
  PostgresResult result(raw);
  switch (PQresultStatus(raw)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_COPY_IN:
      return result;
    case PGRES_EMPTY_QUERY:
      return transaction_.note(invalid_argument("there is no statement in this text"));
    default:
      return transaction_.note(failure(raw));
  }
}

Result<Done> PostgresSession::ready() {
  THAW_CHECK(transaction_.ready());
  if (PQstatus(handle_) == CONNECTION_OK) {
    return Done{};
  }
  if (transaction_.open()) {
    return transaction_.note(failure(nullptr));
  }
  PQreset(handle_);
  statements_.clear();
  ++generation_;
  if (PQstatus(handle_) != CONNECTION_OK) {
    return cannot_connect(handle_);
  }
  return set_up();
}

Result<PostgresResult> PostgresSession::execute(const std::string& sql) {
  THAW_CHECK(ready());
  THAW_CHECK(send_pending());
  return checked(PQexec(handle_, sql.c_str()));
}

Result<std::shared_ptr<const Prepared>> PostgresSession::prepare(const std::string& sql) {
  THAW_CHECK(ready());
  if (const auto known = statements_.find(sql); known != statements_.end()) {
    return known->second;
  }
  THAW_CHECK(send_pending());
  if (statements_.size() >= kMostStatements) {
    forget_statements();
  }
  const std::string name = fmt::format("thaw{}", ++named_);
  THAW_CHECK(checked(PQprepare(handle_, name.c_str(), sql.c_str(), 0, nullptr)));
  THAW_TRY(const PostgresResult described, checked(PQdescribePrepared(handle_, name.c_str())));
  auto prepared = std::make_shared<Prepared>(Prepared{name, {}, generation_});
  for (int i = 0; i < PQnparams(described.get()); ++i) {
    prepared->parameters.push_back(PQparamtype(described.get(), i));
  }
  statements_.emplace(sql, prepared);
  return {prepared};
}

Result<PostgresResult> PostgresSession::run(const Prepared& prepared, const Arguments& arguments) {
  THAW_CHECK(send_pending());
  return checked(PQexecPrepared(handle_, prepared.name.c_str(),
                                static_cast<int>(arguments.values.size()), arguments.values.data(),
                                arguments.lengths.data(), arguments.formats.data(), 0));
}

Result<Done> PostgresSession::copy(const std::string& sql, const std::string& rows) {
  THAW_CHECK(ready());
  THAW_CHECK(checked(PQexec(handle_, sql.c_str())));
  // A failure of sending is told again, with its reason, by the result.
  if (PQputCopyData(handle_, rows.data(), static_cast<int>(rows.size())) == 1) {
    PQputCopyEnd(handle_, nullptr);
  }
  Result<Done> done = Done{};
  while (PGresult* raw = PQgetResult(handle_)) {
    const bool still_copying = PQresultStatus(raw) == PGRES_COPY_IN;
    if (auto result = checked(raw); !result && done) {
      done = result.error();
    }
    if (still_copying) {
      return transaction_.note(failure(nullptr));
    }
  }
  return done;
}

Result<Done> PostgresSession::send_pending() {
  for (PendingRows* rows : pending_) {
    THAW_CHECK(rows->send());
  }
  return Done{};
}

void PostgresSession::forget_statements() {
  if (!statements_.empty()) {
    PQclear(PQexec(handle_, "deallocate all"));
    statements_.clear();
    ++generation_;
  }
}

Result<Done> PostgresSession::begin() {
  if (transaction_.open()) {
    return transaction_.note(invalid_argument("a transaction is already open"));
  }
  THAW_CHECK(execute("begin isolation level repeatable read"));
  transaction_.begin();
  return Done{};
}

Result<Done> PostgresSession::commit() {
  auto done = ready();
  if (done) {
    done = send_pending();
  }
  if (done) {
    done = commit_sent();
  }
  rollback();  // when it was kept there is nothing to undo
  return done;
}

Result<Done> PostgresSession::commit_sent() {
  const auto committed = checked(PQexec(handle_, "commit"));
  if (!committed && PQstatus(handle_) == CONNECTION_BAD) {
    return unavailable(
        "the connection to PostgreSQL was lost during the commit: whether the change was kept is "
        "not known; look before trying again");
  }
  if (!committed) {
    return committed.error();
  }
  // The server answers the commit of a failed transaction with a rollback, and no error.
  if (std::string_view(PQcmdStatus(committed->get())) != "COMMIT") {
    return postgres_error("25P02", "");
  }
  return Done{};
}

void PostgresSession::rollback() {
  pending_.clear();
  if (PQstatus(handle_) == CONNECTION_OK && PQtransactionStatus(handle_) != PQTRANS_IDLE) {
    PQclear(PQexec(handle_, "rollback"));
  }
  transaction_.end();
}

}  // namespace thaw::db
