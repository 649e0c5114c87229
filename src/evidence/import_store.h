// How far each import is, and the items of it that wait for what they name.
//
// A row of import_progress is written in the transaction of the records it speaks of, so after a
// kill the place and the records agree.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/db.h"

namespace thaw::evidence {

struct ImportPlace {
  std::string id;  // digest of name, size, beginning and format
  std::string file;
  std::string format;
  std::int64_t bytes = 0;
  std::string head_digest;
  std::int64_t records = 0;  // committed
  std::string report;        // JSON, as far as it is
  bool finished = false;
};

Result<std::optional<ImportPlace>> import_place(db::Connection& connection, const std::string& id);
Result<Done> note_import(db::Connection& connection, const ImportPlace& place);

/// An item whose subject, object or source was not known when it was read.
struct DeferredItem {
  std::int64_t number = 0;  // its order in the import, from 1
  std::int64_t line = 0, record = 0;
  std::string item;  // JSON
};

Result<Done> defer_items(db::Connection& connection, const std::string& import_id,
                         const std::vector<DeferredItem>& items);
/// At most `limit` of them with a number above `after`, in order.
Result<std::vector<DeferredItem>> deferred_items(db::Connection& connection,
                                                 const std::string& import_id, std::int64_t after,
                                                 std::int64_t limit);
/// The highest number so far, 0 when there is none.
Result<std::int64_t> last_deferred(db::Connection& connection, const std::string& import_id);
/// Removes those up to `number`.
Result<Done> drop_deferred(db::Connection& connection, const std::string& import_id,
                           std::int64_t number);

}  // namespace thaw::evidence
