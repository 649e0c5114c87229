#include "effect/row_condition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "effect/row_condition_node.h"

namespace thaw::effect {
namespace {

using Node = RowCondition::Node;
using Kind = Node::Kind;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// What a node is in every row: numbers (missing NaN), truths (0, 1, NaN), or a column of texts.
struct Value {
  enum class Type : std::uint8_t { kNumbers, kTruths, kTexts, kOneText };
  Type type = Type::kNumbers;
  std::vector<double> values;
  const Column* column = nullptr;
  std::string text;
};

Error wrong(const Node& node, std::string_view what) {
  return invalid_argument(fmt::format("condition, byte {}: {}", node.place, what));
}

class Evaluation {
 public:
  explicit Evaluation(const Table& table) : table_(table) {}

  Result<Value> value(const Node& node) const {  // NOLINT(misc-no-recursion): depth is bounded
    switch (node.kind) {
      case Kind::kNumber:
        return Value{Value::Type::kNumbers, std::vector<double>(table_.rows(), node.number)};
      case Kind::kTruth:
        return Value{Value::Type::kTruths, std::vector<double>(table_.rows(), node.number)};
      case Kind::kText:
        return Value{Value::Type::kOneText, {}, nullptr, node.word};
      case Kind::kColumn:
        return column(node);
      case Kind::kMissing:
        return missing(node);
      case Kind::kArithmetic:
        return arithmetic(node);
      case Kind::kCompare:
        return comparison(node);
      default:
        return connective(node);
    }
  }

  Result<Value> truths(const Node& node) const {  // NOLINT(misc-no-recursion)
    THAW_TRY(Value made, value(node));
    if (made.type != Value::Type::kTruths) {
      return wrong(node, "this is a value, not a condition; compare it with something");
    }
    return made;
  }

 private:
  Result<Value> column(const Node& node) const {
    THAW_TRY(const Column* found, table_.column(node.word));
    if (found->type() == ColumnType::kDate) {
      return wrong(node, fmt::format("column {} is a date; conditions compare numbers and texts",
                                     node.word));
    }
    if (found->type() == ColumnType::kCategory || found->type() == ColumnType::kText) {
      return Value{Value::Type::kTexts, {}, found, {}};
    }
    THAW_TRY(std::vector<double> values, found->numeric());
    const bool truth = found->type() == ColumnType::kBoolean;
    return Value{
        truth ? Value::Type::kTruths : Value::Type::kNumbers, std::move(values), found, {}};
  }

  Result<Value> missing(const Node& node) const {  // NOLINT(misc-no-recursion)
    THAW_TRY(const Value inner, value(*node.children[0]));
    std::vector<double> out(table_.rows(), 0);
    for (std::size_t row = 0; row < out.size(); ++row) {
      const bool absent = inner.column != nullptr
                              ? inner.column->missing(row)
                              : !inner.values.empty() && std::isnan(inner.values[row]);
      out[row] = absent ? 1 : 0;
    }
    return Value{Value::Type::kTruths, std::move(out)};
  }

  Result<Value> numbers(const Node& node) const {  // NOLINT(misc-no-recursion)
    THAW_TRY(Value made, value(node));
    if (made.values.empty() && made.type != Value::Type::kNumbers) {
      return wrong(node, "this is text where a number must stand");
    }
    return made;
  }

  Result<Value> arithmetic(const Node& node) const {  // NOLINT(misc-no-recursion)
    THAW_TRY(Value left, numbers(*node.children[0]));
    left.type = Value::Type::kNumbers;
    left.column = nullptr;
    if (node.children.size() == 1) {
      std::ranges::transform(left.values, left.values.begin(), [](double x) { return -x; });
      return left;
    }
    THAW_TRY(const Value right, numbers(*node.children[1]));
    for (std::size_t row = 0; row < left.values.size(); ++row) {
      double& x = left.values[row];
      const double y = right.values[row];
      switch (node.word[0]) {
        case '+':
          x += y;
          break;
        case '-':
          x -= y;
          break;
        case '*':
          x *= y;
          break;
        default:
          x = y == 0 ? kNaN : x / y;  // unknown: no number is a half of nothing
      }
    }
    return left;
  }

  static Result<Value> compare_texts(const Node& node, const Value& column,
                                     const std::string& text) {
    if (node.word != "==" && node.word != "!=") {
      return wrong(node, "texts are compared by == and != only");
    }
    const Column& own = *column.column;
    const bool category = own.type() == ColumnType::kCategory;
    if (category && std::ranges::find(own.levels(), text) == own.levels().end()) {
      return wrong(node, fmt::format("column {} has no level '{}'", own.name(), text));
    }
    const auto code = category ? std::ranges::find(own.levels(), text) - own.levels().begin() : 0;
    std::vector<double> out(own.size(), kNaN);
    for (std::size_t row = 0; row < out.size(); ++row) {
      if (!own.missing(row)) {
        const bool same = category ? own.codes()[row] == code : own.texts()[row] == text;
        out[row] = same == (node.word == "==") ? 1 : 0;
      }
    }
    return Value{Value::Type::kTruths, std::move(out)};
  }

  static bool holds(const std::string& word, double x, double y) {
    if (word == "==") {
      return x == y;
    }
    if (word == "!=") {
      return x != y;
    }
    if (word[0] == '<') {
      return word.size() == 2 ? x <= y : x < y;
    }
    return word.size() == 2 ? x >= y : x > y;
  }

  Result<Value> comparison(const Node& node) const {  // NOLINT(misc-no-recursion)
    THAW_TRY(Value left, value(*node.children[0]));
    THAW_TRY(Value right, value(*node.children[1]));
    using Type = Value::Type;
    if (left.type == Type::kTexts && right.type == Type::kOneText) {
      return compare_texts(node, left, right.text);
    }
    if (left.type == Type::kOneText && right.type == Type::kTexts) {
      return compare_texts(node, right, left.text);
    }
    const auto is_text = [](const Value& v) {
      return v.type == Type::kTexts || v.type == Type::kOneText;
    };
    if (is_text(left) || is_text(right)) {
      return wrong(node, "a text column is compared with a text in quotes only");
    }
    for (std::size_t row = 0; row < left.values.size(); ++row) {
      const double x = left.values[row];
      const double y = right.values[row];
      left.values[row] = std::isnan(x) || std::isnan(y) ? kNaN : (holds(node.word, x, y) ? 1 : 0);
    }
    left.type = Type::kTruths;
    left.column = nullptr;
    return left;
  }

  Result<Value> connective(const Node& node) const {  // NOLINT(misc-no-recursion)
    THAW_TRY(Value all, truths(*node.children[0]));
    all.column = nullptr;
    if (node.kind == Kind::kNot) {
      std::ranges::transform(all.values, all.values.begin(), [](double x) { return 1 - x; });
      return all;
    }
    const double decides = node.kind == Kind::kAnd ? 0 : 1;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      THAW_TRY(const Value next, truths(*node.children[i]));
      for (std::size_t row = 0; row < all.values.size(); ++row) {
        double& x = all.values[row];
        const double y = next.values[row];
        if (x == decides || y == decides) {
          x = decides;
        } else if (std::isnan(y)) {
          x = y;
        }
      }
    }
    return all;
  }

  const Table& table_;
};

void collect(const Node& node, std::vector<std::string>& names) {  // NOLINT(misc-no-recursion)
  if (node.kind == Kind::kColumn && std::ranges::find(names, node.word) == names.end()) {
    names.push_back(node.word);
  }
  for (const auto& child : node.children) {
    collect(*child, names);
  }
}

}  // namespace

Result<RowCondition> RowCondition::parse(std::string_view text) {
  RowCondition condition;
  condition.text_ = std::string(text);
  THAW_TRY(condition.root_, parse_condition(text));
  return condition;
}

std::vector<std::string> RowCondition::columns() const {
  std::vector<std::string> names;
  collect(*root_, names);
  return names;
}

Result<std::vector<Truth>> RowCondition::evaluate(const Table& table) const {
  THAW_TRY(const Value made, Evaluation(table).truths(*root_));
  std::vector<Truth> out(table.rows(), Truth::kUnknown);
  for (std::size_t row = 0; row < out.size(); ++row) {
    if (!std::isnan(made.values[row])) {
      out[row] = made.values[row] != 0 ? Truth::kTrue : Truth::kFalse;
    }
  }
  return out;
}

}  // namespace thaw::effect
