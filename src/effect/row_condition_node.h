// The tree that row_condition_parse.cc reads and row_condition.cc evaluates.
#pragma once

#include "effect/row_condition.h"

namespace thaw::effect {

struct RowCondition::Node {
  enum class Kind : std::uint8_t {
    kOr,
    kAnd,
    kNot,
    kCompare,  // `word` is the operator
    kMissing,
    kNumber,
    kText,
    kTruth,  // true or false: `number` is 1 or 0
    kColumn,
    kArithmetic,  // `word` is the operator; one child: its negative
  };
  Kind kind;
  std::string word;  // operator, text or column name
  double number = 0;
  std::size_t place = 0;  // byte of the text, from 1
  std::vector<std::shared_ptr<const Node>> children;
};

using NodePointer = std::shared_ptr<const RowCondition::Node>;

/// The tree of `text`. Fails as RowCondition::parse.
Result<NodePointer> parse_condition(std::string_view text);

}  // namespace thaw::effect
