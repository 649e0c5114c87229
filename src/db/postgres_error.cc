#include "db/postgres_error.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace thaw::db {
namespace {

struct Meaning {
  std::string_view state;  // a whole code, or the two characters of its class
  ErrorCode code;
  std::string_view message;  // "{}" stands for the server's words
};

// The first that fits.
constexpr std::array<Meaning, 21> kMeanings = {{
    {"23505", ErrorCode::kConflict, "{}"},
    {"23503", ErrorCode::kConflict, "{}"},
    {"23", ErrorCode::kInvalidArgument, "{}"},
    {"25P02", ErrorCode::kConflict,
     "a statement of this transaction failed, so nothing of it can be kept"},
    {"25006", ErrorCode::kUnavailable, "the store can be read but not written"},
    {"40", ErrorCode::kConflict, "another writer changed the same rows first; try again"},
    {"42501", ErrorCode::kDenied, "{}"},
    {"53100", ErrorCode::kUnavailable,
     "the disk of the PostgreSQL server is full: this change was not kept; free space and try "
     "again"},
    {"53", ErrorCode::kUnavailable, "the PostgreSQL server has no room: {}"},
    {"55P03", ErrorCode::kUnavailable, "the store is in use by another program"},
    {"55006", ErrorCode::kUnavailable, "the store is in use by another program"},
    {"57014", ErrorCode::kUnavailable, "the PostgreSQL server stopped the statement: {}"},
    {"57", ErrorCode::kUnavailable, "the connection to PostgreSQL was lost: {}"},
    {"08", ErrorCode::kUnavailable, "the connection to PostgreSQL was lost: {}"},
    {"28", ErrorCode::kUnavailable, "{}"},
    {"3D", ErrorCode::kUnavailable, "{}"},
    {"54", ErrorCode::kInvalidArgument, "{}"},
    {"58", ErrorCode::kUnavailable, "the PostgreSQL server cannot use its disk: {}"},
    {"F0", ErrorCode::kUnavailable, "{}"},
    {"XX001", ErrorCode::kCorrupt, "the store is damaged: {}"},
    {"XX002", ErrorCode::kCorrupt, "the store is damaged: {}"},
}};

}  // namespace

Error postgres_error(std::string_view sqlstate, std::string words) {
  if (sqlstate.starts_with("22")) {
    // "invalid input syntax for type bigint: "its value"": the value may be about a patient.
    return invalid_argument(words.substr(0, words.find(": \"")));
  }
  const auto* meaning = std::ranges::find_if(
      kMeanings, [&](const Meaning& candidate) { return sqlstate.starts_with(candidate.state); });
  if (meaning == kMeanings.end()) {
    return invalid_argument(std::move(words));
  }
  return {meaning->code, fmt::format(fmt::runtime(meaning->message), words)};
}

}  // namespace thaw::db
