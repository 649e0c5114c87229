// Evidence from outside: our own JSON lines, read strictly, written in one transaction.
//
// Format: docs/formats/evidence.md: each line is {"concept":{...}}, {"source":{...}} or
// {"item":{...}}; an item may name its subject and object by id or by any known name.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/db.h"
#include "evidence/evidence_store.h"

namespace thaw::evidence {

struct RefusedLine {
  std::size_t line;  // counted from 1
  std::string reason;
};

struct ImportReport {
  std::string file;
  std::size_t lines_read = 0;
  std::size_t kept = 0;  // added, changed or unchanged
  WriteCounts written;
  std::vector<RefusedLine> refused;
};

/// Reads `bytes` and writes what is right, all or nothing on a database error; the report lists
/// every refused line with its reason. An item from a synthetic registry is always refused: it may
/// be shown beside a weight, never in it. kInvalidArgument when not one line could be kept.
Result<ImportReport> import_evidence(db::Connection& connection, std::string_view bytes,
                                     std::string_view file);

/// One file bundled with the program.
struct BundledFile {
  std::string_view name;
  std::string_view bytes;
};

/// Loads the bundled files whose content the store has not seen yet. What people changed of an
/// earlier bundle stays as they left it. A refused line is our bug and an error here.
Result<Done> ensure_bundled(db::Connection& connection, const std::vector<BundledFile>& files);

}  // namespace thaw::evidence
