#include "gaze/word.h"

#include <fmt/format.h>

namespace thaw::gaze {
namespace {

bool is_spaced(unsigned char byte) {  // Latin letters and digits stand apart from each other
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z');
}

}  // namespace

std::string_view language_code(Language language) {
  return language == Language::kChinese ? "zh" : "en";
}

Result<Language> parse_language(std::string_view code) {
  if (code == "zh") {
    return Language::kChinese;
  }
  if (code == "en") {
    return Language::kEnglish;
  }
  return invalid_argument(fmt::format("the language is zh or en, not \"{}\"", code));
}

std::string text_of(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words) {
    if (word.text.empty()) {
      continue;
    }
    const bool after_mark =
        !text.empty() && std::string_view(",.!?;:").find(text.back()) != std::string_view::npos;
    if (is_spaced(static_cast<unsigned char>(word.text.front())) && !text.empty() &&
        (after_mark || is_spaced(static_cast<unsigned char>(text.back())))) {
      text += ' ';
    }
    text += word.text;
  }
  return text;
}

}  // namespace thaw::gaze
