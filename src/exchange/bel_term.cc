#include "exchange/bel_term.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "exchange/draft.h"
#include "exchange/linker.h"

namespace thaw::exchange {
namespace {

constexpr int kMostDepth = 8;

struct Function {
  std::string_view name, kind;  // kind "" : of what stands inside
};

constexpr std::array<Function, 34> kFunctions = {{{"a", "chemical"},
                                                  {"abundance", "chemical"},
                                                  {"act", ""},
                                                  {"activity", ""},
                                                  {"biologicalProcess", "process"},
                                                  {"bp", "process"},
                                                  {"cat", ""},
                                                  {"complex", "complex"},
                                                  {"complexAbundance", "complex"},
                                                  {"composite", "complex"},
                                                  {"compositeAbundance", "complex"},
                                                  {"deg", ""},
                                                  {"g", "gene"},
                                                  {"geneAbundance", "gene"},
                                                  {"kin", ""},
                                                  {"m", "transcript"},
                                                  {"microRNAAbundance", "transcript"},
                                                  {"molecularActivity", "process"},
                                                  {"p", "protein"},
                                                  {"path", "disease"},
                                                  {"pathology", "disease"},
                                                  {"phos", ""},
                                                  {"pop", "organism"},
                                                  {"populationAbundance", "organism"},
                                                  {"proteinAbundance", "protein"},
                                                  {"r", "transcript"},
                                                  {"rnaAbundance", "transcript"},
                                                  {"sec", ""},
                                                  {"surf", ""},
                                                  {"tloc", ""},
                                                  {"translocation", ""},
                                                  {"transcriptionalActivity", ""},
                                                  {"tscript", ""},
                                                  {"kinaseActivity", ""}}};

/// Cuts at `separator` outside brackets and quotes; nothing when they do not close.
std::optional<std::vector<std::string_view>> cut(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  int depth = 0;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      i += c == '\\' ? 1 : 0;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth < 0) {
      return std::nullopt;
    } else if (c == separator && depth == 0) {
      out.push_back(trim(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  if (depth != 0 || quoted) {
    return std::nullopt;
  }
  out.push_back(trim(text.substr(begin)));
  return out;
}

std::string unquoted(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    i += text[i] == '\\' && i + 1 < text.size() ? 1 : 0;
    out += text[i];
  }
  return out;
}

/// NS:Name, NS:"a name", NS:id ! name.
Result<evidence::Concept> entity(std::string_view text, std::string_view kind) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) {
    return invalid_argument(fmt::format("'{}' has no namespace", text.substr(0, 120)));
  }
  std::string_view rest = text.substr(colon + 1);
  const auto mark = rest.find('!');
  const std::string name = unquoted(mark == std::string_view::npos ? rest : rest.substr(mark + 1));
  const std::string value = unquoted(rest.substr(0, mark));
  if (value.empty()) {
    return invalid_argument(fmt::format("'{}' names nothing", text.substr(0, 120)));
  }
  const std::string_view space = text.substr(0, colon);
  const bool mesh = space.starts_with("MESH") || space.starts_with("mesh");
  const std::string_view number = mesh && (value.front() == 'D' || value.front() == 'C')
                                      ? std::string_view(value).substr(1)
                                      : std::string_view(value);
  // HGNC:AKT1 gives a symbol, HGNC:391 a number: only the second is an identifier.
  const bool is_id = mark != std::string_view::npos ||
                     number.find_first_not_of("0123456789") == std::string_view::npos;
  if (is_id) {
    return mention_of(fmt::format("{}:{}", space, value), name, kind);
  }
  return mention_of("", name, kind);
}

Result<BelTerm> parse(std::string_view text, int depth);

bool is_form(std::string_view argument) {
  for (const std::string_view name :
       {"pmod(", "proteinModification(", "var(", "variant(", "frag(", "fragment(", "fus(",
        "fusion(", "loc(", "location(", "gmod(", "sub(", "trunc(", "rad("}) {
    if (argument.starts_with(name)) {
      return true;
    }
  }
  return false;
}

/// complex(p(A), p(B)): a thing of its own, named by its parts.
Result<BelTerm> listed(const std::vector<std::string_view>& parts, std::string_view kind,
                       int depth) {
  std::vector<std::string> names;
  for (const auto& part : parts) {
    THAW_TRY(const auto inner, parse(part, depth + 1));
    names.push_back(inner.mention.name.en +
                    (inner.form.empty() ? "" : fmt::format(" ({})", inner.form)));
  }
  std::ranges::sort(names);
  BelTerm out;
  out.mention = mention_of("", fmt::format("complex of {}", join(names, ", ")), kind);
  return out;
}

Result<BelTerm> parse(std::string_view text, int depth) {
  text = trim(text);
  const auto open = text.find('(');
  if (depth > kMostDepth || open == std::string_view::npos || !text.ends_with(')')) {
    return invalid_argument(fmt::format("'{}' is no BEL term", text.substr(0, 120)));
  }
  const std::string_view name = trim(text.substr(0, open));
  const auto* function = std::ranges::find(kFunctions, name, &Function::name);
  if (function == kFunctions.end()) {
    return invalid_argument(fmt::format("the BEL function '{}' is not known", name.substr(0, 40)));
  }
  const auto arguments = cut(text.substr(open + 1, text.size() - open - 2), ',');
  if (!arguments || arguments->front().empty()) {
    return invalid_argument(fmt::format("'{}' is no BEL term", text.substr(0, 120)));
  }
  if (function->kind.empty()) {
    THAW_TRY(auto inner, parse(arguments->front(), depth + 1));
    inner.note = fmt::format("{} of it is meant", name);
    return inner;
  }
  const std::string_view first = arguments->front();
  const auto colon = first.find(':');
  const auto bracket = first.find('(');
  const bool plain =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon < bracket);
  if (!plain) {
    return listed(*arguments, function->kind, depth);
  }
  BelTerm out;
  THAW_TRY(out.mention, entity(first, function->kind));
  for (std::size_t i = 1; i < arguments->size(); ++i) {
    if (!is_form((*arguments)[i])) {
      return invalid_argument(fmt::format("'{}' is not known here", (*arguments)[i].substr(0, 80)));
    }
    out.form += (out.form.empty() ? "" : "; ") + std::string((*arguments)[i]);
  }
  return out;
}

}  // namespace

Result<BelTerm> parse_bel_term(std::string_view text) {
  return parse(text, 0);
}

Result<std::vector<std::string>> split_bel_statement(std::string_view statement) {
  const auto words = cut(statement, ' ');
  if (!words) {
    return invalid_argument("brackets or quotes do not close");
  }
  // A space may also stand before a bracket or after a comma inside; those are not cut. What is cut
  // between is joined again around the relation, the one word without brackets.
  std::vector<std::string> out(1);
  for (const auto& word : *words) {
    if (word.empty()) {
      continue;
    }
    const bool relation =
        word.find('(') == std::string_view::npos && out.size() == 1 && !out.front().empty();
    if (relation) {
      out.emplace_back(word);
      out.emplace_back();
    } else {
      out.back() += (out.back().empty() ? "" : " ") + std::string(word);
    }
  }
  if (out.size() == 3 && (out[2].empty() || out[2].front() == '(')) {
    return invalid_argument(
        out[2].empty() ? "a statement without object"
                       : "a nested statement says something of a relation, not of a thing");
  }
  return out;
}

}  // namespace thaw::exchange
