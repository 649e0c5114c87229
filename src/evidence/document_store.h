// Documents in the database: kept whole, found by any of their ids, listed and counted.
//
// Only the newest version of a document is kept; what was read from an older one carries its
// quotation with it. The text is public literature or a person's own file, never a patient record.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "evidence/document.h"
#include "evidence/evidence_store.h"

namespace thaw::evidence {

/// Adds documents that are new and replaces those that differ. Inside the caller's Transaction.
Result<WriteCounts> write_documents(db::Connection& connection,
                                    const std::vector<Document>& documents);

/// The document with this id, or the one that says it is the same paper. kNotFound says so.
Result<Document> find_document(db::Connection& connection, std::string_view id);

Result<std::size_t> count_documents(db::Connection& connection);

/// A line of a list.
struct DocumentLine {
  std::string id, title, journal, language;
  std::optional<int> year;
};

/// At most `limit` documents after the first `offset`, by id in bytes.
Result<std::vector<DocumentLine>> list_documents(db::Connection& connection, std::size_t offset,
                                                 std::size_t limit);

/// At most `limit` whole documents whose id follows `after` ("": from the first), by id in bytes:
/// for going through all of them in bounded memory.
Result<std::vector<Document>> documents_after(db::Connection& connection, std::string_view after,
                                              std::size_t limit);

}  // namespace thaw::evidence
