// The tables of what a person says and of the care around them, in the common dialect of db.h.
#pragma once

#include "base/result.h"
#include "db/db.h"

namespace thaw::care {

/// Makes or upgrades the tables.
Result<Done> migrate_care(db::Connection& connection);

/// Sets a connection up for short waits: a statement gives up on another writer after 3 s instead
/// of 30, and on SQLite what is deleted is overwritten.
Result<Done> tune_for_speaking(db::Connection& connection);

}  // namespace thaw::care
