// The knowledge that comes with the program, into the store.
//
// Format: docs/formats/evidence.md. An item may name its subject and object by id or by any name
// of the same bundle. What people bring is exchange/import.h.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/db.h"

namespace thaw::evidence {

/// One file bundled with the program.
struct BundledFile {
  std::string_view name;
  std::string_view bytes;
};

/// Loads the bundled files whose content the store has not seen yet. What people changed of an
/// earlier bundle stays as they left it. A refused line is our bug and an error here.
Result<Done> ensure_bundled(db::Connection& connection, const std::vector<BundledFile>& files);

}  // namespace thaw::evidence
