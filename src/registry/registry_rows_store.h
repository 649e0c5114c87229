// Rows of the registry's tables to and from histories, for registry_store.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "db/db.h"
#include "registry/registry_store.h"

namespace thaw::registry {

/// One person's rows to be written: all of `history`, or only those beyond what is stored.
struct NewRows {
  std::int64_t person_id;
  const History* history;
  bool new_person;
  std::int64_t first_number;  // of every row table: above any number the person has
};

/// Appends the rows of `people` to the five tables. Inside a transaction.
Result<StoreCounts> append_rows(db::Connection& connection, std::span<const NewRows> people);

struct StoredPeople {
  std::vector<std::int64_t> ids;  // rising
  std::vector<History> people;    // of the same index; rows in order of date
  std::vector<std::int64_t> last_number;
};

/// Everybody. kCorrupt when a row cannot be read back.
Result<StoredPeople> read_rows(db::Connection& connection);

}  // namespace thaw::registry
