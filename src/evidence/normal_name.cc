#include "evidence/normal_name.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/text.h"

namespace thaw::evidence {
namespace {

struct CodePoint {
  std::uint32_t value = 0;  // 0: not UTF-8
  std::size_t length = 1;
};

CodePoint code_point(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t k) {
    return at + k < text.size() ? static_cast<unsigned char>(text[at + k]) : 0U;
  };
  const auto tail = [&](std::size_t k) { return byte(k) & 0x3FU; };
  const auto is_tail = [&](std::size_t k) { return (byte(k) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80U) {
    return {first, 1};
  }
  if (first >= 0xC2U && first <= 0xDFU && is_tail(1)) {
    return {(first & 0x1FU) << 6U | tail(1), 2};
  }
  // Overlong forms, surrogates and what is over U+10FFFF are no UTF-8 either.
  if ((first & 0xF0U) == 0xE0U && is_tail(1) && is_tail(2)) {
    const std::uint32_t value = (first & 0x0FU) << 12U | tail(1) << 6U | tail(2);
    const bool right = value >= 0x800U && (value < 0xD800U || value > 0xDFFFU);
    return right ? CodePoint{value, 3} : CodePoint{0, 1};
  }
  if (first >= 0xF0U && first <= 0xF4U && is_tail(1) && is_tail(2) && is_tail(3)) {
    const std::uint32_t value = (first & 0x07U) << 18U | tail(1) << 12U | tail(2) << 6U | tail(3);
    const bool right = value >= 0x10000U && value <= 0x10FFFFU;
    return right ? CodePoint{value, 4} : CodePoint{0, 1};
  }
  return {0, 1};
}

constexpr std::array<std::string_view, 25> kGreek = {
    "alpha", "beta",   "gamma",   "delta", "epsilon", "zeta",    "eta",  "theta", "iota",
    "kappa", "lambda", "mu",      "nu",    "xi",      "omicron", "pi",   "rho",   "sigma",
    "sigma", "tau",    "upsilon", "phi",   "chi",     "psi",     "omega"};

/// The Greek letter's name, or nothing.
std::string_view greek(std::uint32_t c) {
  if (c >= 0x391U && c <= 0x3A9U && c != 0x3A2U) {
    return kGreek[c - 0x391U];
  }
  if (c >= 0x3B1U && c <= 0x3C9U) {
    return kGreek[c - 0x3B1U];
  }
  return c == 0xB5U ? std::string_view("mu") : std::string_view();  // the micro sign
}

/// Latin letters with marks, U+00C0 to U+017F, as the letters under the marks.
std::string_view without_marks(std::uint32_t c) {
  constexpr std::string_view kLatin1 =
      "aaaaaaaceeeeiiiidnooooo*ouuuuyts"   // U+00C0..U+00DF; '*' the multiplication sign
      "aaaaaaaceeeeiiiidnooooo*ouuuuyty";  // U+00E0..U+00FF
  constexpr std::string_view kLatinA =
      "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkk"
      "llllllllllnnnnnnnnnoooooooorrrrrrsssssssstttttt"
      "uuuuuuuuuuuuwwyyyzzzzzzs";  // U+0100..U+017F
  static_assert(kLatin1.size() == 64 && kLatinA.size() == 128);
  if (c >= 0xC0U && c <= 0xFFU) {
    const auto letter = kLatin1.substr(c - 0xC0U, 1);
    return letter == "*" ? std::string_view() : letter;
  }
  if (c >= 0x100U && c <= 0x17FU) {
    return kLatinA.substr(c - 0x100U, 1);
  }
  return {};
}

/// Whether `c` belongs to a script written without gaps: CJK, kana, hangul and their extensions.
bool is_character(std::uint32_t c) {
  return (c >= 0x3400U && c <= 0x9FFFU) || (c >= 0x3041U && c <= 0x30FFU) ||
         (c >= 0xAC00U && c <= 0xD7A3U) || (c >= 0xF900U && c <= 0xFAFFU) ||
         (c >= 0x20000U && c <= 0x3FFFFU) || c == 0x3007U;
}

/// Letters of other scripts (Cyrillic, ...) are kept as they are, one a token.
bool is_other_letter(std::uint32_t c) {
  return (c >= 0x180U && c <= 0x24FU) || (c >= 0x400U && c <= 0x52FU) ||
         (c >= 0x5D0U && c <= 0x6FFU);
}

void replace_first(std::string& word, std::string_view from, std::string_view to) {
  if (const auto at = word.find(from); at != std::string::npos) {
    word.replace(at, from.size(), to);
  }
}

void americanise(std::string& word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 31> kSpellings = {
      {{"aemia", "emia"},        {"aemic", "emic"},       {"haem", "hem"},
       {"oedema", "edema"},      {"oesophag", "esophag"}, {"oestr", "estr"},
       {"noea", "nea"},          {"rrhoea", "rrhea"},     {"foet", "fet"},
       {"tumour", "tumor"},      {"colour", "color"},     {"behaviour", "behavior"},
       {"labour", "labor"},      {"odour", "odor"},       {"isation", "ization"},
       {"ising", "izing"},       {"ised", "ized"},        {"fibre", "fiber"},
       {"calibre", "caliber"},   {"centre", "center"},    {"paed", "ped"},
       {"leucocyt", "leukocyt"}, {"sulph", "sulf"},       {"gynaec", "gynec"},
       {"anaesth", "anesth"},    {"caec", "cec"},         {"signalling", "signaling"},
       {"faecal", "fecal"},      {"aetiolog", "etiolog"}, {"neurone", "neuron"},
       {"orthopaed", "orthoped"}}};
  if (word.size() < 5) {
    return;
  }
  for (const auto& [from, to] : kSpellings) {
    replace_first(word, from, to);
  }
}

void to_singular(std::string& word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kIrregular = {
      {{"mice", "mouse"},
       {"foci", "focus"},
       {"nuclei", "nucleus"},
       {"axes", "axis"},
       {"ganglia", "ganglion"},
       {"mitochondria", "mitochondrion"},
       {"bacteria", "bacterium"},
       {"indices", "index"},
       {"vertebrae", "vertebra"},
       {"diagnoses", "diagnosis"}}};
  for (const auto& [many, one] : kIrregular) {
    if (word == many) {
      word = one;
      return;
    }
  }
  if (word.size() < 5 || word.back() != 's') {
    return;
  }
  const auto ends = [&](std::string_view end) { return word.ends_with(end); };
  if (ends("ss") || ends("us") || ends("is")) {
    return;
  }
  if (ends("ies")) {
    word.replace(word.size() - 3, 3, "y");
  } else if (ends("sses") || ends("xes") || ends("ches") || ends("shes")) {
    word.resize(word.size() - 2);
  } else {
    word.pop_back();
  }
}

/// 1 to 20 for a Roman numeral in lower case, else 0.
int roman(std::string_view word) {
  constexpr std::array<std::string_view, 20> kNumerals = {
      "i",  "ii",  "iii",  "iv",  "v",  "vi",  "vii",  "viii",  "ix",  "x",
      "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"};
  const auto at = std::ranges::find(kNumerals, word);
  return at == kNumerals.end() ? 0 : static_cast<int>(at - kNumerals.begin()) + 1;
}

bool announces_number(std::string_view word) {
  constexpr std::array<std::string_view, 14> kWords = {
      "type",    "class", "stage",  "grade",    "factor", "complex",  "phase",
      "subtype", "group", "region", "collagen", "chain",  "receptor", "disease"};
  return std::ranges::find(kWords, word) != kWords.end();
}

void number_romans(std::vector<NameToken>& tokens) {
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    NameToken& token = tokens[i];
    const int number = token.joined ? 0 : roman(token.normal);
    const bool last = i + 1 == tokens.size();
    if (number > 0 &&
        (announces_number(tokens[i - 1].normal) || (last && token.normal.size() > 1))) {
      token.normal = std::to_string(number);
    }
  }
}

enum class Kind { kGap, kLetter, kDigit, kCharacter };

/// What stands at one place of a text.
struct Piece {
  Kind kind = Kind::kGap;
  std::string normal;
  std::size_t length = 1;
};

Piece piece_at(std::string_view text, std::size_t at) {
  auto [c, length] = code_point(text, at);
  if (c >= 0xFF01U && c <= 0xFF5EU) {
    c = c - 0xFF01U + 0x21U;  // full-width ASCII
  }
  Piece piece;
  piece.length = length;
  if (c < 0x80U) {
    const char byte = static_cast<char>(c);
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) {
      piece.kind = Kind::kLetter;
      piece.normal = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    } else if (byte >= '0' && byte <= '9') {
      piece.kind = Kind::kDigit;
      piece.normal = byte;
    }
    return piece;
  }
  if (const auto name = greek(c); !name.empty()) {
    piece.kind = Kind::kCharacter;
    piece.normal = name;
  } else if (const auto letter = without_marks(c); !letter.empty()) {
    piece.kind = Kind::kLetter;
    piece.normal = letter;
  } else if (is_character(c) || is_other_letter(c)) {
    piece.kind = Kind::kCharacter;
    piece.normal = text.substr(at, length);
  }
  return piece;
}

bool is_apostrophe(std::string_view between) {
  return between == "'" || between == "\xE2\x80\x99";  // U+2019
}

}  // namespace

std::vector<NameToken> name_tokens(std::string_view text) {
  std::vector<NameToken> tokens;
  Kind last = Kind::kGap;
  for (std::size_t at = 0; at < text.size();) {
    Piece piece = piece_at(text, at);
    const std::size_t begin = at;
    at += piece.length;
    if (piece.kind == Kind::kGap) {
      last = Kind::kGap;
      continue;
    }
    if (piece.kind == last && piece.kind != Kind::kCharacter) {
      tokens.back().normal += piece.normal;
      tokens.back().end = at;
    } else {
      const bool joined = !tokens.empty() && tokens.back().end == begin;
      const bool whole = piece.kind == Kind::kCharacter && piece.normal.size() > 1 &&
                         static_cast<unsigned char>(piece.normal[0]) >= 0x80U;
      tokens.push_back({std::move(piece.normal), begin, at, joined, whole});
    }
    last = piece.kind;
  }
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    // Parkinson's, Parkinsons and Parkinson are one name.
    const std::size_t gap = tokens[i - 1].end;
    if (tokens[i].normal == "s" && is_apostrophe(text.substr(gap, tokens[i].begin - gap))) {
      tokens[i - 1].end = tokens[i].end;
      tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i));
      --i;
    }
  }
  for (NameToken& token : tokens) {
    if (!token.character) {
      americanise(token.normal);
      to_singular(token.normal);
    }
  }
  number_romans(tokens);
  return tokens;
}

std::string normal_name(std::string_view text) {
  std::string out;
  for (const NameToken& token : name_tokens(text)) {
    out += token.normal;
  }
  return out;
}

}  // namespace thaw::evidence
