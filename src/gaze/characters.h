// A text as its characters: each with its bytes and its code point.
#pragma once

#include <string_view>
#include <vector>

namespace thaw::gaze {

struct Character {
  std::string_view text;  // its bytes in UTF-8
  char32_t code = 0;
};

/// The characters of `text` in their order; bytes that are no valid UTF-8 are left out. Views of
/// `text`. Cost: linear.
std::vector<Character> characters_of(std::string_view text);

}  // namespace thaw::gaze
