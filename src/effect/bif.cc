#include "effect/bif.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/shorten.h"
#include "base/text.h"

namespace thaw::effect {
namespace {

constexpr std::size_t kMostCells = 10'000'000;
constexpr std::size_t kMostStates = 1'000;
constexpr std::size_t kMostJoint = std::size_t{1} << 20;
constexpr double kSlack = 0.01;  // of a row's sum: files print few digits

/// One variable while the file is read.
struct Variable {
  std::string name;
  std::vector<std::string> states;
  std::map<std::string, std::size_t, std::less<>> state_number;
  bool has_table = false;
  std::vector<std::size_t> parents;
  std::vector<double> table;
};

class Reader {
 public:
  Reader(std::string_view text, const std::string& source) : text_(text), draft_(source) {}

  Result<BayesNetwork> run() {
    while (skip()) {
      THAW_TRY(const std::string word, token());
      if (word == "network") {
        THAW_CHECK(skip_block());
      } else if (word == "variable") {
        THAW_CHECK(variable());
      } else if (word == "probability") {
        THAW_CHECK(probability());
      } else {
        return fail(fmt::format("\"{}\" where network, variable or probability was expected",
                                shorten(word, 40)));
      }
    }
    return finish();
  }

 private:
  Error fail(std::string_view what) const { return draft_.error(line_, what); }

  /// Past white space and comments; false at the end.
  bool skip() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        ++line_;
      } else if (text_.substr(at_).starts_with("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
        continue;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return true;
      }
      ++at_;
    }
    return false;
  }

  static bool sign(char c) {
    return std::string_view("{}()[];,|").find(c) != std::string_view::npos;
  }

  /// A sign, a text in quotes, or what runs to the next sign or space.
  Result<std::string> token() {
    if (!skip()) {
      return fail("the file ends in the middle of a block");
    }
    if (text_[at_] == '"') {
      const std::size_t end = text_.find('"', at_ + 1);
      if (end == std::string_view::npos) {
        return fail("a text that begins with a quote does not end");
      }
      std::string found(text_.substr(at_ + 1, end - at_ - 1));
      line_ += static_cast<std::size_t>(std::count(found.begin(), found.end(), '\n'));
      at_ = end + 1;
      return found;
    }
    std::size_t end = at_;
    if (sign(text_[at_])) {
      ++end;
    } else {
      while (end < text_.size() && !sign(text_[end]) && text_[end] != '"' &&
             std::string_view(" \t\r\n").find(text_[end]) == std::string_view::npos) {
        ++end;
      }
    }
    std::string found(text_.substr(at_, end - at_));
    at_ = end;
    return found;
  }

  bool next_is(char c) { return skip() && text_[at_] == c; }

  Result<Done> expect(std::string_view wanted) {
    THAW_TRY(const std::string found, token());
    if (found != wanted) {
      return fail(fmt::format("\"{}\" where {} was expected", shorten(found, 40), wanted));
    }
    return Done{};
  }

  Result<Done> skip_block() {
    while (!next_is('{')) {
      THAW_CHECK(token());
    }
    int depth = 0;
    do {
      THAW_TRY(const std::string word, token());
      depth += word == "{" ? 1 : word == "}" ? -1 : 0;
    } while (depth > 0);
    return Done{};
  }

  Result<Done> skip_statement() {
    while (true) {
      THAW_TRY(const std::string word, token());
      if (word == ";") {
        return Done{};
      }
    }
  }

  Result<Done> variable() {
    Variable made;
    THAW_TRY(made.name, token());
    THAW_CHECK(draft_.node(made.name, GraphDraft::Role::kNone, line_));
    if (number_.find(made.name) != number_.end()) {
      return fail(fmt::format("variable \"{}\" is declared twice", shorten(made.name, 100)));
    }
    THAW_CHECK(expect("{"));
    while (!next_is('}')) {
      THAW_TRY(const std::string word, token());
      if (word != "type") {
        THAW_CHECK(skip_statement());
        continue;
      }
      THAW_CHECK(states(made));
    }
    THAW_CHECK(expect("}"));
    if (made.states.empty()) {
      return fail(fmt::format("variable \"{}\" has no states", shorten(made.name, 100)));
    }
    number_.emplace(made.name, variables_.size());
    variables_.push_back(std::move(made));
    return Done{};
  }

  Result<Done> states(Variable& made) {
    THAW_CHECK(expect("discrete"));
    THAW_CHECK(expect("["));
    THAW_TRY(const std::string count, token());
    THAW_CHECK(expect("]"));
    THAW_CHECK(expect("{"));
    while (!next_is('}')) {
      THAW_TRY(std::string state, token());
      if (state == ",") {
        continue;
      }
      if (!made.state_number.emplace(state, made.states.size()).second) {
        return fail(fmt::format("state \"{}\" is given twice", shorten(state, 100)));
      }
      made.states.push_back(std::move(state));
      if (made.states.size() > kMostStates) {
        return fail(fmt::format("more than {} states", kMostStates));
      }
    }
    THAW_CHECK(expect("}"));
    THAW_CHECK(expect(";"));
    if (parse_int(count) != static_cast<std::int64_t>(made.states.size())) {
      return fail(fmt::format("[{}] says how many states there are, and there are {}",
                              shorten(count, 20), made.states.size()));
    }
    return Done{};
  }

  Result<std::size_t> known(const std::string& name) const {
    const auto found = number_.find(name);
    if (found == number_.end()) {
      return fail(fmt::format("variable \"{}\" is not declared above", shorten(name, 100)));
    }
    return found->second;
  }

  Result<Done> probability() {
    THAW_CHECK(expect("("));
    THAW_TRY(const std::string name, token());
    THAW_TRY(const std::size_t v, known(name));
    if (variables_[v].has_table) {
      return fail(fmt::format("variable \"{}\" has two tables", shorten(name, 100)));
    }
    variables_[v].has_table = true;
    THAW_TRY(std::string word, token());
    std::size_t cells = variables_[v].states.size();
    while (word != ")") {
      if (word != "|" && word != ",") {
        return fail("a ) or , is missing");
      }
      THAW_TRY(const std::string parent, token());
      THAW_TRY(const std::size_t p, known(parent));
      variables_[v].parents.push_back(p);
      cells *= variables_[p].states.size();
      if (cells_ + cells > kMostCells) {
        return fail(fmt::format("tables of more than {} cells", kMostCells));
      }
      THAW_CHECK(draft_.edge(parent, name, graph::Mark::kTail, graph::Mark::kArrow, line_));
      THAW_TRY(word, token());
    }
    cells_ += cells;
    variables_[v].table.assign(cells, -1);
    return rows(v);
  }

  Result<Done> rows(std::size_t v) {
    Variable& variable = variables_[v];
    const std::size_t k = variable.states.size();
    std::vector<double> otherwise;
    THAW_CHECK(expect("{"));
    while (!next_is('}')) {
      THAW_TRY(const std::string word, token());
      if (word == "property") {
        THAW_CHECK(skip_statement());
      } else if (word == "default") {
        THAW_TRY(otherwise, chances(k));
      } else if (word == "table") {
        // All cells at once, the variable's own states running slowest.
        THAW_TRY(const std::vector<double> all, chances(variable.table.size()));
        const std::size_t combinations = variable.table.size() / k;
        for (std::size_t i = 0; i < all.size(); ++i) {
          variable.table[(i % combinations) * k + i / combinations] = all[i];
        }
      } else if (word == "(") {
        THAW_TRY(const std::size_t row, combination(variable));
        if (variable.table[row * k] >= 0) {
          return fail("this combination of states is given twice");
        }
        THAW_TRY(const std::vector<double> one, chances(k));
        std::copy(one.begin(), one.end(),
                  variable.table.begin() + static_cast<std::ptrdiff_t>(row * k));
      } else {
        return fail(fmt::format("\"{}\" where a row of chances was expected", shorten(word, 40)));
      }
    }
    THAW_CHECK(expect("}"));
    return complete(variable, otherwise);
  }

  Result<std::size_t> combination(const Variable& variable) {
    std::size_t row = 0;
    for (std::size_t i = 0; i < variable.parents.size(); ++i) {
      THAW_TRY(const std::string state, token());
      const Variable& parent = variables_[variable.parents[i]];
      const auto found = parent.state_number.find(state);
      if (found == parent.state_number.end()) {
        return fail(fmt::format("\"{}\" is no state of \"{}\"", shorten(state, 100), parent.name));
      }
      row = row * parent.states.size() + found->second;
      THAW_CHECK(expect(i + 1 == variable.parents.size() ? ")" : ","));
    }
    return row;
  }

  Result<std::vector<double>> chances(std::size_t count) {
    std::vector<double> found;
    std::string word;
    while (word != ";") {
      THAW_TRY(const std::string number, token());
      const auto chance = parse_double(number);
      if (!chance || !(*chance >= 0 && *chance <= 1 + kSlack)) {
        return fail(fmt::format("\"{}\" is no chance between 0 and 1", shorten(number, 40)));
      }
      found.push_back(*chance);
      if (found.size() > count) {
        return fail(fmt::format("more than {} chances", count));
      }
      THAW_TRY(word, token());
      if (word != "," && word != ";") {
        return fail("a , or ; is missing between chances");
      }
    }
    if (found.size() != count) {
      return fail(fmt::format("{} chances where {} were expected", found.size(), count));
    }
    return found;
  }

  Result<Done> complete(Variable& variable, const std::vector<double>& otherwise) const {
    const std::size_t k = variable.states.size();
    for (std::size_t begin = 0; begin < variable.table.size(); begin += k) {
      if (variable.table[begin] < 0) {
        if (otherwise.empty()) {
          return fail(fmt::format("the table of \"{}\" misses a combination of its parents' states",
                                  variable.name));
        }
        std::copy(otherwise.begin(), otherwise.end(),
                  variable.table.begin() + static_cast<std::ptrdiff_t>(begin));
      }
      double total = 0;
      for (std::size_t i = begin; i < begin + k; ++i) {
        total += variable.table[i];
      }
      if (std::abs(total - 1) > kSlack) {
        return fail(fmt::format("a row of \"{}\" sums to {}, not to 1", variable.name, total));
      }
      for (std::size_t i = begin; i < begin + k; ++i) {
        variable.table[i] /= total;
      }
    }
    return Done{};
  }

  Result<BayesNetwork> finish() {
    for (const Variable& variable : variables_) {
      if (!variable.has_table) {
        return draft_.error(0,
                            fmt::format("variable \"{}\" has no probability table", variable.name));
      }
    }
    draft_.set_kind(GraphKind::kDag);
    BayesNetwork network;
    THAW_TRY(network.graph, draft_.finish());
    const std::size_t n = variables_.size();
    network.states.resize(n);
    network.parents.resize(n);
    network.tables.resize(n);
    std::vector<std::uint32_t> rank(n);
    for (std::size_t i = 0; i < n; ++i) {
      THAW_TRY(rank[i], network.graph.find(variables_[i].name));
    }
    for (std::size_t i = 0; i < n; ++i) {
      network.states[rank[i]] = variables_[i].states;
      network.tables[rank[i]] = std::move(variables_[i].table);
      for (const std::size_t p : variables_[i].parents) {
        network.parents[rank[i]].push_back(rank[p]);
      }
    }
    return network;
  }

  std::string_view text_;
  GraphDraft draft_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t cells_ = 0;
  std::vector<Variable> variables_;
  std::map<std::string, std::size_t, std::less<>> number_;
};

}  // namespace

Result<BayesNetwork> read_bif(std::string_view text, const std::string& source) {
  return Reader(text, source).run();
}

std::optional<DiscreteRows> joint_rows(const BayesNetwork& network) {
  const std::size_t n = network.graph.size();
  DiscreteRows rows;
  std::size_t cells = 1;
  for (const auto& states : network.states) {
    rows.levels.push_back(static_cast<std::uint32_t>(states.size()));
    cells *= states.size();
    if (cells > kMostJoint) {
      return std::nullopt;
    }
  }
  rows.codes.assign(n, std::vector<std::uint16_t>(cells));
  rows.weights.assign(cells, 1);
  std::vector<std::uint16_t> at(n, 0);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    for (std::size_t v = 0; v < n; ++v) {
      rows.codes[v][cell] = at[v];
      std::size_t row = 0;
      for (const std::uint32_t p : network.parents[v]) {
        row = row * rows.levels[p] + at[p];
      }
      rows.weights[cell] *= network.tables[v][row * rows.levels[v] + at[v]];
    }
    for (std::size_t v = 0; v < n && ++at[v] == rows.levels[v]; ++v) {
      at[v] = 0;
    }
  }
  return rows;
}

}  // namespace thaw::effect
