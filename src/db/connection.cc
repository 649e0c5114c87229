#include "db/db.h"
#include "db/engines.h"

namespace thaw::db {

Result<std::unique_ptr<Connection>> Connection::open(std::string_view url) {
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    return open_postgres(std::string(url));
  }
  constexpr std::string_view kSqlitePrefix = "sqlite:";
  if (url.starts_with(kSqlitePrefix)) {
    url.remove_prefix(kSqlitePrefix.size());
  }
  return open_sqlite(std::string(url));
}

Result<Transaction> Transaction::begin(Connection& connection) {
  THAW_CHECK(connection.begin());
  return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
  if (connection_ != nullptr) {
    connection_->rollback();
  }
}

Result<Done> Transaction::commit() {
  if (connection_ == nullptr) {
    return invalid_argument("this transaction has already ended");
  }
  return std::exchange(connection_, nullptr)->commit();
}

}  // namespace thaw::db
