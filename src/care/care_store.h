// Reminders, where they stand, and everything that happened in care, in the database.
//
// `care_event` is append-only: done, snoozed, missed, escalated, seen, and calls from their
// beginning to their end. Contract: tests/contract/care_store_contract_test.cc.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "care/call_board.h"
#include "care/care_board.h"
#include "care/care_event.h"
#include "db/db.h"

namespace thaw::care {

/// What a CareBoard and a CallBoard go on from.
struct CareState {
  std::vector<Tracked> tracked;
  std::vector<Missed> missed;  // not seen yet, oldest first
  std::optional<Call> call;    // that was on
  Moment alive = 0;
  Moment newest = 0;  // time of the newest event, 0: none
};

/// Reads it; a store without reminders gets the default ones first, counted from `now`.
Result<CareState> open_care(db::Connection& connection, const Zone& zone, Moment now);

/// Adds events and keeps where `tracked` stand, in one transaction, on disk when this returns. An
/// event that is there already is left as it is. Every `tracked` keeps its place or goes last.
Result<Done> keep_care(db::Connection& connection, std::span<const CareEvent> events,
                       std::span<const Tracked> tracked);

/// The reminder is gone from the board; its events stay.
Result<Done> remove_reminder(db::Connection& connection, std::string_view id);

/// That the program was running at `now`.
Result<Done> keep_alive(db::Connection& connection, Moment now);

/// Every event from `since` on, in the order in which they were written.
Result<std::vector<CareEvent>> read_events(db::Connection& connection, Moment since);

}  // namespace thaw::care
