// The common SQL dialect of db.h, turned into the words of one engine.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "db/db.h"

namespace thaw::db {

/// `sql` with {blob}, {id} and ?N in the words of `engine`. Strings, quoted names and comments stay
/// as they are. Cost: linear.
std::string to_engine_sql(std::string_view sql, Engine engine);

/// `name` in double quotes. kInvalidArgument unless it is a-z, 0-9 and _, not beginning with 0-9.
Result<std::string> quoted_name(std::string_view name);

}  // namespace thaw::db
