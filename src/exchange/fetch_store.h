// How far each fetch is, so that an interrupted one goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "db/db.h"
#include "exchange/fetch.h"

namespace thaw::exchange {

/// The place of one fetch in its service. No key is in it.
struct FetchPlace {
  std::string id;       // digest of service, address, query and maximum
  std::string service;  // "pubmed", "trials"
  std::string query;
  std::string handle;  // what the service wants to hear to go on: history server, page token
  std::size_t found = 0, wanted = 0, done = 0;
  bool finished = false;
  std::int64_t touched_at = 0;  // seconds since 1970, UTC
};

/// The id under which a fetch of these options is kept.
std::string fetch_id(std::string_view service, const FetchOptions& options);

/// Makes or upgrades the table.
Result<Done> migrate_fetch(db::Connection& connection);

/// The place of an unfinished fetch, not older than `seconds_max`; nothing when there is none.
Result<std::optional<FetchPlace>> unfinished_fetch(db::Connection& connection, std::string_view id,
                                                   const Clock& clock, std::int64_t seconds_max);

/// Notes the place. Inside the caller's Transaction, or by itself.
Result<Done> note_fetch(db::Connection& connection, FetchPlace place, const Clock& clock);

/// Writes what a page became and the place after it, in one transaction.
Result<Done> keep_page(db::Connection& connection, std::vector<std::pair<Place, Batch>> page,
                       const FetchPlace& after, const Clock& clock, ImportReport& report);

}  // namespace thaw::exchange
