// Claims that were read, on their way into the store as items.
#pragma once

#include <vector>

#include "db/db.h"
#include "evidence/knowledge.h"
#include "evidence/record_store.h"
#include "reading/reading.h"

namespace thaw::reading {

/// What is to be written, and what cannot be.
struct Kept {
  std::vector<evidence::Source> sources;
  std::vector<evidence::Item> items;
  std::vector<Refusal> refused;
};

/// Adds the claims of `reading` to `kept`: one claim of one document is one item, with its surest
/// sentence. Refused: what item_of refuses, and ends that are no concepts of `knowledge`.
void collect(const Reading& reading, const evidence::Document& document,
             const evidence::Knowledge& knowledge, Kept& kept);

/// Writes them in one transaction; what is there already stays as people left it.
Result<evidence::WriteCounts> write_kept(db::Connection& connection, const Kept& kept);

}  // namespace thaw::reading
