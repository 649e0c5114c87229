// Words as they stand in JSON: [{"text":"温水","pinyin":"wen shui"},…].
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gaze/word.h"

namespace thaw::care {

inline constexpr std::size_t kWordsMax = 12'000;   // of one text: a draft of 10,000 characters fits
inline constexpr std::size_t kWordBytesMax = 400;  // of one word
inline constexpr std::size_t kTextBytesMax = 60'000;  // of all of them

boost::json::object word_json(const gaze::Word& word);
boost::json::array words_json(const std::vector<gaze::Word>& words);

/// Reads one word; a missing "pinyin" is none. kInvalidArgument names `what`: not an object,
/// another key, no text, too long, or pinyin that is not letters a-z, ü, digits, ' and spaces.
Result<gaze::Word> read_word(const boost::json::value& value, std::string_view what);

/// Reads a list of words within the limits above. kInvalidArgument as read_word, or empty.
Result<std::vector<gaze::Word>> read_words(const boost::json::value& value, std::string_view what);

}  // namespace thaw::care
