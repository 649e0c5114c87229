#include "gaze/listed_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "gaze/en_text.h"
#include "gaze/utf8.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kMostLetters = 40;  // bytes of a listed word
constexpr std::size_t kMostBytes = 8U << 20U;

std::string from_latin1(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xc0U | (byte >> 6U));
      text += static_cast<char>(0x80U | (byte & 0x3fU));
    }
  }
  return text;
}

/// Letters, with ' - and . between or after them.
bool is_spelling(std::string_view word) {
  if (word.size() > kMostLetters || !is_en_word(word)) {
    return false;
  }
  for (std::size_t i = 0; i < word.size(); i += utf8_size(word, i)) {
    const bool joins = word[i] == '\'' || word[i] == '-' || word[i] == '.';
    if (!joins && !is_en_word(word.substr(i))) {
      return false;
    }
  }
  return true;
}

bool is_wanted(std::string_view word) {
  const bool capital =
      std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) ||
      (utf8_code(word, 0) >= 0xc0 && utf8_code(word, 0) <= 0xde);
  return !capital && !word.ends_with("'s") && !word.ends_with('\'') &&
         word.find('.') == std::string_view::npos;
}

}  // namespace

Result<std::vector<std::string>> parse_word_list(std::string_view bytes) {
  if (bytes.size() > kMostBytes) {
    return invalid_argument("a list of words over 8 MiB");
  }
  std::string text = first_invalid_utf8(bytes) ? from_latin1(bytes) : std::string(bytes);
  if (text.starts_with("\xef\xbb\xbf")) {
    text.erase(0, 3);
  }
  std::vector<std::string> words;
  std::size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (line.empty()) {
      continue;
    }
    if (!is_spelling(line)) {
      return invalid_argument(fmt::format("line {}: not one word of Latin letters", number));
    }
    if (is_wanted(line)) {
      words.emplace_back(line);
    }
  }
  if (words.empty()) {
    return invalid_argument("the list has no word in small letters");
  }
  return words;
}

bool is_form_of_known(std::string_view word,
                      const std::unordered_map<std::string, std::uint32_t>& seen) {
  struct Ending {
    std::string_view ending;
    std::string_view instead;
  };
  static constexpr Ending kEndings[] = {
      {"s", ""},    {"es", ""},   {"ies", "y"}, {"d", ""},    {"ed", ""},  {"ied", "y"},
      {"ing", ""},  {"ing", "e"}, {"ly", ""},   {"ily", "y"}, {"r", ""},   {"er", ""},
      {"ier", "y"}, {"est", ""},  {"st", ""},   {"n't", ""},  {"ness", ""}};
  for (const Ending& one : kEndings) {
    if (!word.ends_with(one.ending) || word.size() < one.ending.size() + 2) {
      continue;
    }
    const std::string_view stem = word.substr(0, word.size() - one.ending.size());
    if (seen.contains(std::string(stem).append(one.instead))) {
      return true;
    }
    const bool doubled = stem.size() > 3 && stem[stem.size() - 1] == stem[stem.size() - 2];
    if (one.instead.empty() && doubled &&
        seen.contains(std::string(stem.substr(0, stem.size() - 1)))) {
      return true;
    }
  }
  return false;
}

ListedWords group_listed(const WordLists& lists,
                         const std::unordered_map<std::string, std::uint32_t>& seen) {
  ListedWords found;
  std::unordered_set<std::string> known;
  std::size_t once_listed = 0;
  for (const auto& [level, words] : lists) {
    std::array<ListedGroup, 2> groups{};
    for (const std::string& word : words) {
      if (!known.insert(word).second) {
        continue;
      }
      ListedGroup& group = groups[is_form_of_known(word, seen) ? 1 : 0];
      const auto times = seen.find(word);
      if (times == seen.end()) {
        group.words.push_back(word);
      } else if (times->second == 1) {
        ++group.seen_once;
        ++once_listed;
      }
    }
    for (ListedGroup& group : groups) {
      if (!group.words.empty()) {
        std::sort(group.words.begin(), group.words.end());
        found.groups.push_back(std::move(group));
      }
    }
  }
  std::size_t once = 0;
  for (const auto& [word, times] : seen) {
    once += times == 1 && is_en_word(word) ? 1 : 0;
  }
  found.unlisted_once = static_cast<std::uint32_t>(once - std::min(once, once_listed));
  return found;
}

}  // namespace thaw::gaze
