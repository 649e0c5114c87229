// Numbers as Chinese says them, in numbered pinyin: 120, 3.5, 50%, 10:30, 2026-11-26, 3/4.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace thaw::gaze {

/// The syllables of `token`, which begins with a digit (or '-' and a digit) and holds digits and
/// . , : / - % only. Digit by digit: a telephone number, a number with a leading zero or of over 16
/// digits, a year (`year`: 2026 before nian2), and what is of no known form. Never empty.
std::vector<std::string> read_number(std::string_view token, bool year);

/// How many bytes at the beginning of `text` are one number, by those forms: "3.5" of "3.5, 7".
/// 0 where none begins.
std::size_t number_length(std::string_view text);

}  // namespace thaw::gaze
