#include "reading/variant_names.h"

#include <algorithm>
#include <array>

namespace thaw::reading {
namespace {

constexpr std::array<std::string_view, 21> kAcids = {
    "Ala", "Arg", "Asn", "Asp", "Cys", "Gln", "Glu", "Gly", "His", "Ile", "Leu",
    "Lys", "Met", "Phe", "Pro", "Ser", "Thr", "Trp", "Tyr", "Val", "Ter"};
constexpr std::string_view kAcidLetters = "ARNDCQEGHILKMFPSTWYVX";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Bytes that a word with the marks of HGVS takes from `at`: letters, digits, . > _ * + -
std::size_t written_size(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() &&
         (is_word(text[end]) || text[end] == '>' || text[end] == '_' || text[end] == '*' ||
          text[end] == '+' ||
          (text[end] == '.' && end + 1 < text.size() && is_word(text[end + 1])))) {
    ++end;
  }
  return end - at;
}

std::size_t digits_from(std::string_view word, std::size_t at) {
  std::size_t end = at;
  while (end < word.size() && is_digit(word[end])) {
    ++end;
  }
  return end - at;
}

bool is_acid(std::string_view word) {
  return std::ranges::find(kAcids, word) != kAcids.end();
}

/// "D90A", "Asp90Ala", "Q331*", "R521fs".
bool is_protein_change(std::string_view word) {
  const std::size_t head = word.size() > 3 && is_acid(word.substr(0, 3)) ? 3 : 1;
  if (word.empty() || (head == 1 && kAcidLetters.find(word[0]) == std::string_view::npos)) {
    return false;
  }
  const std::size_t digits = digits_from(word, head);
  const std::string_view tail = word.substr(std::min(word.size(), head + digits));
  if (digits == 0 || digits > 5) {
    return false;
  }
  if (head == 3) {
    return is_acid(tail) || tail == "fs" || tail == "*" || tail == "del";
  }
  // One letter each side: at least two digits, or "T4K" of a machine's name would be one.
  return digits >= 2 &&
         ((tail.size() == 1 &&
           (kAcidLetters.find(tail[0]) != std::string_view::npos || tail[0] == '*')) ||
          tail == "fs");
}

bool is_variant(std::string_view word) {
  if (word.starts_with("rs") && word.size() >= 5) {
    return digits_from(word, 2) == word.size() - 2;
  }
  if (word.starts_with("p.")) {
    return is_protein_change(word.substr(2));
  }
  if (word.starts_with("c.") || word.starts_with("g.") || word.starts_with("m.")) {
    return digits_from(word, 2) > 0;
  }
  return is_protein_change(word);
}

}  // namespace

std::vector<Span> find_variants(std::string_view text) {
  std::vector<Span> out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    const std::size_t size = written_size(text, at);
    if (is_variant(text.substr(at, size))) {
      out.push_back({at, at + size});
    }
    at += size;
  }
  return out;
}

}  // namespace thaw::reading
