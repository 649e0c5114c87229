// The registry's tables in a database, the only place in registry/ that knows SQL.
//
// Schema: docs/formats/registry.md. The large tables have person_id first in their primary key.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/result.h"
#include "db/db.h"
#include "registry/registry_data.h"

namespace thaw::registry {

/// What to do with a person whose code the store has: refuse, or add the rows to theirs.
enum class KnownPerson { kRefuse, kExtend };

struct StoreCounts {
  std::int64_t people = 0;
  std::int64_t reports = 0;
  std::int64_t vital_capacities = 0;
  std::int64_t treatments = 0;
  std::int64_t events = 0;

  friend bool operator==(const StoreCounts&, const StoreCounts&) = default;
};

class RegistryStore {
 public:
  /// Brings the tables up to date and opens them. `connection` must outlive the store.
  /// kConflict when the store is newer than this program.
  static Result<RegistryStore> open(db::Connection& connection);

  /// What this registry is; nothing before the first people are added.
  Result<std::optional<Manifest>> manifest() const;

  /// Adds `data.people` in one transaction: all or none. The first call decides the kind of the
  /// registry and writes its manifest; later ones move `as_of` forward.
  /// kConflict: the store holds the other kind (real and synthetic people never share a store;
  /// there is no override); a person's code is there already. kInvalidArgument: a history that
  /// cannot have happened, naming the person. With kExtend the rows of a known person are added to
  /// theirs (the person's own fields stay) and the whole is checked. Returns what was added.
  Result<StoreCounts> add(const RegistryData& data, KnownPerson known = KnownPerson::kRefuse);

  /// Everybody, in the order they were added. kNotFound when there is no registry yet.
  Result<RegistryData> read_all() const;

  Result<StoreCounts> counts() const;

 private:
  explicit RegistryStore(db::Connection& connection) : connection_(&connection) {}

  db::Connection* connection_;
};

}  // namespace thaw::registry
