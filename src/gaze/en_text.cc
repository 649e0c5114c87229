#include "gaze/en_text.h"

#include "gaze/utf8.h"

namespace thaw::gaze {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A Latin letter beyond ASCII, as in "café".
bool is_wide_letter(char32_t code) {
  return code >= 0xc0 && code <= 0x24f && code != 0xd7 && code != 0xf7;
}

}  // namespace

std::vector<std::string> en_pieces(std::string_view text) {
  std::vector<std::string> pieces;
  const auto is_word_at = [&](std::size_t i) {
    return i < text.size() &&
           (is_letter(text[i]) || is_digit(text[i]) || is_wide_letter(utf8_code(text, i)));
  };
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r') {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (is_word_at(end)) {
      end += utf8_size(text, end);
      const bool joins = end < text.size() &&
                         (text[end] == '\'' || text[end] == '-' ||
                          (is_digit(text[end - 1]) && (text[end] == '.' || text[end] == ':')));
      if (joins && is_word_at(end + 1)) {
        ++end;
      }
    }
    if (end == i) {
      end = i + utf8_size(text, i);
    }
    pieces.emplace_back(text.substr(i, end - i));
    i = end;
  }
  return pieces;
}

bool ends_sentence(std::string_view piece) {
  return piece == "." || piece == "!" || piece == "?" || piece == "。" || piece == "！" ||
         piece == "？";
}

bool is_en_word(std::string_view piece) {
  return !piece.empty() && (is_letter(piece[0]) || is_wide_letter(utf8_code(piece, 0)));
}

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

std::string capitalised(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') {
    out[0] = static_cast<char>(out[0] - 'a' + 'A');
  }
  return out;
}

}  // namespace thaw::gaze
