// A real PostgreSQL server for tests: its own data folder, a free port on the loopback, gone after.
//
// It is started at the first call and stopped and removed when the test program ends, also when
// the program crashes or is killed: a supervisor process waits for that.
#pragma once

#include <string>

#include "base/result.h"

namespace thaw::test {

/// The password in every URL of fresh_postgres_url, to look for in messages.
inline constexpr char kPostgresPassword[] = "quiet-lantern-47";

/// "postgresql://..." of a new, empty database. The one of the call before is dropped.
/// Fails: kNotFound when no initdb is installed (then skip); kUnavailable when the server does not
/// start (then fail).
Result<std::string> fresh_postgres_url();

}  // namespace thaw::test
