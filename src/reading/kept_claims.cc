#include "reading/kept_claims.h"

#include <algorithm>

#include "evidence/evidence_store.h"
#include "reading/claim_item.h"

namespace thaw::reading {

void collect(const Reading& reading, const evidence::Document& document,
             const evidence::Knowledge& knowledge, Kept& kept) {
  bool any = false;
  for (const ReadClaim& claim : reading.claims) {
    const auto item = item_of(claim, document, reading.reader);
    const bool known = item && knowledge.find_concept(item->subject) != nullptr &&
                       knowledge.find_concept(item->object) != nullptr;
    if (!known) {
      kept.refused.push_back(
          {item ? "an end is only in a name table, not among the concepts" : item.error().message,
           claim.subject.surface + " / " + claim.object.surface});
      continue;
    }
    any = true;
    const auto same = std::ranges::find(kept.items, item->id, &evidence::Item::id);
    if (same == kept.items.end()) {
      kept.items.push_back(*item);
    } else if (item->faithful > same->faithful) {
      *same = *item;
    }
  }
  if (any && knowledge.find_source(document.id) == nullptr) {
    kept.sources.push_back(source_of(document));
  }
}

Result<evidence::WriteCounts> write_kept(db::Connection& connection, const Kept& kept) {
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_TRY(const auto counts, evidence::write_records(connection, {}, kept.sources, kept.items));
  THAW_CHECK(transaction.commit());
  return counts;
}

}  // namespace thaw::reading
