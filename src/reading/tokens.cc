#include "reading/tokens.h"

#include <algorithm>
#include <array>

namespace thaw::reading {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool is_wide(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

/// Bytes of the character at `at`: 1 to 4, never past `end`.
std::size_t character_size(std::string_view text, std::size_t at, std::size_t end) {
  std::size_t size = 1;
  while (at + size < end && size < 4 &&
         (static_cast<unsigned char>(text[at + size]) & 0xC0U) == 0x80U) {
    ++size;
  }
  return size;
}

std::size_t token_end(std::string_view text, std::size_t at, std::size_t end) {
  if (is_digit(text[at])) {
    std::size_t to = at + 1;
    while (to < end && (is_digit(text[to]) || ((text[to] == '.' || text[to] == ',') &&
                                               to + 1 < end && is_digit(text[to + 1])))) {
      ++to;
    }
    while (to < end && is_letter(text[to])) {  // "5q", "14th"
      ++to;
    }
    return to;
  }
  if (is_letter(text[at])) {
    std::size_t to = at + 1;
    while (to < end && (is_letter(text[to]) || is_digit(text[to]))) {
      ++to;
    }
    return to;
  }
  return at + (is_wide(text[at]) ? character_size(text, at, end) : 1);
}

std::string lowered(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return out;
}

}  // namespace

std::string light_stem(std::string_view word) {
  constexpr std::array<std::string_view, 14> kEndings = {
      "ations", "ation", "ingly", "ments", "ment", "ions", "ing",
      "ied",    "ies",   "ion",   "ed",    "es",   "ly",   "s"};
  for (const std::string_view ending : kEndings) {
    if (word.size() >= ending.size() + 3 && word.ends_with(ending)) {
      word.remove_suffix(ending.size());
      break;
    }
  }
  if (word.size() > 4 && word.ends_with('e')) {
    word.remove_suffix(1);
  }
  return std::string(word);
}

std::vector<Token> tokenize(std::string_view text, const Span& within) {
  std::vector<Token> out;
  for (std::size_t at = within.begin; at < within.end;) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    const std::size_t end = token_end(text, at, within.end);
    Token token;
    token.span = {at, end};
    token.lower = lowered(text.substr(at, end - at));
    token.stem = is_letter(text[at]) ? light_stem(token.lower) : token.lower;
    out.push_back(std::move(token));
    at = end;
  }
  return out;
}

}  // namespace thaw::reading
