#include "gaze/characters.h"

#include "base/text.h"

namespace thaw::gaze {
namespace {

std::size_t bytes_of(unsigned char first) {
  return first < 0x80 ? 1U : first < 0xE0 ? 2U : first < 0xF0 ? 3U : 4U;
}

/// Takes the characters of valid bytes.
void take_valid(std::string_view text, std::vector<Character>& out) {
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = bytes_of(first);
    char32_t code = bytes == 1 ? first : first & (0xFFU >> (bytes + 1));
    for (std::size_t k = 1; k < bytes; ++k) {
      code = (code << 6U) | (static_cast<unsigned char>(text[at + k]) & 0x3FU);
    }
    out.push_back({text.substr(at, bytes), code});
    at += bytes;
  }
}

}  // namespace

std::vector<Character> characters_of(std::string_view text) {
  std::vector<Character> out;
  while (!text.empty()) {
    const std::size_t valid = first_invalid_utf8(text).value_or(text.size());
    take_valid(text.substr(0, valid), out);
    text.remove_prefix(valid == text.size() ? valid : valid + 1);
  }
  return out;
}

}  // namespace thaw::gaze
