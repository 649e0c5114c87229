// Evidence in the database: everything DESIGN calls a record, kept append-only.
//
// An item's row is never changed: a correction is a row of the next version, and the highest
// version is the current one. `record` holds the whole item (docs/formats/evidence.md); the other
// columns repeat parts of it for SQL. Every version of a concept or source stays in record_history.
// Writing is record_store.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "evidence/knowledge.h"
#include "evidence/record_store.h"

namespace thaw::evidence {

/// Makes or upgrades the tables. kConflict when the store is newer than this program.
Result<Done> migrate_evidence(db::Connection& connection);

/// The current concepts and sources, by id.
Result<std::vector<Concept>> load_concepts(db::Connection& connection);
Result<std::vector<Source>> load_sources(db::Connection& connection);

/// All current records, joined. kCorrupt when a stored record cannot be read.
Result<Knowledge> load_knowledge(db::Connection& connection);

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
