// Full-text search over documents, evidence items ("claims") and concepts, in Chinese and English.
//
// SQLite: FTS5 over pre-cut terms; PostgreSQL: a tsvector with a GIN index, from the same terms.
// Triggers note in `search_changed` what was written, in the writer's own transaction; whoever
// writes much calls index_changes() before its commit, and every search indexes what is still
// noted, so that an answer is never older than the records. Ranked by bm25 on SQLite and by cover
// density on PostgreSQL: the order of near hits may differ between them, the hits may not.
// Checked on both by tests/contract/search_contract_test.cc; measured by bench/search_bench.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/db.h"
#include "evidence/model.h"
#include "evidence/search_terms.h"

namespace thaw::evidence {

enum class SearchPart { kDocuments, kClaims, kConcepts };

/// "documents", "claims", "concepts".
std::string_view to_string(SearchPart part);

/// kInvalidArgument for another word.
Result<SearchPart> search_part(std::string_view word);

/// Makes or upgrades the tables; after those of the evidence. What is already there is noted as
/// changed. kConflict when the store is newer than this program.
Result<Done> migrate_search(db::Connection& connection);

/// Indexes everything that is noted as changed, inside the caller's Transaction. Records indexed.
Result<std::size_t> index_changes(db::Connection& connection);

/// The same in a Transaction of its own; does nothing when nothing has changed.
Result<std::size_t> refresh_search(db::Connection& connection);

struct SearchHit {
  std::string id;    // of the document, the item or the concept
  Name title;        // a document has one title for both
  double score = 0;  // more is better; comparable within one answer only
  Snippet snippet;
  std::string kind;             // of a concept; the language of a document; the sign of an item
  std::string subject, object;  // concept ids of an item
};

struct SearchAnswer {
  SearchPart part = SearchPart::kDocuments;
  std::size_t total = 0;  // all hits, not only those listed
  std::vector<SearchHit> hits;
};

/// At most `limit` hits after the first `offset`, best first. kInvalidArgument when the query
/// holds nothing to look for. Call refresh_search() before.
Result<SearchAnswer> search(db::Connection& connection, SearchPart part, std::string_view query,
                            std::size_t limit, std::size_t offset = 0);

}  // namespace thaw::evidence
