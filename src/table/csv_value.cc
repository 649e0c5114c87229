#include "table/csv_value.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace thaw {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::optional<double> real_of(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && !is_digit(text[1]) && text[1] != '.') {
    return std::nullopt;
  }
  const auto value = parse_double(text);
  if (!value || std::isfinite(*value)) {
    return value;
  }
  const bool is_word = text.ends_with("inf") || text.ends_with("Inf");
  return std::isinf(*value) && is_word ? value : std::nullopt;  // Not 1e999 either.
}

std::optional<bool> boolean_of(std::string_view text) {
  const auto is = [&](std::string_view word) {
    return std::ranges::equal(text, word, [](char c, char lower) {
      return c == lower || (c >= 'A' && c <= 'Z' && c - 'A' + 'a' == lower);
    });
  };
  if (is("1") || is("true") || is("t") || is("yes")) {
    return true;
  }
  if (is("0") || is("false") || is("f") || is("no")) {
    return false;
  }
  return std::nullopt;
}

bool looks_like_number(std::string_view text) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    text.remove_prefix(1);
  }
  return !text.empty() && (is_digit(text[0]) || text[0] == '.') &&
         !(text.size() > 1 && text[0] == '0' && is_digit(text[1]));
}

std::string_view trim_fast(std::string_view text) {
  constexpr unsigned char kSpace = ' ';
  if (text.empty() || (static_cast<unsigned char>(text.front()) > kSpace &&
                       static_cast<unsigned char>(text.back()) > kSpace)) {
    return text;
  }
  return trim(text);
}

MissingCodes::MissingCodes(const std::vector<std::string>& common,
                           const std::vector<std::string>& own) {
  for (const auto* list : {&common, &own}) {
    for (const auto& code : *list) {
      const std::string_view trimmed = trim(code);
      if (trimmed.empty()) {
        empty_ = true;
      } else {
        starts_[static_cast<unsigned char>(trimmed.front())] = true;
        codes_.emplace_back(trimmed);
      }
    }
  }
}

bool MissingCodes::find(std::string_view trimmed) const {
  return std::ranges::find(codes_, trimmed) != codes_.end();
}

}  // namespace thaw
