// Evidence in the database: everything DESIGN calls a record, kept append-only.
//
// An item's row is never changed: a correction is a row of the next version, and the highest
// version is the current one. `record` holds the whole item (docs/formats/evidence.md); the other
// columns repeat parts of it for SQL. Every version of a concept or source stays in record_history.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "evidence/knowledge.h"

namespace thaw::evidence {

/// Makes or upgrades the tables. kConflict when the store is newer than this program.
Result<Done> migrate_evidence(db::Connection& connection);

/// All current records, joined. kCorrupt when a stored record cannot be read.
Result<Knowledge> load_knowledge(db::Connection& connection);

/// What a write did.
struct WriteCounts {
  std::size_t added = 0, changed = 0, unchanged = 0;
};

/// Adds concepts, sources and items that are new and new versions of those that differ. Inside the
/// caller's Transaction.
Result<WriteCounts> write_records(db::Connection& connection, const std::vector<Concept>& concepts,
                                  const std::vector<Source>& sources,
                                  const std::vector<Item>& items);

/// For a newer bundle over a store in use: removes from the lists every record that people changed
/// since the bundle before brought it (a retraction noted, a figure corrected): theirs stays. Notes
/// what this bundle brings. Inside the caller's Transaction.
Result<Done> leave_what_people_changed(db::Connection& connection, std::vector<Concept>& concepts,
                                       std::vector<Source>& sources, std::vector<Item>& items);

/// The digest under which `name` was last loaded, "" when never; and noting it.
Result<std::string> loaded_digest(db::Connection& connection, std::string_view name);
Result<Done> note_loaded(db::Connection& connection, std::string_view name,
                         std::string_view digest);

}  // namespace thaw::evidence
