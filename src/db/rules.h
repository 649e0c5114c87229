// What both engines hold to, so that code tried on one behaves the same on the other.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "base/text.h"

namespace thaw::db {

/// How long a statement waits for another writer.
inline constexpr int kLockWaitMs = 30'000;

/// Whether a transaction is open, and whether it may still commit.
class TransactionState {
 public:
  bool open() const { return open_; }
  bool failed() const { return failed_; }
  std::uint64_t number() const { return number_; }  // how many were begun
  void begin() {
    open_ = true;
    ++number_;
  }
  void end() { open_ = failed_ = false; }

  /// `error`, and an open transaction can no longer commit.
  Error note(Error error) {
    failed_ = failed_ || open_;
    return error;
  }

  /// Whether a statement may run.
  Result<Done> ready() const {
    if (failed_) {
      return conflict("a statement of this transaction failed, so nothing of it can be kept");
    }
    return Done{};
  }

 private:
  bool open_ = false;
  bool failed_ = false;
  std::uint64_t number_ = 0;
};

/// Why a value cannot be kept by one of the engines, or nothing. The value itself is not told: it
/// may be about a patient.
inline std::optional<Error> refusal(double value) {
  if (std::isnan(value)) {
    return invalid_argument("a number to store is NaN; store NULL for what is not known");
  }
  return std::nullopt;
}
inline std::optional<Error> refusal(std::string_view value) {
  if (value.find('\0') != std::string_view::npos) {
    return invalid_argument("a text to store holds a zero byte");
  }
  if (first_invalid_utf8(value)) {
    return invalid_argument("a text to store is not valid UTF-8");
  }
  return std::nullopt;
}

/// `value` as both engines keep it: SQLite has no -0.0.
inline double as_stored(double value) {
  return value + 0.0;
}

}  // namespace thaw::db
