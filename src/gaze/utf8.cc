#include "gaze/utf8.h"

#include "base/text.h"

namespace thaw::gaze {
namespace {

std::size_t announced(unsigned char first) {
  return first < 0x80   ? 1
         : first < 0xc2 ? 0
         : first < 0xe0 ? 2
         : first < 0xf0 ? 3
         : first < 0xf5 ? 4
                        : 0;
}

bool well_formed(std::string_view text, std::size_t place, std::size_t size) {
  return size > 0 && place + size <= text.size() && !first_invalid_utf8(text.substr(place, size));
}

std::string clean(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = announced(static_cast<unsigned char>(text[i]));
    if (!well_formed(text, i, size)) {
      ++i;
      continue;
    }
    const auto first = static_cast<unsigned char>(text[i]);
    if (first >= 0x20 && first != 0x7f) {
      kept += text.substr(i, size);
    } else if (first == '\n' || first == '\t') {
      kept += ' ';
    }
    i += size;
  }
  return kept;
}

}  // namespace

std::size_t utf8_size(std::string_view text, std::size_t place) {
  const std::size_t size = announced(static_cast<unsigned char>(text[place]));
  return well_formed(text, place, size) ? size : 1;
}

char32_t utf8_code(std::string_view text, std::size_t place) {
  const std::size_t size = announced(static_cast<unsigned char>(text[place]));
  if (!well_formed(text, place, size)) {
    return 0xfffd;
  }
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[place + i]));
  };
  if (size == 1) {
    return byte(0);
  }
  char32_t code = byte(0) & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    code = (code << 6U) | (byte(i) & 0x3fU);
  }
  return code;
}

std::size_t utf8_length(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) {
    count += (static_cast<unsigned char>(byte) & 0xc0U) != 0x80 ? 1 : 0;
  }
  return count;
}

std::string clean_tail(std::string_view text, std::size_t most) {
  if (text.size() > most) {
    text.remove_prefix(text.size() - most);
    while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xc0U) == 0x80) {
      text.remove_prefix(1);
    }
  }
  return clean(text);
}

std::string clean_head(std::string_view text, std::size_t most) {
  return clean(text.substr(0, most));
}

}  // namespace thaw::gaze
