// What the person changed of the phrase pages. Contract:
// tests/contract/speak_store_contract_test.cc
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "care/phrases.h"
#include "db/db.h"

namespace thaw::care {

inline constexpr std::size_t kPhraseChangesMax = 1000;

/// Keeps `change` in place of an earlier one of its id. kConflict over kPhraseChangesMax.
Result<Done> keep_phrase(db::Connection& connection, const PhraseChange& change);

/// In the order in which they apply: by page, place and id.
Result<std::vector<PhraseChange>> phrase_changes(db::Connection& connection);

}  // namespace thaw::care
