// What the error codes of PostgreSQL mean to a caller, in words without values of the tables.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace thaw::db {

/// `sqlstate` is the five characters of appendix A of the PostgreSQL manual, `words` the server's
/// primary message.
Error postgres_error(std::string_view sqlstate, std::string words);

}  // namespace thaw::db
