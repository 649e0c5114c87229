// Result<T>: what a function that can fail returns. Errors are values; our code does not throw.
//
// Not <expected>: C++23 only in g++ 12, and clang-tidy 14 cannot parse it.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace thaw {

/// Kinds of failure a caller can act on. api/ maps each to a status code, cli/ to an exit code.
enum class ErrorCode { kInvalidArgument, kNotFound, kConflict, kDenied, kUnavailable, kCorrupt };

struct Error {
  ErrorCode code;
  std::string message;  // For a person: what was wrong, and the value that was.
};

/// A T or an Error. Reading the one it does not hold is a bug: it throws and no one catches it.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return std::holds_alternative<T>(state_); }
  const T& value() const& { return std::get<T>(state_); }
  T& value() & { return std::get<T>(state_); }
  T value() && { return std::get<T>(std::move(state_)); }  // A copy: nothing left to dangle.
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }
  const Error& error() const { return std::get<Error>(state_); }

 private:
  std::variant<T, Error> state_;
};

struct Done {};  // Result<Done>: succeeds with nothing to say.

inline Error invalid_argument(std::string message) {
  return {ErrorCode::kInvalidArgument, std::move(message)};
}
inline Error not_found(std::string message) {
  return {ErrorCode::kNotFound, std::move(message)};
}
inline Error conflict(std::string message) {
  return {ErrorCode::kConflict, std::move(message)};
}
inline Error denied(std::string message) {
  return {ErrorCode::kDenied, std::move(message)};
}
inline Error unavailable(std::string message) {
  return {ErrorCode::kUnavailable, std::move(message)};
}
inline Error corrupt(std::string message) {
  return {ErrorCode::kCorrupt, std::move(message)};
}

}  // namespace thaw

// NOLINTBEGIN(bugprone-macro-parentheses): a declaration cannot stand in parentheses.
/// THAW_TRY(auto x, f()); gives x the value of f(), or returns f()'s error from this function.
#define THAW_TRY(declaration, expression) THAW_TRY_1(declaration, expression, __LINE__)
#define THAW_TRY_1(declaration, expression, line) THAW_TRY_2(declaration, expression, line)
#define THAW_TRY_2(declaration, expression, line) \
  auto thaw_result_##line = (expression);         \
  if (!thaw_result_##line) {                      \
    return thaw_result_##line.error();            \
  }                                               \
  declaration = std::move(thaw_result_##line).value()

/// THAW_CHECK(f()); returns f()'s error from this function, and drops its value.
#define THAW_CHECK(expression)                                     \
  if (auto thaw_check_result = (expression); !thaw_check_result) { \
    return thaw_check_result.error();                              \
  }
// NOLINTEND(bugprone-macro-parentheses)
