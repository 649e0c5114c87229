#include "effect/formula.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace thaw::effect {
namespace {

constexpr int kDepthMax = 20;
constexpr std::size_t kTermsMax = 2000;
constexpr std::size_t kPartsMax = 8;

Error unreadable(std::string_view part) {
  return invalid_argument(
      fmt::format("term \"{}\" cannot be read; write column, column^2, log(column), "
                  "factor(column), relevel(column, level), a:b, a*b or (a + b)*c",
                  part));
}

/// What makes two factors the same.
std::string identity(const Factor& factor) {
  return fmt::format("{}\n{}\n{}\n{}", to_text(factor), static_cast<int>(factor.kind),
                     factor.reference, factor.column);
}

/// What makes two terms the same.
std::string identity(const Term& term) {
  std::string key;
  for (const Factor& factor : term) {
    key += identity(factor) + "\n:\n";
  }
  return key;
}

/// `terms` without repeats.
std::vector<Term> each_once(std::vector<Term> terms) {
  std::set<std::string> seen;
  std::erase_if(terms, [&](const Term& term) { return !seen.insert(identity(term)).second; });
  return terms;
}

/// The product of two terms. In a crossing a:a is a, as everywhere; a:a written out is a square.
Term product(const Term& a, const Term& b, bool crossing) {
  Term term = a;
  for (const Factor& factor : b) {
    const bool known = std::ranges::any_of(
        a, [&](const Factor& other) { return identity(other) == identity(factor); });
    if (!crossing || !known) {
      term.push_back(factor);
    }
  }
  std::ranges::stable_sort(term, {}, [](const Factor& factor) { return to_text(factor); });
  return term;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<std::vector<Term>> parse() {
    THAW_TRY(std::vector<Term> terms, sum(0));
    if (at_ < text_.size()) {
      return unreadable(text_.substr(at_));
    }
    return terms;
  }

 private:
  Result<std::vector<Term>> sum(int depth) {
    std::vector<Term> terms;
    do {
      THAW_TRY(std::vector<Term> more, crossing(depth));
      terms.insert(terms.end(), more.begin(), more.end());
      THAW_CHECK(check_size(terms));
    } while (take('+'));
    return each_once(std::move(terms));
  }

  Result<std::vector<Term>> crossing(int depth) {
    THAW_TRY(std::vector<Term> terms, products(depth));
    while (take('*')) {
      THAW_TRY(const std::vector<Term> right, products(depth));
      THAW_TRY(const std::vector<Term> both, multiply(terms, right, true));
      terms.insert(terms.end(), right.begin(), right.end());
      terms.insert(terms.end(), both.begin(), both.end());
      terms = each_once(std::move(terms));
      THAW_CHECK(check_size(terms));
    }
    return terms;
  }

  Result<std::vector<Term>> products(int depth) {
    THAW_TRY(std::vector<Term> terms, part(depth));
    while (take(':')) {
      THAW_TRY(const std::vector<Term> right, part(depth));
      THAW_TRY(terms, multiply(terms, right, false));
    }
    return terms;
  }

  Result<std::vector<Term>> multiply(const std::vector<Term>& left, const std::vector<Term>& right,
                                     bool is_crossing) const {
    if (left.size() * right.size() > kTermsMax) {
      return too_many();
    }
    std::vector<Term> terms;
    for (const Term& a : left) {
      for (const Term& b : right) {
        terms.push_back(product(a, b, is_crossing));
        if (terms.back().size() > kPartsMax) {
          return invalid_argument(
              fmt::format("\"{}\" multiplies more than {} parts", text_, kPartsMax));
        }
      }
    }
    return terms;
  }

  Result<std::vector<Term>> part(int depth) {
    skip_blanks();
    const std::size_t begin = at_;
    if (take('(')) {
      if (depth == kDepthMax) {
        return invalid_argument(fmt::format("brackets are more than {} deep", kDepthMax));
      }
      THAW_TRY(std::vector<Term> terms, sum(depth + 1));
      if (!take(')')) {
        return unreadable(text_.substr(begin));
      }
      return terms;
    }
    THAW_TRY(Factor factor, one_factor(begin));
    return std::vector<Term>{{std::move(factor)}};
  }

  Result<Factor> one_factor(std::size_t begin) {
    const bool quoted = begin < text_.size() && text_[begin] == '`';
    const std::string name = read_name();
    if (name.empty()) {
      return unreadable(text_.substr(begin));
    }
    if (!quoted && take('(')) {
      return function(name, begin);
    }
    if (!take('^')) {
      return Factor{Factor::Kind::kNumber, name, 1, {}, {}};
    }
    const auto power = parse_int(read_name());
    if (!power || *power < 2 || *power > 5) {
      return unreadable(shown(begin));
    }
    return Factor{Factor::Kind::kPower, name, static_cast<int>(*power), {}, {}};
  }

  Result<Factor> function(const std::string& word, std::size_t begin) {
    const std::string column = read_name(",");
    Factor factor{Factor::Kind::kLevels, column, 1, {}, {}};
    bool known = word == "factor" || word == "relevel";
    if (word == "log" || word == "sqrt") {
      factor.kind = word == "log" ? Factor::Kind::kLog : Factor::Kind::kRoot;
      known = true;
    }
    if (word == "relevel" && take(',')) {
      factor.reference = read_name();
    }
    if (!known || column.empty() || !take(')') ||
        (word == "relevel") != !factor.reference.empty()) {
      return unreadable(shown(begin));
    }
    return factor;
  }

  /// A name up to the next sign, without the blanks around it; or what backticks hold.
  std::string read_name(std::string_view also = {}) {
    skip_blanks();
    const std::size_t begin = at_;
    if (at_ < text_.size() && text_[at_] == '`') {
      const std::size_t end = text_.find('`', at_ + 1);
      if (end == std::string_view::npos) {
        return {};
      }
      at_ = end + 1;
      return std::string(text_.substr(begin + 1, end - begin - 1));
    }
    while (at_ < text_.size() && !is_sign(text_[at_]) &&
           also.find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    return std::string(trim(text_.substr(begin, at_ - begin)));
  }

  static bool is_sign(char c) { return std::string_view("+*:^()`").find(c) != std::string::npos; }

  static Error too_many() {
    return invalid_argument(fmt::format("the model has more than {} terms", kTermsMax));
  }

  static Result<Done> check_size(const std::vector<Term>& terms) {
    return terms.size() > kTermsMax ? Result<Done>(too_many()) : Result<Done>(Done{});
  }

  std::string_view shown(std::size_t begin) const { return text_.substr(begin, at_ - begin); }

  void skip_blanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  bool take(char c) {
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == c) {
      ++at_;
      return true;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool is_intercept(const Term& term) {
  return term.size() == 1 && term[0].kind == Factor::Kind::kNumber && term[0].column == "1";
}

}  // namespace

std::string to_text(const Factor& factor) {
  switch (factor.kind) {
    case Factor::Kind::kPower:
      return fmt::format("{}^{}", factor.column, factor.power);
    case Factor::Kind::kLog:
      return fmt::format("log({})", factor.column);
    case Factor::Kind::kRoot:
      return fmt::format("sqrt({})", factor.column);
    default:
      return factor.column;
  }
}

Result<std::vector<Term>> parse_terms(std::string_view text) {
  if (trim(text).empty()) {
    return std::vector<Term>{};
  }
  THAW_TRY(std::vector<Term> terms, Parser(text).parse());
  std::erase_if(terms, is_intercept);
  return terms;
}

}  // namespace thaw::effect
