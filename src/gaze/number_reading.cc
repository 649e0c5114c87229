#include "gaze/number_reading.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace thaw::gaze {
namespace {

using Syllables = std::vector<std::string>;

constexpr std::array<const char*, 10> kDigits = {"ling2", "yi1",  "er4", "san1", "si4",
                                                 "wu3",   "liu4", "qi1", "ba1",  "jiu3"};
constexpr std::size_t kValueDigitsMax = 16;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

void add(Syllables& out, const Syllables& more) {
  out.insert(out.end(), more.begin(), more.end());
}

Syllables one_by_one(std::string_view text) {
  Syllables out;
  for (const char c : text) {
    if (is_digit(c)) {
      out.emplace_back(kDigits[static_cast<std::size_t>(c - '0')]);
    }
  }
  return out;
}

/// Four digits at most, without the zeros in front: "ling2" stands only between digits. Two
/// thousand that a number begins with is liang3.
Syllables below_ten_thousand(unsigned value, bool begins) {
  constexpr std::array<unsigned, 4> kWorth = {1000, 100, 10, 1};
  constexpr std::array<const char*, 4> kNames = {"qian1", "bai3", "shi2", ""};
  Syllables out;
  bool gap = false;
  for (std::size_t k = 0; k < kWorth.size(); ++k) {
    const unsigned digit = value / kWorth[k] % 10;
    if (digit == 0) {
      gap = !out.empty();
      continue;
    }
    if (gap) {
      out.emplace_back("ling2");
      gap = false;
    }
    out.emplace_back(k == 0 && digit == 2 && begins ? "liang3" : kDigits[digit]);
    if (k < 3) {
      out.emplace_back(kNames[k]);
    }
  }
  return out;
}

/// The value of up to 16 digits.
Syllables whole(std::string_view digits) {
  constexpr std::array<const char*, 4> kNames = {"", "wan4", "yi4", "wan4"};
  Syllables out;
  unsigned skipped = 0;
  const std::size_t groups = (digits.size() + 3) / 4;
  for (std::size_t g = groups; g-- > 0;) {
    const std::size_t end = digits.size() - 4 * g;
    const std::size_t begin = end >= 4 ? end - 4 : 0;
    unsigned value = 0;
    for (const char c : digits.substr(begin, end - begin)) {
      value = value * 10 + static_cast<unsigned>(c - '0');
    }
    if (value == 0) {
      ++skipped;
      if (g == 2 && !out.empty()) {
        out.emplace_back("yi4");  // 1,0000,0000,0000: wan4 yi4
      }
      continue;
    }
    if (!out.empty() && (value < 1000 || skipped > 0)) {
      out.emplace_back("ling2");
    }
    skipped = 0;
    const bool two = value == 2 && g > 0 && out.empty();
    add(out, two ? Syllables{"liang3"} : below_ten_thousand(value, out.empty()));
    if (g > 0) {
      out.emplace_back(kNames[g]);
    }
  }
  if (out.empty()) {
    return {"ling2"};
  }
  if (out.size() >= 2 && out[0] == "yi1" && out[1] == "shi2") {
    out.erase(out.begin());  // shi2 wu3, not yi1 shi2 wu3
  }
  return out;
}

/// A run of digits by its value, or digit by digit where it is none.
Syllables run(std::string_view digits) {
  const bool telephone = digits.size() == 11 && digits.front() == '1';
  const bool leading_zero = digits.size() > 1 && digits.front() == '0';
  return telephone || leading_zero || digits.size() > kValueDigitsMax ? one_by_one(digits)
                                                                      : whole(digits);
}

Syllables small(std::string_view digits) {  // 07 as 7
  while (digits.size() > 1 && digits.front() == '0') {
    digits.remove_prefix(1);
  }
  return whole(digits);
}

int value_of(std::string_view digits) {
  return static_cast<int>(parse_int(digits).value_or(-1));
}

/// Whole or with one point.
Syllables decimal(std::string_view text) {
  const auto parts = split(text, '.');
  if (parts.size() == 2 && all_digits(parts[0]) && all_digits(parts[1])) {
    Syllables out = small(parts[0].substr(0, kValueDigitsMax));
    out.emplace_back("dian3");
    add(out, one_by_one(parts[1]));
    return out;
  }
  return all_digits(text) ? run(text) : one_by_one(text);
}

Syllables clock(const std::vector<std::string_view>& parts) {
  Syllables out = value_of(parts[0]) == 2 ? Syllables{"liang3"} : small(parts[0]);
  out.emplace_back("dian3");
  const bool seconds = parts.size() == 3;
  if (value_of(parts[1]) == 0 && !seconds) {
    return out;
  }
  if (parts[1].front() == '0') {
    out.emplace_back("ling2");
  }
  if (value_of(parts[1]) > 0) {
    add(out, small(parts[1]));
  }
  out.emplace_back("fen1");
  if (seconds) {
    add(out, small(parts[2]));
    out.emplace_back("miao3");
  }
  return out;
}

bool is_clock(const std::vector<std::string_view>& parts) {
  return (parts.size() == 2 || parts.size() == 3) &&
         std::all_of(parts.begin(), parts.end(), all_digits) && parts[0].size() <= 2 &&
         value_of(parts[0]) <= 24 && std::all_of(parts.begin() + 1, parts.end(), [](auto part) {
           return part.size() == 2 && value_of(part) < 60;
         });
}

bool is_date(const std::vector<std::string_view>& parts) {
  return parts.size() == 3 && std::all_of(parts.begin(), parts.end(), all_digits) &&
         parts[0].size() == 4 && parts[1].size() <= 2 && parts[2].size() <= 2 &&
         value_of(parts[1]) >= 1 && value_of(parts[1]) <= 12 && value_of(parts[2]) >= 1 &&
         value_of(parts[2]) <= 31;
}

Syllables date(const std::vector<std::string_view>& parts) {
  Syllables out = one_by_one(parts[0]);
  out.emplace_back("nian2");
  add(out, small(parts[1]));
  out.emplace_back("yue4");
  add(out, small(parts[2]));
  out.emplace_back("ri4");
  return out;
}

/// Two numbers and what is said between them.
Syllables pair(Syllables first, std::initializer_list<const char*> between, Syllables second) {
  for (const char* syllable : between) {
    first.emplace_back(syllable);
  }
  add(first, second);
  return first;
}

/// The commas of thousands taken out.
std::string without_commas(std::string_view text) {
  std::string out(text);
  out.erase(std::remove(out.begin(), out.end(), ','), out.end());
  return out;
}

}  // namespace

std::vector<std::string> read_number(std::string_view token, bool year) {
  if (token.starts_with('-')) {
    return pair({"fu4"}, {}, read_number(token.substr(1), year));
  }
  if (year && token.size() == 4 && all_digits(token)) {
    return one_by_one(token);
  }
  const std::string plain = without_commas(token);
  if (plain.ends_with('%')) {
    return pair({"bai3"}, {"fen1", "zhi1"},
                read_number(std::string_view(plain).substr(0, plain.size() - 1), false));
  }
  const auto colons = split(plain, ':');
  const auto dashes = split(plain, '-');
  const auto slashes = split(plain, '/');
  if (is_clock(colons)) {
    return clock(colons);
  }
  if (is_date(dashes)) {
    return date(dashes);
  }
  if (is_date(slashes)) {
    return date(slashes);
  }
  if (dashes.size() == 2) {
    return pair(decimal(dashes[0]), {"dao4"}, decimal(dashes[1]));
  }
  if (slashes.size() == 2) {
    return pair(decimal(slashes[1]), {"fen1", "zhi1"}, decimal(slashes[0]));
  }
  return decimal(plain);
}

std::size_t number_length(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  if (at >= text.size() || !is_digit(text[at])) {
    return 0;
  }
  const auto digits_from = [&](std::size_t from) {
    std::size_t end = from;
    while (end < text.size() && is_digit(text[end])) {
      ++end;
    }
    return end - from;
  };
  at += digits_from(at);
  while (at < text.size() && std::string_view(".:/-,").find(text[at]) != std::string_view::npos) {
    const std::size_t more = digits_from(at + 1);
    if (more == 0 || (text[at] == ',' && more != 3)) {
      break;
    }
    at += 1 + more;
  }
  return at < text.size() && text[at] == '%' ? at + 1 : at;
}

}  // namespace thaw::gaze
