#include "effect/graph_text.h"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "base/shorten.h"
#include "base/text.h"

namespace thaw::effect {

using graph::Mark;

namespace {

constexpr int kDeepest = 20;
constexpr std::size_t kLargestGroup = 1000;

struct Token {
  enum class Kind { kEnd, kWord, kQuoted, kEdge, kSign };
  Kind kind = Kind::kEnd;
  std::string text;  // a sign is one of { } [ ] ; , =
  Mark left = Mark::kNone, right = Mark::kNone;
  std::size_t line = 1;
};

bool word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
}

/// Longest first, so that "<->" is not read as "<-".
struct EdgeWord {
  std::string_view text;
  Mark left, right;
};
constexpr EdgeWord kEdges[] = {
    {"<->", Mark::kArrow, Mark::kArrow},  {"@-@", Mark::kCircle, Mark::kCircle},
    {"@->", Mark::kCircle, Mark::kArrow}, {"<-@", Mark::kArrow, Mark::kCircle},
    {"@--", Mark::kCircle, Mark::kTail},  {"--@", Mark::kTail, Mark::kCircle},
    {"->", Mark::kTail, Mark::kArrow},    {"<-", Mark::kArrow, Mark::kTail},
    {"--", Mark::kTail, Mark::kTail},
};

class Scanner {
 public:
  Scanner(std::string_view text, const GraphDraft& draft) : text_(text), draft_(draft) {}

  Result<Token> next() {
    THAW_CHECK(skip());
    Token token;
    token.line = line_;
    if (at_ == text_.size()) {
      return token;
    }
    const std::string_view rest = text_.substr(at_);
    if (rest[0] == '"') {
      return quoted();
    }
    for (const EdgeWord& edge : kEdges) {
      if (rest.starts_with(edge.text)) {
        token = {Token::Kind::kEdge, std::string(edge.text), edge.left, edge.right, line_};
        at_ += edge.text.size();
        return token;
      }
    }
    if (std::string_view("{}[];,=:").find(rest[0]) != std::string_view::npos) {
      token = {Token::Kind::kSign, std::string(1, rest[0]), Mark::kNone, Mark::kNone, line_};
      ++at_;
      return token;
    }
    std::size_t length = 0;
    while (length < rest.size() &&
           (word_byte(rest[length]) || (rest[length] == '-' && number(rest)))) {
      ++length;
    }
    if (length == 0) {
      return draft_.error(line_, fmt::format("\"{}\" cannot be read here", shorten(rest, 12)));
    }
    token = {Token::Kind::kWord, std::string(rest.substr(0, length)), Mark::kNone, Mark::kNone,
             line_};
    at_ += length;
    return token;
  }

 private:
  /// A minus stands only before a digit, in a position without quotes.
  static bool number(std::string_view rest) {
    return rest.size() > 1 && rest[0] == '-' && rest[1] >= '0' && rest[1] <= '9';
  }

  Result<Done> skip() {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      if (rest[0] == '\n') {
        ++line_;
        ++at_;
      } else if (rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\r') {
        ++at_;
      } else if (rest.starts_with("//") || rest[0] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest.starts_with("/*")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) {
          return draft_.error(line_, "a comment that begins with /* does not end");
        }
        for (; at_ < end + 2; ++at_) {
          line_ += text_[at_] == '\n' ? 1 : 0;
        }
      } else {
        break;
      }
    }
    return Done{};
  }

  Result<Token> quoted() {
    Token token{Token::Kind::kQuoted, "", Mark::kNone, Mark::kNone, line_};
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size() &&
          (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\')) {
        ++at_;
      }
      line_ += text_[at_] == '\n' ? 1 : 0;
      token.text += text_[at_];
    }
    if (at_ == text_.size()) {
      return draft_.error(token.line, "a name that begins with a quote does not end");
    }
    ++at_;
    return token;
  }

  std::string_view text_;
  const GraphDraft& draft_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

using Attributes = std::map<std::string, std::string>;

class Parser {
 public:
  Parser(std::string_view text, const std::string& source)
      : draft_(source), scanner_(text, draft_) {}

  Result<CausalGraph> run() {
    THAW_CHECK(advance());
    THAW_CHECK(header());
    THAW_CHECK(statements(0, nullptr));
    if (token_.kind != Token::Kind::kEnd) {
      return fail("more text behind the graph's closing }");
    }
    return draft_.finish();
  }

 private:
  Error fail(std::string_view what) const { return draft_.error(token_.line, what); }
  bool is(std::string_view sign) const {
    return token_.kind == Token::Kind::kSign && token_.text == sign;
  }
  bool is_name() const {
    return token_.kind == Token::Kind::kWord || token_.kind == Token::Kind::kQuoted;
  }
  Result<Done> advance() {
    THAW_TRY(token_, scanner_.next());
    return Done{};
  }

  Result<Done> header() {
    if (token_.kind == Token::Kind::kWord && token_.text == "strict") {
      THAW_CHECK(advance());
    }
    if (token_.kind == Token::Kind::kWord) {
      const std::string word = token_.text;
      if (const auto kind = parse_graph_kind(word)) {
        draft_.set_kind(*kind);
      } else if (word == "digraph" || word == "graph") {
        dot_ = true;
      } else {
        return fail(
            fmt::format("a graph begins with dag, pdag, mag, pag, digraph or graph, not \"{}\"",
                        shorten(word, 40)));
      }
      THAW_CHECK(advance());
      if (is_name()) {
        THAW_CHECK(advance());
      }
    }
    return Done{};
  }

  /// From { to }. `group` collects the names in it where the braces stand in an edge.
  Result<Done> statements(int depth, std::vector<std::string>* group) {
    if (depth > kDeepest) {
      return fail("braces within braces too deep");
    }
    if (!is("{")) {
      return fail("a { is missing");
    }
    THAW_CHECK(advance());
    while (!is("}")) {
      if (token_.kind == Token::Kind::kEnd) {
        return fail("a } is missing at the end");
      }
      if (is(";") || is(",")) {
        THAW_CHECK(advance());
        continue;
      }
      THAW_CHECK(statement(depth, group));
    }
    return advance();
  }

  Result<Done> statement(int depth, std::vector<std::string>* group) {
    THAW_TRY(std::vector<std::string> from, operand(depth));
    if (from.size() == 1 && is("=")) {  // bb="...", rankdir=LR
      THAW_CHECK(advance());
      if (!is_name()) {
        return fail("a value is missing behind =");
      }
      return advance();
    }
    if (dot_ && from.size() == 1 && is("[") &&
        (from[0] == "node" || from[0] == "edge" || from[0] == "graph")) {
      THAW_CHECK(attributes());
      return Done{};
    }
    if (group != nullptr) {
      group->insert(group->end(), from.begin(), from.end());
    }
    if (token_.kind != Token::Kind::kEdge) {
      return nodes(from);
    }
    return edges(std::move(from), depth, group);
  }

  /// A name, or a group in braces.
  Result<std::vector<std::string>> operand(int depth) {
    std::vector<std::string> names;
    if (token_.kind == Token::Kind::kWord && token_.text == "subgraph") {
      THAW_CHECK(advance());
      if (is_name()) {
        THAW_CHECK(advance());
      }
    }
    if (is("{")) {
      THAW_CHECK(statements(depth + 1, &names));
      if (names.size() > kLargestGroup) {
        return fail(fmt::format("more than {} variables in one pair of braces", kLargestGroup));
      }
      return names;
    }
    if (!is_name()) {
      return fail(token_.kind == Token::Kind::kEnd
                      ? std::string("the text ends where a variable was expected")
                      : fmt::format("\"{}\" where a variable was expected", token_.text));
    }
    names.push_back(token_.text);
    THAW_CHECK(advance());
    return names;
  }

  Result<Done> nodes(const std::vector<std::string>& names) {
    const std::size_t line = token_.line;
    Attributes given;
    if (is("[")) {
      THAW_TRY(given, attributes());
    }
    for (const std::string& name : names) {
      THAW_CHECK(draft_.node(name, GraphDraft::Role::kNone, line));
      THAW_CHECK(roles(name, given, line));
    }
    return Done{};
  }

  Result<Done> roles(const std::string& name, const Attributes& given, std::size_t line) {
    using Role = GraphDraft::Role;
    static const std::map<std::string, Role> known = {
        {"exposure", Role::kExposure}, {"e", Role::kExposure}, {"source", Role::kExposure},
        {"outcome", Role::kOutcome},   {"o", Role::kOutcome},  {"target", Role::kOutcome},
        {"latent", Role::kLatent},     {"l", Role::kLatent},   {"unobserved", Role::kLatent},
        {"adjusted", Role::kAdjusted}, {"a", Role::kAdjusted},
    };
    for (const auto& [key, value] : given) {
      const auto role = known.find(key);
      if (role != known.end() && value.empty()) {
        THAW_CHECK(draft_.node(name, role->second, line));
      } else if (key == "observed" && (value == "no" || value == "0" || value == "false")) {
        THAW_CHECK(draft_.node(name, Role::kLatent, line));
      }
    }
    return Done{};
  }

  struct Step {
    std::vector<std::string> from, to;
    Mark left, right;
    std::size_t line;
  };

  Result<Done> edges(std::vector<std::string> from, int depth, std::vector<std::string>* group) {
    std::vector<Step> steps;
    while (token_.kind == Token::Kind::kEdge) {
      const Token edge = token_;
      THAW_CHECK(advance());
      THAW_TRY(std::vector<std::string> to, operand(depth));
      if (group != nullptr) {
        group->insert(group->end(), to.begin(), to.end());
      }
      steps.push_back({std::move(from), to, edge.left, edge.right, edge.line});
      from = std::move(to);
    }
    Attributes given;
    if (is("[")) {
      THAW_TRY(given, attributes());
    }
    for (Step& step : steps) {
      if (dot_) {
        THAW_CHECK(dot_marks(given, step));
      }
      for (const std::string& a : step.from) {
        for (const std::string& b : step.to) {
          THAW_CHECK(draft_.edge(a, b, step.left, step.right, step.line));
        }
      }
    }
    return Done{};
  }

  /// DOT says with attributes what stands at the ends: dir, arrowtail, arrowhead.
  Result<Done> dot_marks(const Attributes& given, Step& step) const {
    const auto value = [&](const char* key) {
      const auto found = given.find(key);
      return found == given.end() ? std::string() : found->second;
    };
    const std::string dir = value("dir");
    const auto end = [&](const char* key, bool drawn, Mark& mark) -> Result<Done> {
      const std::string shape = value(key);
      if (!drawn || shape == "none" || shape == "tee") {
        mark = Mark::kTail;
      } else if (shape == "odot" || shape == "dot") {
        mark = Mark::kCircle;
      } else {
        mark = Mark::kArrow;
      }
      return Done{};
    };
    if (step.left == Mark::kTail && step.right == Mark::kTail && dir.empty()) {
      return Done{};  // a -- b
    }
    if (!dir.empty() && dir != "forward" && dir != "back" && dir != "both" && dir != "none") {
      return draft_.error(step.line, fmt::format("dir is forward, back, both or none, not \"{}\"",
                                                 shorten(dir, 40)));
    }
    THAW_CHECK(end("arrowtail", dir == "both" || dir == "back", step.left));
    return end("arrowhead", dir.empty() || dir == "forward" || dir == "both", step.right);
  }

  Result<Attributes> attributes() {
    Attributes found;
    THAW_CHECK(advance());
    while (!is("]")) {
      if (is(",") || is(";")) {
        THAW_CHECK(advance());
        continue;
      }
      if (!is_name()) {
        return fail(token_.kind == Token::Kind::kEnd ? "a ] is missing"
                                                     : "an attribute cannot be read");
      }
      const std::string key = token_.text;
      THAW_CHECK(advance());
      std::string value;
      if (is("=")) {
        THAW_CHECK(advance());
        if (!is_name()) {
          return fail("a value is missing behind =");
        }
        value = token_.text;
        THAW_CHECK(advance());
      }
      found[key] = value;
    }
    THAW_CHECK(advance());
    return found;
  }

  GraphDraft draft_;
  Scanner scanner_;
  Token token_;
  bool dot_ = false;
};

std::string quoted_name(const std::string& name) {
  bool plain = !name.empty();
  for (const char c : name) {
    plain = plain && word_byte(c);
  }
  // A word that the grammar knows must not be taken for it.
  if (plain && name != "subgraph") {
    return name;
  }
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') {
      text += '\\';
    }
    text += c;
  }
  return text + "\"";
}

std::string_view edge_word(Mark left, Mark right) {
  for (const EdgeWord& edge : kEdges) {
    if (edge.left == left && edge.right == right) {
      return edge.text;
    }
  }
  return "";
}

}  // namespace

Result<CausalGraph> read_graph_text(std::string_view text, const std::string& source) {
  return Parser(text, source).run();
}

std::string write_dagitty(const CausalGraph& graph) {
  std::string text =
      fmt::format("{} {{\n", graph.kind == GraphKind::kCpdag ? "pdag" : to_string(graph.kind));
  for (std::uint32_t v = 0; v < graph.size(); ++v) {
    std::vector<std::string> roles;
    const auto role = [&](const graph::NodeSet& set, const char* word) {
      if (set.contains(v)) {
        roles.emplace_back(word);
      }
    };
    role(graph.exposure, "exposure");
    role(graph.outcome, "outcome");
    role(graph.adjusted, "adjusted");
    role(graph.latent, "latent");
    text += quoted_name(graph.names[v]);
    text += roles.empty() ? "\n" : fmt::format(" [{}]\n", join(roles, ","));
  }
  const auto edge = [&](std::uint32_t a, std::uint32_t b, Mark left, Mark right) {
    text += fmt::format("{} {} {}\n", quoted_name(graph.names[a]), edge_word(left, right),
                        quoted_name(graph.names[b]));
  };
  for (const auto& [a, b] : graph.diagram.directed_edges()) {
    edge(a, b, Mark::kTail, Mark::kArrow);
  }
  for (const auto& [a, b] : graph.diagram.bidirected_edges()) {
    edge(a, b, Mark::kArrow, Mark::kArrow);
  }
  for (const graph::MixedEdge& e : graph.marks.edges()) {
    edge(e.a, e.b, e.mark_a, e.mark_b);
  }
  return text + "}\n";
}

}  // namespace thaw::effect
