// Around a change of the store: what it moved goes into the change log.
//
//   THAW_TRY(const ChangeNote note, ChangeNote::begin(connection));
//   ... write and commit ...
//   THAW_TRY(const bool noted, note.end(connection, parameters, cause, clock));
#pragma once

#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "db/db.h"
#include "evidence/knowledge.h"
#include "evidence/parameters.h"

namespace thaw::evidence {

class ChangeNote {
 public:
  /// A larger store is not compared: two copies of it would have to be in memory.
  static constexpr std::int64_t kMostItems = 50'000;

  /// Reads the state before the change, where it is not too large.
  static Result<ChangeNote> begin(db::Connection& connection);

  /// Compares and logs, in a transaction of its own. False: the store is too large.
  Result<bool> end(db::Connection& connection, const WeightParameters& parameters,
                   const Name& cause, const Clock& clock) const;

 private:
  explicit ChangeNote(std::shared_ptr<const Knowledge> before) : before_(std::move(before)) {}
  std::shared_ptr<const Knowledge> before_;  // null: too large
};

}  // namespace thaw::evidence
