#include "evidence/change_note.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "evidence/change_store.h"
#include "evidence/evidence_store.h"

namespace thaw::evidence {

Result<ChangeNote> ChangeNote::begin(db::Connection& connection) {
  THAW_TRY(const std::int64_t items, item_versions(connection));
  if (items > kMostItems) {
    return ChangeNote(nullptr);
  }
  THAW_TRY(auto before, load_knowledge(connection));
  return ChangeNote(std::make_shared<const Knowledge>(std::move(before)));
}

Result<bool> ChangeNote::end(db::Connection& connection, const WeightParameters& parameters,
                             const Name& cause, const Clock& clock) const {
  THAW_TRY(const std::int64_t items, item_versions(connection));
  if (before_ == nullptr || items > kMostItems) {
    return false;
  }
  THAW_TRY(const auto after, load_knowledge(connection));
  if (after.digest() == before_->digest()) {
    return true;
  }
  const auto now = std::chrono::time_point_cast<std::chrono::seconds>(clock.now());
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_CHECK(record_changes(connection, *before_, after, parameters, cause,
                            fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now))));
  THAW_CHECK(transaction.commit());
  return true;
}

}  // namespace thaw::evidence
