// A condition on the columns of a table, as a physician would write it in a protocol:
// "age >= 18 and site == 'bulbar' and not (niv == 1)".
//
// Grammar (words in any case): or, and, not, ( ), one of < <= > >= == != between two values,
// "x is missing", "x is not missing"; a value is a number, 'text', a column, or + - * / of numbers.
// A column whose name is no plain word stands in `backticks`. Missing values are unknown, not
// false (Kleene 1952): "unknown or true" is true, "not unknown" is unknown.
// Check: row_condition_test.cc; fuzzed by tests/fuzz/trial_spec_fuzz.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "table/table.h"

namespace thaw::effect {

enum class Truth : std::uint8_t { kFalse = 0, kTrue = 1, kUnknown = 2 };

/// A condition that was read; copies share what was read.
class RowCondition {
 public:
  /// Reads `text`, at most 4,096 bytes and 64 brackets deep. kInvalidArgument shows the place
  /// (byte, from 1) and what could stand there.
  static Result<RowCondition> parse(std::string_view text);

  /// The text it was read from.
  const std::string& text() const { return text_; }

  /// The columns it names, each once, in the order of the text.
  std::vector<std::string> columns() const;

  /// Its truth in every row (rows). Category and text columns compare with 'texts' by == and !=
  /// only, dates not at all. Fails: kNotFound for an absent column; kInvalidArgument for a
  /// comparison of what cannot be compared, or a level that the category does not have.
  /// Cost: O(rows) for each word of the condition.
  Result<std::vector<Truth>> evaluate(const Table& table) const;

  struct Node;

 private:
  std::string text_;
  std::shared_ptr<const Node> root_;
};

}  // namespace thaw::effect
