// The change log in the database: what moved, when and why, at the level of the derivation.
//
// Append-only. `change_log` has a row for each claim that moved, `change_note` its words and
// opinions, `change_line` the items that came, left or moved. Contract:
// tests/contract/change_store_contract_test.cc, on SQLite and PostgreSQL.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/db.h"
#include "evidence/changes.h"

namespace thaw::evidence {

/// Makes or upgrades the tables; after migrate_evidence.
Result<Done> migrate_changes(db::Connection& connection);

/// Writes what moved from `before` to `after`, inside the caller's Transaction; how many claims.
/// `cause` is for people: "retraction of PMID:…", "import of new.jsonl". `changed_at` is ISO 8601
/// in UTC, "2026-11-25T10:00:00Z". Nothing is written where nothing moved.
Result<std::size_t> record_changes(db::Connection& connection, const Knowledge& before,
                                   const Knowledge& after, const WeightParameters& parameters,
                                   const Name& cause, std::string_view changed_at);

/// How many versions of items the store holds: whether it is small enough to be compared whole.
Result<std::int64_t> item_versions(db::Connection& connection);

struct LoggedChange {
  std::string changed_at;
  Name cause;
  ClaimChange change;
};

struct ChangeQuery {
  std::string since;  // a date or a time as changed_at is written; empty: from the start
  std::string claim;  // empty: any
  std::size_t offset = 0, limit = 50;
};

struct ChangePage {
  std::size_t total = 0;
  std::vector<LoggedChange> changes;  // newest first, then by claim
};

/// kInvalidArgument unless `since` is empty or the beginning of a time as changed_at is written:
/// "2026", "2026-11", "2026-11-25", ... which sorts rightly beside stored times.
Result<Done> check_since(std::string_view since);

Result<ChangePage> list_changes(db::Connection& connection, const ChangeQuery& query);

}  // namespace thaw::evidence
