// The draft as it was at the last selection, who holds it, and what kind of selections were made.
//
// `speak_draft` has one row; its revision grows by one with each selection, so a page that knows an
// older one is refused and loses nothing. `selection_log` is append-only and holds no text.
// Contract: tests/contract/speak_store_contract_test.cc, on SQLite and PostgreSQL.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "care/moment.h"
#include "care/selection.h"
#include "db/db.h"

namespace thaw::care {

struct Draft {
  std::int64_t revision = 0;
  std::string holder;    // the page that may change it; empty: nobody yet
  std::string document;  // a JSON object, the page's own
};

/// The draft; revision 0 and "{}" where there is none yet.
Result<Draft> read_draft(db::Connection& connection);

/// Makes `client` the holder; the draft after.
Result<Draft> take_draft(db::Connection& connection, std::string_view client, Moment at);

/// Keeps `document` and the selection that made it, on disk when this returns; the new revision.
/// `revision` is the one that the page knows. kConflict: another page holds the draft, or it moved
/// on; nothing is changed. The same document again, one revision late, is a repeat after a lost
/// answer and gets the revision that it has.
Result<std::int64_t> keep_selection(db::Connection& connection, std::string_view client,
                                    std::int64_t revision, std::string_view document,
                                    const Selection& selection, Moment at);

/// The document kept under `name` ("speak", "board", ...), or "" where there is none.
Result<std::string> read_setting(db::Connection& connection, std::string_view name);
Result<Done> write_setting(db::Connection& connection, std::string_view name,
                           std::string_view document, Moment at);

}  // namespace thaw::care
