#include "reading/sentences.h"

#include <algorithm>
#include <array>

namespace thaw::reading {
namespace {

constexpr std::array<std::string_view, 40> kAbbreviations = {
    "al",   "approx", "ca",  "cf",  "dr",  "e.g", "eg",    "eq",   "etc", "ex",
    "fig",  "figs",   "i.e", "ie",  "i.p", "i.v", "incl",  "inj",  "jr",  "max",
    "min",  "mr",     "mrs", "ms",  "no",  "nos", "p.o",   "prof", "ref", "refs",
    "resp", "s.c",    "sp",  "spp", "ssp", "st",  "subsp", "var",  "viz", "vs"};

/// Words that begin a sentence far more often than they follow an initial.
constexpr std::array<std::string_view, 24> kOpeners = {
    "A",   "After",   "All",  "Although", "An",      "As", "Both", "Conclusion",
    "For", "However", "In",   "It",       "Methods", "No", "Our",  "Results",
    "The", "These",   "They", "This",     "Thus",    "To", "We",   "When"};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The word that ends at `end`: letters, and full stops inside it ("e.g").
std::string_view word_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 &&
         (is_upper(text[begin - 1]) || is_lower(text[begin - 1]) || text[begin - 1] == '.')) {
    --begin;
  }
  return text.substr(begin, end - begin);
}

std::string_view word_after(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && (is_upper(text[end]) || is_lower(text[end]))) {
    ++end;
  }
  return text.substr(begin, end - begin);
}

bool same_letters(std::string_view word, std::string_view lower) {
  return std::ranges::equal(word, lower, [](char a, char b) {
    return (is_upper(a) ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

bool is_abbreviation(std::string_view word, std::string_view next) {
  if (word.size() == 1 && is_upper(word[0])) {
    return std::ranges::find(kOpeners, next) == kOpeners.end();  // an initial
  }
  return std::ranges::any_of(kAbbreviations,
                             [&](std::string_view known) { return same_letters(word, known); });
}

/// Whether the ASCII mark at `at` ends a sentence.
bool ends_here(std::string_view text, std::size_t at) {
  std::size_t after = at + 1;
  while (after < text.size() && (text[after] == '"' || text[after] == '\'' || text[after] == ')')) {
    ++after;
  }
  if (after == text.size() || !is_space(text[after])) {
    return after == text.size();
  }
  while (after < text.size() && is_space(text[after])) {
    ++after;
  }
  if (after == text.size() || text[at] != '.') {
    return true;
  }
  const char next = text[after];
  if (is_abbreviation(word_before(text, at), word_after(text, after))) {
    return false;
  }
  if (is_lower(next)) {
    // "p53 was lost. mTOR was not": a lower-case name with a capital inside begins sentences.
    const auto word = word_after(text, after);
    return std::ranges::any_of(word, is_upper) && word.size() <= 8;
  }
  return is_upper(next) || is_digit(next) || next == '(' || next == '[' || next == '"' ||
         next == '\'' || next == '-' || static_cast<unsigned char>(next) >= 0x80;
}

/// Bytes of the Chinese end mark at `at`, 0 when there is none.
std::size_t chinese_end(std::string_view text, std::size_t at) {
  for (const std::string_view mark : {"。", "！", "？", "；"}) {
    if (text.substr(at).starts_with(mark)) {
      return mark.size();
    }
  }
  return 0;
}

void add(std::string_view text, std::size_t begin, std::size_t end, std::vector<Span>& out) {
  while (begin < end && is_space(text[begin])) {
    ++begin;
  }
  while (begin < end && is_space(text[end - 1])) {
    --end;
  }
  if (begin < end) {
    out.push_back({begin, end});
  }
}

}  // namespace

std::vector<Span> split_sentences(std::string_view text) {
  std::vector<Span> out;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    std::size_t end = 0;
    if (c == '\n') {
      end = at;
    } else if ((c == '.' || c == '!' || c == '?') && ends_here(text, at)) {
      end = at + 1;
      while (end < text.size() && (text[end] == '"' || text[end] == '\'' || text[end] == ')')) {
        ++end;
      }
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      const std::size_t length = chinese_end(text, at);
      end = length > 0 ? at + length : 0;
    }
    if (end > 0 && end >= begin) {
      add(text, begin, end, out);
      begin = end;
      at = std::max(at, end - 1);
    }
  }
  add(text, begin, text.size(), out);
  return out;
}

}  // namespace thaw::reading
