// Verdicts in the database: append-only, each signed by its curator and chained to the one before.
//
// A curator's key stays outside the database; the database holds the public half. A row that was
// changed, or one that is missing in the middle of a curator's chain, makes that row and what
// follows invalid: shown, never counted.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/signature.h"
#include "db/db.h"
#include "evidence/assessment.h"
#include "evidence/model.h"

namespace thaw::evidence {

/// Makes or upgrades the tables.
Result<Done> migrate_assessments(db::Connection& connection);

struct Curator {
  std::string name;
  std::string public_key;
  std::string added_at;
};

/// Names a curator by a public key. kConflict when the name is taken by another key.
Result<Done> add_curator(db::Connection& connection, const std::string& name,
                         const std::string& public_key, const Clock& clock);
Result<std::vector<Curator>> read_curators(db::Connection& connection);  // by name

/// Signs and keeps one verdict; what comes back is what was kept. `given` names item, curator,
/// verdict and reason. kNotFound: no such item or curator. kDenied: the key is not the curator's.
Result<Assessment> add_assessment(db::Connection& connection, const SigningKey& key,
                                  Assessment given, const Clock& clock);

/// All verdicts in the order in which they were given, `valid` set as described above.
Result<std::vector<Assessment>> read_assessments(db::Connection& connection);

/// What all verdicts together make of those of `items` that have some.
Result<std::map<std::string, Reading>> read_readings(db::Connection& connection,
                                                     const std::vector<Item>& items);

}  // namespace thaw::evidence
