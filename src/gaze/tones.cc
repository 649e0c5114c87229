#include "gaze/tones.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "gaze/characters.h"

namespace thaw::gaze {
namespace {

/// "zhang3": letters and a tone from 1 to 5.
bool is_numbered(std::string_view syllable) {
  return syllable.size() >= 2 && syllable.back() >= '1' && syllable.back() <= '5' &&
         std::all_of(syllable.begin(), syllable.end() - 1,
                     [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string_view toneless(std::string_view numbered) {
  return numbered.substr(0, numbered.size() - 1);
}

/// Calls `take` with every line that is neither empty nor a note, and its number from 1.
template <class Take>
Result<Done> each_line(std::string_view text, Take take) {
  std::size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    line = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    if (!line.empty() && line.front() != '#') {
      THAW_CHECK(take(line, number));
    }
  }
  return Done{};
}

std::vector<std::string> syllables_of(std::string_view pinyin) {
  std::vector<std::string> out;
  for (const std::string_view part : split(pinyin, ' ')) {
    if (!part.empty()) {
      out.emplace_back(part);
    }
  }
  return out;
}

/// What was typed for each Hanzi of a word, or nothing where the two do not fit.
std::vector<std::string> typed_of(const Word& word, std::size_t hanzi) {
  std::vector<std::string> typed = syllables_of(word.pinyin);
  return typed.size() == hanzi ? typed : std::vector<std::string>(hanzi);
}

}  // namespace

bool is_hanzi(char32_t code) {
  return (code >= 0x3400 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
         (code >= 0x20000 && code <= 0x3FFFF) || code == 0x3007;
}

std::string typed_syllable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (text.substr(at, 2) == "\u00fc" || text.substr(at, 2) == "\u00dc") {
      out += 'v';
      ++at;
    } else if (c == ':' && out.ends_with('u')) {
      out.back() = 'v';
    } else if (c >= 'a' && c <= 'z') {
      out += c;
    } else if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if (!(c >= '1' && c <= '5' && at + 1 == text.size())) {
      return "";
    }
  }
  return out;
}

Result<Tones> Tones::read(std::string_view readings, std::string_view words) {
  Tones tones;
  THAW_CHECK(each_line(readings, [&](std::string_view line, std::size_t n) -> Result<Done> {
    const auto parts = split(line, '\t');
    if (parts.size() != 3 || !is_numbered(parts[0])) {
      return corrupt(fmt::format("readings, line {}: not a syllable and two lists of Hanzi", n));
    }
    const auto syllable = static_cast<std::uint16_t>(tones.syllables_.size());
    tones.syllables_.emplace_back(parts[0]);
    for (const bool rarer : {false, true}) {
      for (const Character& one : characters_of(parts[rarer ? 2 : 1])) {
        tones.readings_.push_back({one.code, syllable, rarer});
      }
    }
    return Done{};
  }));
  std::stable_sort(tones.readings_.begin(), tones.readings_.end(),
                   [](const Reading& a, const Reading& b) {
                     return std::pair(a.hanzi, a.rarer) < std::pair(b.hanzi, b.rarer);
                   });
  THAW_CHECK(each_line(words, [&](std::string_view line, std::size_t n) -> Result<Done> {
    const auto parts = split(line, '\t');
    auto syllables = parts.size() == 2 ? syllables_of(parts[1]) : std::vector<std::string>();
    if (syllables.empty() || syllables.size() != characters_of(parts[0]).size() ||
        !std::all_of(syllables.begin(), syllables.end(), is_numbered)) {
      return corrupt(fmt::format("word tones, line {}: not a word and its numbered syllables", n));
    }
    tones.longest_word_ = std::max(tones.longest_word_, parts[0].size());
    tones.words_.emplace(parts[0], std::move(syllables));
    return Done{};
  }));
  return tones;
}

std::string_view Tones::reading(char32_t hanzi, std::string_view typed) const {
  auto at = std::lower_bound(readings_.begin(), readings_.end(), hanzi,
                             [](const Reading& r, char32_t code) { return r.hanzi < code; });
  for (; at != readings_.end() && at->hanzi == hanzi; ++at) {
    const std::string_view numbered = syllables_[at->syllable];
    if (typed.empty() || toneless(numbered) == typed) {
      return numbered;
    }
  }
  return "";
}

std::vector<Sign> Tones::read_out(const std::vector<Word>& words) const {
  std::vector<Sign> signs;
  for (std::size_t w = 0; w < words.size(); ++w) {
    const std::vector<Character> characters = characters_of(words[w].text);
    const auto hanzi = static_cast<std::size_t>(std::count_if(
        characters.begin(), characters.end(), [](const Character& c) { return is_hanzi(c.code); }));
    const std::vector<std::string> typed = typed_of(words[w], hanzi);
    std::size_t next = 0;
    for (const Character& one : characters) {
      Sign sign{one.text, one.code, w, is_hanzi(one.code), ""};
      if (sign.hanzi) {
        sign.syllable = typed[next++];  // for now as typed; take_words makes it a reading
      }
      signs.push_back(std::move(sign));
    }
  }
  take_words(signs);
  return signs;
}

void Tones::read_by_words(std::vector<Word>& words) const {
  for (std::size_t first = 0, end = 1; first < words.size(); first = end) {
    end = first + 1;
    const std::vector<std::string>* found = nullptr;
    std::string text;
    for (std::size_t k = first; k < words.size() && text.size() <= longest_word_; ++k) {
      text += words[k].text;
      if (const auto word = words_.find(text); word != words_.end()) {
        found = &word->second;
        end = k + 1;
      }
    }
    std::size_t used = 0;
    for (std::size_t k = first; found != nullptr && k < end; ++k) {
      std::vector<std::string> own;
      for (std::size_t n = characters_of(words[k].text).size(); n > 0; --n) {
        own.emplace_back(toneless((*found)[used++]));
      }
      words[k].pinyin = join(own, " ");
    }
  }
}

const std::vector<std::string>* Tones::longest_word(const std::vector<Sign>& signs,
                                                    std::size_t at) const {
  const std::vector<std::string>* found = nullptr;
  std::string text;
  for (std::size_t end = at; end < signs.size() && signs[end].hanzi; ++end) {
    text += signs[end].text;
    if (text.size() > longest_word_) {
      break;
    }
    const auto word = words_.find(text);
    if (word == words_.end()) {
      continue;
    }
    bool fits = true;  // to what was typed
    for (std::size_t k = 0; k < word->second.size(); ++k) {
      const std::string& given = signs[at + k].syllable;
      fits = fits && !is_numbered(given) &&
             (given.empty() || typed_syllable(given) == toneless(word->second[k]));
    }
    found = fits ? &word->second : found;
  }
  return found;
}

std::string Tones::by_itself(const Sign& sign) const {
  if (is_numbered(sign.syllable)) {
    return sign.syllable;  // the tone was typed too
  }
  const std::string typed = typed_syllable(sign.syllable);
  const std::string_view numbered = reading(sign.code, typed);
  // A syllable that no table has for this Hanzi is still said.
  return numbered.empty() && !typed.empty() ? typed + "1" : std::string(numbered);
}

void Tones::take_words(std::vector<Sign>& signs) const {
  for (std::size_t at = 0; at < signs.size();) {
    if (!signs[at].hanzi) {
      ++at;
    } else if (const auto* word = longest_word(signs, at)) {
      for (const std::string& syllable : *word) {
        signs[at++].syllable = syllable;
      }
    } else {
      signs[at].syllable = by_itself(signs[at]);
      ++at;
    }
  }
}

}  // namespace thaw::gaze
