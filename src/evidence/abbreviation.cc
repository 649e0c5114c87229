#include "evidence/abbreviation.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace thaw::evidence {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_alnum(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// 2 to 10 bytes, at most two words, at least one letter, begins with a letter or digit.
bool is_short_form(std::string_view text) {
  return text.size() >= 2 && text.size() <= 10 && is_alnum(text.front()) &&
         std::ranges::any_of(text, is_letter) && std::ranges::count(text, ' ') <= 1 &&
         std::ranges::all_of(
             text, [](char c) { return static_cast<unsigned char>(c) < 0x80U && c != ','; });
}

/// Where the long form begins in `before`, or nothing when the letters do not fit.
std::optional<std::size_t> best_long_form(std::string_view short_form, std::string_view before) {
  std::ptrdiff_t l = static_cast<std::ptrdiff_t>(before.size()) - 1;
  const auto at = [&](std::ptrdiff_t i) { return before[static_cast<std::size_t>(i)]; };
  for (auto s = static_cast<std::ptrdiff_t>(short_form.size()) - 1; s >= 0; --s) {
    const char wanted = lower(short_form[static_cast<std::size_t>(s)]);
    if (!is_alnum(wanted)) {
      continue;
    }
    while (l >= 0 && (lower(at(l)) != wanted || (s == 0 && l > 0 && is_alnum(at(l - 1))))) {
      --l;
    }
    if (l < 0) {
      return std::nullopt;
    }
    --l;
  }
  return static_cast<std::size_t>(l + 1);
}

/// The words before the bracket in which the long form may stand: as many as the short form has
/// letters plus 5, and at most twice as many, within one clause.
std::string_view window_before(std::string_view text, std::size_t letters) {
  const std::size_t most = std::min(letters + 5, letters * 2);
  std::size_t begin = text.size();
  std::size_t words = 0;
  while (begin > 0) {
    const char c = text[begin - 1];
    if (c == ';' || c == '\n' || c == '(' || c == ')' ||
        (c == '.' && text.substr(begin).starts_with(' ')) ||
        static_cast<unsigned char>(c) >= 0x80U) {
      break;
    }
    if (c == ' ' && begin < text.size() && ++words == most) {
      break;
    }
    --begin;
  }
  return trim(text.substr(begin));
}

std::optional<Abbreviation> aligned(std::string_view text, std::string_view short_form,
                                    std::string_view before) {
  before = trim(before);
  const auto letters = static_cast<std::size_t>(std::ranges::count_if(short_form, is_alnum));
  const std::string_view window = window_before(before, letters);
  const auto begin = best_long_form(short_form, window);
  if (!begin) {
    return std::nullopt;
  }
  const std::string_view long_form = window.substr(*begin);
  if (long_form.size() <= short_form.size() || long_form.find(short_form) == 0) {
    return std::nullopt;
  }
  return Abbreviation{std::string(short_form), std::string(long_form),
                      static_cast<std::size_t>(short_form.data() - text.data()),
                      static_cast<std::size_t>(long_form.data() - text.data()), true};
}

/// The run of Chinese characters at the end of `before`, at most 20.
std::optional<Abbreviation> after_chinese(std::string_view text, std::string_view short_form,
                                          std::string_view before) {
  before = trim(before);
  std::size_t begin = before.size();
  for (int n = 0; n < 20 && begin >= 3; ++n) {
    const auto first = static_cast<unsigned char>(before[begin - 3]);
    if (first < 0xE4U || first > 0xE9U) {  // U+4000..U+9FFF
      break;
    }
    begin -= 3;
  }
  const std::string_view run = before.substr(begin);
  if (run.size() < 6) {
    return std::nullopt;
  }
  return Abbreviation{std::string(short_form), std::string(run),
                      static_cast<std::size_t>(short_form.data() - text.data()),
                      static_cast<std::size_t>(run.data() - text.data()), false};
}

struct Bracket {
  std::size_t open, inside, end;  // of the opening sign, of the words, of the closing sign
};

std::vector<Bracket> brackets(std::string_view text) {
  constexpr std::string_view kOpen = "\xEF\xBC\x88";   // full-width (
  constexpr std::string_view kClose = "\xEF\xBC\x89";  // full-width )
  std::vector<Bracket> out;
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t open = kNone;
  std::size_t inside = kNone;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (text[i] == '(' || rest.starts_with(kOpen)) {
      open = i;
      inside = i + (text[i] == '(' ? 1 : kOpen.size());
    } else if (open != kNone && (text[i] == ')' || rest.starts_with(kClose))) {
      out.push_back({open, inside, i});
      open = kNone;
    } else if (open != kNone && i - open > 200) {
      open = kNone;
    }
  }
  return out;
}

/// "long form, SHORT" or "SHORT; note" inside a bracket: the pieces between separators.
std::vector<std::string_view> pieces(std::string_view inside) {
  constexpr std::string_view kComma = "\xEF\xBC\x8C";
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= inside.size(); ++i) {
    const bool wide = inside.substr(i).starts_with(kComma);
    if (i == inside.size() || inside[i] == ',' || inside[i] == ';' || wide) {
      out.push_back(trim(inside.substr(begin, i - begin)));
      begin = i + (wide ? kComma.size() : 1);
    }
  }
  return out;
}

}  // namespace

std::vector<Abbreviation> find_abbreviations(std::string_view text) {
  std::vector<Abbreviation> found;
  for (const Bracket& bracket : brackets(text)) {
    const std::string_view before = text.substr(0, bracket.open);
    const auto parts = pieces(text.substr(bracket.inside, bracket.end - bracket.inside));
    if (parts.size() >= 2 && is_short_form(parts.back())) {
      const std::string_view inner = text.substr(
          bracket.inside, static_cast<std::size_t>(parts[parts.size() - 2].data() +
                                                   parts[parts.size() - 2].size() - text.data()) -
                              bracket.inside);
      if (auto one = aligned(text, parts.back(), inner)) {
        found.push_back(std::move(*one));
        continue;
      }
    }
    if (!is_short_form(parts.front())) {
      continue;
    }
    if (auto one = aligned(text, parts.front(), before)) {
      found.push_back(std::move(*one));
    } else if (auto chinese = after_chinese(text, parts.front(), before)) {
      found.push_back(std::move(*chinese));
    }
  }
  return found;
}

}  // namespace thaw::evidence
