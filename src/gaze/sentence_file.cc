#include "gaze/sentence_file.h"

#include <fmt/format.h>

#include "base/text.h"
#include "gaze/pinyin.h"
#include "gaze/tones.h"
#include "gaze/utf8.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kMostBytes = 16U << 20U;
constexpr std::size_t kMostSentence = 2000;  // bytes of a text
constexpr std::string_view kHeader = "lang\ttext\tpinyin";

Error bad(std::size_t line, std::string_view column, std::string_view reason) {
  return invalid_argument(fmt::format("line {}, column {}: {}", line, column, reason));
}

/// A syllable as it is typed: v for u with two dots.
std::string typed_form(std::string_view token) {
  std::string form;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token.substr(i, 2) == "ü") {
      form += 'v';
      ++i;
    } else {
      form += token[i];
    }
  }
  return form == "lue" ? "lve" : form == "nue" ? "nve" : form;
}

std::size_t hanzi_in(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); i += utf8_size(text, i)) {
    count += is_hanzi(utf8_code(text, i)) ? 1 : 0;
  }
  return count;
}

Result<std::vector<std::string>> read_pinyin(std::string_view pinyin, std::string_view text,
                                             std::size_t line) {
  std::vector<std::string> syllables;
  for (const std::string_view token : split(pinyin, ' ')) {
    if (token.empty() || token == "|") {
      continue;
    }
    std::string form = typed_form(token);
    const bool in_text = text.find(token) != std::string_view::npos;
    if (syllable_of(form)) {
      syllables.push_back(std::move(form));
    } else if (!in_text) {
      return bad(line, "pinyin",
                 fmt::format("\"{}\" is not a syllable of pinyin without tones", token));
    }
  }
  if (const std::size_t wanted = hanzi_in(text); syllables.size() != wanted) {
    return bad(line, "pinyin",
               fmt::format("{} syllables for {} characters", syllables.size(), wanted));
  }
  return syllables;
}

/// An apostrophe inside a word is the one that is typed: "don't".
std::string straight_apostrophes(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 3) == "\xe2\x80\x99" && i > 0 && letter(text[i - 1]) &&
        i + 3 < text.size() && letter(text[i + 3])) {
      out += '\'';
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

Result<BenchSentence> read_line(std::string_view line, std::size_t number) {
  const auto cells = split(line, '\t');
  if (cells.size() < 2 || cells.size() > 3) {
    return bad(number, "lang",
               fmt::format("{} cells; three are asked for: lang, text, pinyin", cells.size()));
  }
  const auto language = parse_language(cells[0]);
  if (!language) {
    return bad(number, "lang", language.error().message);
  }
  if (trim(cells[1]).empty()) {
    return bad(number, "text", "no text");
  }
  if (cells[1].size() > kMostSentence) {
    return bad(number, "text", fmt::format("over {} bytes in one sentence", kMostSentence));
  }
  for (const char byte : cells[1]) {
    if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f) {
      return bad(number, "text", "a control character");
    }
  }
  BenchSentence sentence{*language, std::string(trim(cells[1])), {}};
  if (*language == Language::kEnglish) {
    sentence.text = straight_apostrophes(sentence.text);
  }
  if (*language == Language::kChinese && cells.size() == 3 && !trim(cells[2]).empty()) {
    THAW_TRY(sentence.syllables, read_pinyin(cells[2], cells[1], number));
  }
  return sentence;
}

}  // namespace

Result<std::vector<BenchSentence>> parse_sentences(std::string_view bytes) {
  if (bytes.size() > kMostBytes) {
    return invalid_argument("the sentences are over 16 MiB");
  }
  if (const auto place = first_invalid_utf8(bytes)) {
    return invalid_argument(fmt::format("byte {} is not UTF-8", *place + 1));
  }
  if (bytes.starts_with("\xef\xbb\xbf")) {
    bytes.remove_prefix(3);
  }
  std::vector<BenchSentence> sentences;
  std::size_t number = 0;
  for (std::string_view line : split(bytes, '\n')) {
    ++number;
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (number == 1) {
      if (line != kHeader) {
        return bad(1, "lang", "the first line must name the columns: lang, text, pinyin");
      }
    } else if (!trim(line).empty()) {
      THAW_TRY(BenchSentence sentence, read_line(line, number));
      sentences.push_back(std::move(sentence));
    }
  }
  if (sentences.empty()) {
    return invalid_argument("there is no sentence after the line of column names");
  }
  return sentences;
}

}  // namespace thaw::gaze
