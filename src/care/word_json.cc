#include "care/word_json.h"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace thaw::care {
namespace {

/// Letters in any script that has no Hanzi here: Latin with marks, digits, ' and space.
bool is_reading(std::string_view pinyin) {
  for (const char c : pinyin) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' || c == ' ' || c == ':';
    if (!plain && byte != 0xC3 && byte != 0xBC) {  // ü
      return false;
    }
  }
  return true;
}

}  // namespace

boost::json::object word_json(const gaze::Word& word) {
  return {{"text", word.text}, {"pinyin", word.pinyin}};
}

boost::json::array words_json(const std::vector<gaze::Word>& words) {
  boost::json::array out;
  out.reserve(words.size());
  for (const gaze::Word& word : words) {
    out.push_back(word_json(word));
  }
  return out;
}

Result<gaze::Word> read_word(const boost::json::value& value, std::string_view what) {
  if (!value.is_object()) {
    return invalid_argument(fmt::format("{} must be an object with 'text' and 'pinyin'", what));
  }
  gaze::Word word;
  for (const auto& [key, part] : value.get_object()) {
    if (key != "text" && key != "pinyin") {
      return invalid_argument(fmt::format("{} has a key that is not 'text' or 'pinyin'", what));
    }
    if (!part.is_string()) {
      return invalid_argument(fmt::format("{}: '{}' must be a text", what, std::string(key)));
    }
    (key == "text" ? word.text : word.pinyin) = std::string(part.get_string());
  }
  if (word.text.empty()) {
    return invalid_argument(fmt::format("{} has no text", what));
  }
  if (word.text.size() > kWordBytesMax || word.pinyin.size() > kWordBytesMax) {
    return invalid_argument(fmt::format("{} is over {} bytes long", what, kWordBytesMax));
  }
  if (word.text.find('\0') != std::string::npos) {
    return invalid_argument(fmt::format("{} holds a zero byte", what));
  }
  if (!is_reading(word.pinyin)) {
    return invalid_argument(fmt::format("{}: its pinyin must be letters a-z and spaces", what));
  }
  return word;
}

Result<std::vector<gaze::Word>> read_words(const boost::json::value& value, std::string_view what) {
  if (!value.is_array() || value.get_array().empty()) {
    return invalid_argument(fmt::format("{} must be a list of words and not empty", what));
  }
  if (value.get_array().size() > kWordsMax) {
    return invalid_argument(fmt::format("{} has over {} words", what, kWordsMax));
  }
  std::vector<gaze::Word> words;
  std::size_t bytes = 0;
  for (const boost::json::value& each : value.get_array()) {
    THAW_TRY(gaze::Word word, read_word(each, fmt::format("{}[{}]", what, words.size())));
    bytes += word.text.size();
    words.push_back(std::move(word));
  }
  if (bytes > kTextBytesMax) {
    return invalid_argument(fmt::format("{} is over {} bytes long", what, kTextBytesMax));
  }
  return words;
}

}  // namespace thaw::care
