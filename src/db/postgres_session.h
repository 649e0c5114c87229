// One connection to a PostgreSQL server through libpq, and what its error codes mean.
//
// Values go and come as text in the server's own types: it writes and reads every double exactly
// (extra_float_digits 1, shortest form), and a `sum` that is numeric there reads like an integer
// here. Method: PostgreSQL 15 manual, chapters 34 (libpq) and appendix A (error codes).
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "db/rules.h"

namespace thaw::db {

inline constexpr Oid kBoolOid = 16;
inline constexpr Oid kByteaOid = 17;

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

/// Rows on their way into a table that the server has not seen yet.
class PendingRows {
 public:
  virtual ~PendingRows() = default;
  virtual Result<Done> send() = 0;
};

/// A statement that the server knows, as long as its generation is the session's.
struct Prepared {
  std::string name;
  std::vector<Oid> parameters;
  std::uint64_t generation;
};

/// The values of one run in text form (blobs as they are); a null pointer is NULL.
struct Arguments {
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;  // 1 for a blob
};

class PostgresSession {
 public:
  /// Connects. kInvalidArgument: the URL cannot be read. kUnavailable: anything else. No message
  /// tells the password.
  static Result<std::shared_ptr<PostgresSession>> open(const std::string& url);

  PostgresSession(const PostgresSession&) = delete;
  PostgresSession& operator=(const PostgresSession&) = delete;
  ~PostgresSession() { PQfinish(handle_); }

  /// Whether a statement may run. Connects anew, with a new generation, when the server went away
  /// outside a transaction.
  Result<Done> ready();

  /// Runs statements without parameters, after sending the pending rows.
  Result<PostgresResult> execute(const std::string& sql);

  /// Has the server prepare one statement; the same text is prepared only once.
  Result<std::shared_ptr<const Prepared>> prepare(const std::string& sql);

  /// Runs a prepared statement of this generation, after ready() and sending the pending rows.
  Result<PostgresResult> run(const Prepared& prepared, const Arguments& arguments);

  /// Sends `rows` by the COPY statement `sql`.
  Result<Done> copy(const std::string& sql, const std::string& rows);

  Result<Done> begin();
  Result<Done> commit();
  void rollback();

  /// Appenders, in the order they were made: parents before children.
  void add(PendingRows* rows) { pending_.push_back(rows); }
  void remove(PendingRows* rows) { std::erase(pending_, rows); }
  Result<Done> send_pending();

  /// Prepared statements may no longer fit the tables: they are prepared anew when next run.
  void forget_statements();

  std::uint64_t generation() const { return generation_; }
  TransactionState& transaction() { return transaction_; }

 private:
  explicit PostgresSession(PGconn* handle) : handle_(handle) {}

  Result<Done> set_up();
  Result<Done> commit_sent();
  Result<PostgresResult> checked(PGresult* raw);
  Error failure(const PGresult* result) const;

  PGconn* handle_;
  TransactionState transaction_;
  std::vector<PendingRows*> pending_;
  std::unordered_map<std::string, std::shared_ptr<const Prepared>> statements_;
  std::uint64_t generation_ = 0;
  std::uint64_t named_ = 0;  // statement names given so far
};

}  // namespace thaw::db
