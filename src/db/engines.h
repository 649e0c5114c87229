// The two engines behind Connection::open.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "db/db.h"

namespace thaw::db {

/// The file at `path`, made if absent. Errors as Connection::open.
Result<std::unique_ptr<Connection>> open_sqlite(const std::string& path);

/// The server and database that `url` names. Errors as Connection::open; none tells the password.
Result<std::unique_ptr<Connection>> open_postgres(const std::string& url);

}  // namespace thaw::db
