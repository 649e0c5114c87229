// Rows into a PostgreSQL table by COPY, a megabyte at a time.
//
// Between two pieces the connection is free, so that other statements and appenders can work in
// the same transaction. Method: PostgreSQL 15 manual, COPY, text format.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "db/db.h"
#include "db/postgres_session.h"

namespace thaw::db {

/// Adds `value` to `row` so that COPY reads it back: backslash, tab and line ends are escaped.
void add_copy_text(std::string& row, std::string_view value);

/// Errors as Connection::append.
Result<std::unique_ptr<Appender>> append_postgres(std::shared_ptr<PostgresSession> session,
                                                  std::string_view table,
                                                  std::span<const std::string_view> columns);

}  // namespace thaw::db
