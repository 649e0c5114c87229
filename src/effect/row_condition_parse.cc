#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/shorten.h"
#include "base/text.h"
#include "effect/row_condition_node.h"

namespace thaw::effect {
namespace {

using Node = RowCondition::Node;
using Kind = Node::Kind;

constexpr std::size_t kBytesMax = 4096;
constexpr int kDepthMax = 64;

bool starts_name(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0;
}
bool continues_name(char c) {
  return starts_name(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.';
}

/// One word of the text: a name, a number, a quoted text, or an operator.
struct Token {
  enum class Kind : std::uint8_t { kEnd, kName, kQuotedName, kNumber, kText, kOperator };
  Kind kind = Kind::kEnd;
  std::string text;
  double number = 0;
  std::size_t place = 0;  // byte, from 1
};

std::string lowered(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<NodePointer> run() {
    THAW_CHECK(advance());
    THAW_TRY(NodePointer root, any_of());
    if (token_.kind != Token::Kind::kEnd) {
      return expected("and, or, a comparison or the end");
    }
    return root;
  }

 private:
  Error expected(std::string_view what) const {
    const std::string found = token_.kind == Token::Kind::kEnd ? std::string("the end")
                                                               : fmt::format("\"{}\"", token_.text);
    return invalid_argument(fmt::format("condition \"{}\", byte {}: expected {}, found {}",
                                        shorten(text_, 120), token_.place, what, found));
  }

  bool is(std::string_view word) const {
    return token_.kind == Token::Kind::kOperator
               ? token_.text == word
               : token_.kind == Token::Kind::kName && lowered(token_.text) == word;
  }

  Result<Done> quoted(char quote, Token::Kind kind) {
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos || end == at_ + 1) {
      token_ = {kind, std::string(text_.substr(at_)), 0, at_ + 1};
      return expected(fmt::format("something between two {}", quote));
    }
    token_ = {kind, std::string(text_.substr(at_ + 1, end - at_ - 1)), 0, at_ + 1};
    at_ = end + 1;
    return Done{};
  }

  Result<Done> number() {
    std::size_t end = at_;
    while (end < text_.size() &&
           (continues_name(text_[end]) || ((text_[end] == '-' || text_[end] == '+') &&
                                           lowered(std::string(1, text_[end - 1])) == "e"))) {
      ++end;
    }
    token_ = {Token::Kind::kNumber, std::string(text_.substr(at_, end - at_)), 0, at_ + 1};
    const auto value = parse_double(token_.text);
    if (!value) {
      return expected("a number");
    }
    token_.number = *value;
    at_ = end;
    return Done{};
  }

  Result<Done> advance() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) {
      ++at_;
    }
    if (at_ == text_.size()) {
      token_ = {Token::Kind::kEnd, "", 0, at_ + 1};
      return Done{};
    }
    const char c = text_[at_];
    if (c == '\'' || c == '"') {
      return quoted(c, Token::Kind::kText);
    }
    if (c == '`') {
      return quoted(c, Token::Kind::kQuotedName);
    }
    if (starts_name(c)) {
      std::size_t end = at_;
      while (end < text_.size() && continues_name(text_[end])) {
        ++end;
      }
      token_ = {Token::Kind::kName, std::string(text_.substr(at_, end - at_)), 0, at_ + 1};
      at_ = end;
      return Done{};
    }
    if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.') {
      return number();
    }
    return operator_word();
  }

  Result<Done> operator_word() {
    for (const std::string_view word :
         {"<=", ">=", "==", "!=", "<", ">", "(", ")", "+", "-", "*", "/"}) {
      if (text_.substr(at_).starts_with(word)) {
        token_ = {Token::Kind::kOperator, std::string(word), 0, at_ + 1};
        at_ += word.size();
        return Done{};
      }
    }
    token_ = {Token::Kind::kOperator, std::string(1, text_[at_]), 0, at_ + 1};
    return expected("a column, a number, 'text', ( or one of < <= > >= == !=");
  }

  static NodePointer node(Kind kind, std::string word, std::size_t place,
                          std::vector<NodePointer> children) {
    auto made = std::make_shared<Node>();
    made->kind = kind;
    made->word = std::move(word);
    made->place = place;
    made->children = std::move(children);
    return made;
  }

  Result<NodePointer> joined(std::string_view word, Kind kind,
                             Result<NodePointer> (Parser::*part)()) {
    THAW_TRY(NodePointer first, (this->*part)());
    std::vector<NodePointer> parts{std::move(first)};
    const std::size_t place = token_.place;
    while (is(word)) {
      THAW_CHECK(advance());
      THAW_TRY(NodePointer next, (this->*part)());
      parts.push_back(std::move(next));
    }
    return parts.size() == 1 ? parts.front() : node(kind, std::string(word), place, parts);
  }

  Result<NodePointer> any_of() { return joined("or", Kind::kOr, &Parser::all_of); }
  Result<NodePointer> all_of() { return joined("and", Kind::kAnd, &Parser::negation); }

  Result<NodePointer> negation() {
    if (!is("not")) {
      return comparison();
    }
    const std::size_t place = token_.place;
    THAW_CHECK(deeper());
    THAW_CHECK(advance());
    THAW_TRY(NodePointer inner, negation());
    --depth_;
    return node(Kind::kNot, "not", place, {std::move(inner)});
  }

  Result<NodePointer> comparison() {
    THAW_TRY(NodePointer left, sum());
    const std::size_t place = token_.place;
    if (is("is")) {
      THAW_CHECK(advance());
      const bool negated = is("not");
      if (negated) {
        THAW_CHECK(advance());
      }
      if (!is("missing")) {
        return expected("missing");
      }
      THAW_CHECK(advance());
      NodePointer missing = node(Kind::kMissing, "is missing", place, {std::move(left)});
      return negated ? node(Kind::kNot, "not", place, {std::move(missing)}) : missing;
    }
    for (const std::string_view word : {"<", "<=", ">", ">=", "==", "!="}) {
      if (token_.kind == Token::Kind::kOperator && token_.text == word) {
        THAW_CHECK(advance());
        THAW_TRY(NodePointer right, sum());
        return node(Kind::kCompare, std::string(word), place, {std::move(left), std::move(right)});
      }
    }
    return left;
  }

  Result<NodePointer> arithmetic(std::string_view one, std::string_view other,
                                 Result<NodePointer> (Parser::*part)()) {
    THAW_TRY(NodePointer left, (this->*part)());
    while (token_.kind == Token::Kind::kOperator && (token_.text == one || token_.text == other)) {
      const Token sign = token_;
      THAW_CHECK(advance());
      THAW_TRY(NodePointer right, (this->*part)());
      if (++operators_ > kOperatorsMax) {
        return expected("fewer operators");
      }
      left = node(Kind::kArithmetic, sign.text, sign.place, {std::move(left), std::move(right)});
    }
    return left;
  }

  Result<NodePointer> sum() { return arithmetic("+", "-", &Parser::product); }
  Result<NodePointer> product() { return arithmetic("*", "/", &Parser::primary); }

  Result<Done> deeper() {
    if (++depth_ > kDepthMax) {
      return expected(fmt::format("at most {} brackets inside each other", kDepthMax));
    }
    return Done{};
  }

  Result<NodePointer> primary() {
    const Token token = token_;
    if (is("(") || is("-")) {
      THAW_CHECK(deeper());
      THAW_CHECK(advance());
      THAW_TRY(NodePointer inner, token.text == "(" ? any_of() : primary());
      --depth_;
      if (token.text == "-") {
        return node(Kind::kArithmetic, "-", token.place, {std::move(inner)});
      }
      if (!is(")")) {
        return expected(")");
      }
      THAW_CHECK(advance());
      return inner;
    }
    return leaf(token);
  }

  Result<NodePointer> leaf(const Token& token) {
    auto made = std::make_shared<Node>();
    made->word = token.text;
    made->number = token.number;
    made->place = token.place;
    switch (token.kind) {
      case Token::Kind::kNumber:
        made->kind = Kind::kNumber;
        break;
      case Token::Kind::kText:
        made->kind = Kind::kText;
        break;
      case Token::Kind::kQuotedName:
        made->kind = Kind::kColumn;
        break;
      case Token::Kind::kName:
        if (is("and") || is("or") || is("is") || is("missing")) {
          return expected("a column, a number or 'text'");
        }
        made->kind = is("true") || is("false") ? Kind::kTruth : Kind::kColumn;
        made->number = is("true") ? 1 : 0;
        break;
      default:
        return expected("a column, a number or 'text'");
    }
    THAW_CHECK(advance());
    return NodePointer(made);
  }

  static constexpr int kOperatorsMax = 200;
  std::string_view text_;
  std::size_t at_ = 0;
  Token token_;
  int depth_ = 0;
  int operators_ = 0;
};

}  // namespace

Result<NodePointer> parse_condition(std::string_view text) {
  if (text.size() > kBytesMax) {
    return invalid_argument(
        fmt::format("a condition of {} bytes is too long; at most {}", text.size(), kBytesMax));
  }
  if (first_invalid_utf8(text)) {
    return invalid_argument("a condition is not valid UTF-8");
  }
  return Parser(text).run();
}

}  // namespace thaw::effect
