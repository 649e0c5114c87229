// Characters of UTF-8 text, one at a time; bytes that are not UTF-8 count as characters of one
// byte.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace thaw::gaze {

/// Bytes of the character at `place`; 1 when none is well-formed there. `place` < text.size().
std::size_t utf8_size(std::string_view text, std::size_t place);

/// Code point of the character at `place`; U+FFFD when none is well-formed there.
char32_t utf8_code(std::string_view text, std::size_t place);

/// Characters of valid UTF-8.
std::size_t utf8_length(std::string_view text);

/// The end of `text`, at most `most` bytes, without half a character at its front and without bytes
/// that are not UTF-8 and control characters.
std::string clean_tail(std::string_view text, std::size_t most);

/// The same of its front.
std::string clean_head(std::string_view text, std::size_t most);

}  // namespace thaw::gaze
