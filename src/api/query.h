// The target of a request taken apart: path and query, strictly percent-decoded (RFC 3986).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace thaw::api {

/// `text` with each %XX turned into its byte; '+' becomes a space when `form` is kPlusIsSpace.
/// kInvalidArgument: a '%' without two hexadecimal digits, a control character, or bytes that are
/// not UTF-8 after decoding.
enum class PlusSign { kPlusIsSpace, kPlusIsPlus };
Result<std::string> percent_decode(std::string_view text, PlusSign form);

/// `text` with every byte but unreserved ones (letters, digits, "-._~") as %XX.
std::string percent_encode(std::string_view text);

/// The decoded parameters of a request. A key stands at most once.
class Query {
 public:
  static constexpr std::size_t kParametersMax = 32;
  static constexpr std::size_t kCharactersMax = 200;  // of one key or value, in code points

  /// Reads "a=1&b=2". kInvalidArgument names the parameter: twice the same key, an empty key,
  /// more than kParametersMax, or text that percent_decode refuses.
  static Result<Query> parse(std::string_view text);

  /// Fine when every key is one of `declared`, and no key or value is over kCharactersMax.
  /// kInvalidArgument names the parameter that is not, and those that are.
  Result<Done> check_declared(const std::vector<std::string>& declared) const;

  /// The value of `key`, or nothing when it is absent or empty.
  std::optional<std::string> text(std::string_view key) const;

  /// As text(), and kInvalidArgument when it is absent.
  Result<std::string> required(std::string_view key) const;

  /// The number of `key`, or `otherwise` when absent. kInvalidArgument names the key and the range
  /// when it is not a number in [low, high].
  Result<std::int64_t> integer(std::string_view key, std::int64_t otherwise, std::int64_t low,
                               std::int64_t high) const;
  Result<double> real(std::string_view key, double otherwise, double low, double high) const;
  Result<std::optional<std::int64_t>> optional_integer(std::string_view key, std::int64_t low,
                                                       std::int64_t high) const;

  /// Sorted by key, percent-encoded, without empty values: equal for requests that ask the same.
  std::string canonical() const;

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;  // sorted by key
};

struct Target {
  std::string path;  // decoded, starts with '/', no "." or ".." part, no "//"
  Query query;
};

/// Takes "/claim?subject=AMX0035" apart. kInvalidArgument as above, or when it is not a path.
Result<Target> parse_target(std::string_view target);

}  // namespace thaw::api
