#include "effect/estimand_form.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"

namespace thaw::effect {

using graph::NodeSet;
using Kind = Estimand::Kind;

namespace {

constexpr std::size_t kLongestWritten = 2'000;

/// How one notation writes things.
struct Notation {
  bool latex;
  std::string given() const { return latex ? " \\mid " : " | "; }
};

std::string latex_name(const std::string& name) {
  if (name.size() == 1) {
    return name;
  }
  bool ascii = true;
  std::string text;
  for (const char c : name) {
    ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    if (std::string_view("_%&#${}").find(c) != std::string_view::npos) {
      text += '\\';
    }
    if (c == '\\' || c == '^' || c == '~') {
      text += c == '\\' ? "\\backslash " : c == '^' ? "\\hat{}" : "\\sim ";
    } else {
      text += c == ' ' ? std::string("\\ ") : std::string(1, c);
    }
  }
  return fmt::format("\\{}{{{}}}", ascii ? "mathrm" : "text", text);
}

class Writer {
 public:
  Writer(const std::vector<std::string>& names, Notation notation)
      : names_(names), notation_(notation), primes_(names.size(), 0) {}

  std::string write(const Estimand& estimand) {
    if (estimand.size() > kLongestWritten) {
      return notation_.latex ? "\\dots" : "...";
    }
    if (estimand.is_one()) {
      return "1";
    }
    estimand.arguments().for_each([&](std::uint32_t v) { primes_[v] = 1; });
    return term(estimand);
  }

 private:
  std::string name(std::uint32_t v) const {
    std::string text = notation_.latex ? latex_name(names_[v]) : names_[v];
    for (int i = 1; i < primes_[v]; ++i) {
      text += '\'';
    }
    return text;
  }

  std::string list(const NodeSet& nodes) const {
    std::vector<std::string> found;
    nodes.for_each([&](std::uint32_t v) { found.push_back(name(v)); });
    return join(found, notation_.latex ? "," : ", ");
  }

  std::string term(const Estimand& estimand) {
    switch (estimand.kind()) {
      case Kind::kProbability:
        return fmt::format("P({}{}{})", list(estimand.head()),
                           estimand.given().empty() ? "" : notation_.given(),
                           list(estimand.given()));
      case Kind::kProduct:
        return product(estimand);
      case Kind::kSum:
        return sum(estimand);
      case Kind::kRatio: {
        const std::string above = term(estimand.parts()[0]);
        const std::string below = term(estimand.parts()[1]);
        return notation_.latex ? fmt::format("\\frac{{{}}}{{{}}}", above, below)
                               : fmt::format("{{ {} }} / {{ {} }}", above, below);
      }
    }
    return "";
  }

  std::string product(const Estimand& estimand) {
    std::vector<std::string> factors;
    for (const Estimand& part : estimand.parts()) {
      std::string factor = term(part);
      if (part.kind() == Kind::kSum && notation_.latex) {
        factor = fmt::format("\\left({}\\right)", factor);
      }
      factors.push_back(std::move(factor));
    }
    return factors.empty() ? "1" : join(factors, " ");
  }

  std::string sum(const Estimand& estimand) {
    // A variable in use outside is another one inside, and wears a prime.
    estimand.over().for_each([&](std::uint32_t v) { ++primes_[v]; });
    const std::string over = list(estimand.over());
    const std::string inside = term(estimand.parts().front());
    estimand.over().for_each([&](std::uint32_t v) { --primes_[v]; });
    return notation_.latex ? fmt::format("\\sum_{{{}}} {}", over, inside)
                           : fmt::format("Σ_{{{}}} [ {} ]", over, inside);
  }

  const std::vector<std::string>& names_;
  Notation notation_;
  std::vector<int> primes_;  // how many of that name are in use here
};

}  // namespace

std::string latex(const Estimand& estimand, const std::vector<std::string>& names) {
  return Writer(names, {true}).write(estimand);
}

std::string plain_text(const Estimand& estimand, const std::vector<std::string>& names) {
  return Writer(names, {false}).write(estimand);
}

}  // namespace thaw::effect
