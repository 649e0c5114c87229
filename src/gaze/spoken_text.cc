#include "gaze/spoken_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "gaze/characters.h"
#include "gaze/number_reading.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kSpelledMax = 5;  // letters of an abbreviation in capitals

bool is_letter(char32_t code) {  // Latin, also with accents
  return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
         (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7);
}

bool is_digit(char32_t code) {
  return code >= '0' && code <= '9';
}

/// Full-width forms as ASCII, marks of Chinese as those of English.
char32_t narrow(char32_t code) {
  switch (code) {
    case 0x3002:  // ideographic full stop
      return '.';
    case 0x3001:  // enumeration comma
    case 0x2014:  // dash
    case 0x2026:  // ellipsis
      return ',';
    case 0x2019:
      return '\'';
    case 0x3000:
      return ' ';
    default:
      return code >= 0xFF01 && code <= 0xFF5E ? code - 0xFEE0 : code;
  }
}

char pause_of(char32_t mark) {
  switch (mark) {
    case '.':
    case '\n':
      return '.';
    case '!':
      return '!';
    case '?':
      return '?';
    case ',':
    case ';':
    case ':':
      return ',';
    default:
      return '\0';
  }
}

bool is_mark(const Sign& sign) {
  return !sign.hanzi && pause_of(narrow(sign.code)) != '\0';
}

bool is_xml(char32_t code) {
  return code == '<' || code == '>' || code == '&';
}

unsigned vowel_groups(std::string_view text) {
  unsigned groups = 0;
  bool inside = false;
  for (const char c : text) {
    const bool vowel = std::string_view("aeiouyAEIOUY").find(c) != std::string_view::npos;
    groups += vowel && !inside ? 1 : 0;
    inside = vowel;
  }
  return std::max(groups, 1U);
}

/// Walks over the characters of a text and makes its pieces.
class Reading {
 public:
  Reading(Language language, std::vector<Sign> signs)
      : chinese_(language == Language::kChinese), signs_(std::move(signs)) {
    for (Sign& sign : signs_) {
      sign.code = narrow(sign.code);
    }
  }

  std::vector<Piece> pieces() {
    while (at_ < signs_.size()) {
      take_one();
    }
    return std::move(pieces_);
  }

 private:
  void take_one() {
    const Sign& sign = signs_[at_];
    if (sign.hanzi) {
      take_hanzi();
    } else if (is_letter(sign.code)) {
      take_latin();
    } else if (is_digit(sign.code) || (sign.code == '-' && starts_negative())) {
      take_number();
    } else {
      if (const char pause = pause_of(sign.code); pause != '\0' && !pieces_.empty()) {
        put_pause(pause);
      } else if (std::string_view("%+=@$&").find(static_cast<char>(sign.code)) !=
                     std::string_view::npos &&
                 sign.code < 0x80 && !chinese_) {
        add(sign.word, is_xml(sign.code) ? "&amp;" : std::string(sign.text), false, 2);
      }
      ++at_;
    }
  }

  bool starts_negative() const {
    const bool number = at_ + 1 < signs_.size() && is_digit(signs_[at_ + 1].code);
    return number && (at_ == 0 || !(signs_[at_ - 1].hanzi || is_letter(signs_[at_ - 1].code) ||
                                    is_digit(signs_[at_ - 1].code)));
  }

  void put_pause(char pause) {
    char& there = pieces_.back().pause;
    if (there == '\0' || there == ',') {  // the stronger of two stays
      there = pause;
    }
  }

  void add(std::size_t word, std::string text, bool foreign, unsigned syllables) {
    Piece piece;
    piece.word = word;
    piece.text = std::move(text);
    piece.foreign = foreign;
    piece.syllables = syllables;
    pieces_.push_back(std::move(piece));
  }

  void take_hanzi() {
    const Sign& sign = signs_[at_];
    if (!sign.syllable.empty()) {
      Piece* last = pieces_.empty() ? nullptr : &pieces_.back();
      const bool goes_on = last != nullptr && pieces_.size() == hanzi_pieces_end_ &&
                           last->word == sign.word && last->pause == '\0' && at_ > 0 &&
                           signs_[at_ - 1].hanzi;
      if (goes_on) {
        last->text += ' ' + said(at_);
        ++last->syllables;
      } else {
        add(sign.word, said(at_), !chinese_, 1);
        hanzi_pieces_end_ = pieces_.size();
      }
      pieces_.back().written += sign.text;
    }
    ++at_;
  }

  /// The syllable at `at` as its neighbours change it.
  std::string said(std::size_t at) const {
    const std::string& own = signs_[at].syllable;
    const bool followed = at + 1 < signs_.size() && !signs_[at + 1].syllable.empty();
    if (!followed) {
      return own;
    }
    const char next = signs_[at + 1].syllable.back();
    if (own == "bu4" && signs_[at].code == U'\u4e0d') {
      return next == '4' ? "bu2" : own;
    }
    if (own == "yi1" && signs_[at].code == U'\u4e00' && !counts(at)) {
      const bool falling = next == '4' || signs_[at + 1].syllable == "ge5";
      return falling ? "yi2" : next == '5' ? own : "yi4";
    }
    return own;
  }

  /// Whether the one at `at` is a numeral by itself: it keeps its tone then. As the end of a word,
  /// beside other numerals, after "the ..th", before the names of days and months.
  bool counts(std::size_t at) const {
    const auto is_any = [](char32_t code, std::u32string_view list) {
      return list.find(code) != std::u32string_view::npos;
    };
    const auto is_last_of_word = [&] {
      return at > 0 && signs_[at - 1].word == signs_[at].word && signs_[at - 1].hanzi &&
             signs_[at + 1].word != signs_[at].word;
    };
    constexpr std::u32string_view kBefore =  // ordinal, digits, ten, hundred, week, point
        U"\u7b2c\u96f6\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341"
        U"\u767e\u671f\u5468\u70b9";
    constexpr std::u32string_view kAfter =  // digits, month, number, day
        U"\u96f6\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u6708\u53f7"
        U"\u65e5";
    return is_any(signs_[at + 1].code, kAfter) || is_last_of_word() ||
           (at > 0 && is_any(signs_[at - 1].code, kBefore));
  }

  void take_latin() {
    const std::size_t word = signs_[at_].word;
    std::string text;
    for (; at_ < signs_.size() && signs_[at_].word == word; ++at_) {
      const Sign& sign = signs_[at_];
      const bool inner = (sign.code == '\'' || sign.code == '-') && at_ + 1 < signs_.size() &&
                         is_letter(signs_[at_ + 1].code) && signs_[at_ + 1].word == word;
      if (!is_letter(sign.code) && !is_digit(sign.code) && !inner) {
        break;
      }
      if (sign.code < 0x80) {
        text += static_cast<char>(sign.code);
      } else {
        text += sign.text;
      }
    }
    const bool capitals =
        text.size() <= kSpelledMax &&
        std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (capitals && (chinese_ || text == "ALS")) {
      const auto letters = static_cast<unsigned>(text.size());
      add(word, chinese_ ? spelled(text) : "[[,eI,El'Es]]", false, letters);
    } else {
      add(word, text, chinese_, vowel_groups(text));
    }
    pieces_.back().written = text;
  }

  static std::string spelled(std::string_view letters) {
    std::string out;
    for (const char c : letters) {
      out += out.empty() ? "" : " ";
      out += c;
    }
    return out;
  }

  void take_number() {
    std::string ahead;
    for (std::size_t k = at_; k < signs_.size() && signs_[k].code < 0x80 && !signs_[k].hanzi; ++k) {
      ahead += static_cast<char>(signs_[k].code);
    }
    const std::string token = ahead.substr(0, std::max<std::size_t>(number_length(ahead), 1));
    const std::size_t word = signs_[at_].word;
    at_ += token.size();
    const char32_t next = at_ < signs_.size() ? signs_[at_].code : 0;
    if (!chinese_) {
      add(word, token, false, static_cast<unsigned>(token.size()));
    } else {
      const auto syllables = counted(token, next);
      add(word, join(syllables, " "), false, static_cast<unsigned>(syllables.size()));
    }
    pieces_.back().written = token;
  }

  static std::vector<std::string> counted(const std::string& token, char32_t next) {
    // Before a measure word two is liang3.
    constexpr std::u32string_view kMeasures =
        U"\u4e2a\u6b21\u5929\u70b9\u4f4d\u540d\u7247\u652f\u5c0f\u5e74\u53ea\u5f20\u676f\u7897"
        U"\u53e3\u79cd\u5206\u9897\u5468\u4ef6\u53e5";
    if (token == "2" && kMeasures.find(next) != std::u32string_view::npos && next != 0) {
      return {"liang3"};
    }
    return read_number(token, next == U'\u5e74');
  }

  bool chinese_;
  std::vector<Sign> signs_;
  std::vector<Piece> pieces_;
  std::size_t hanzi_pieces_end_ = 0;  // how many pieces there were when the last of Hanzi came
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Piece> spoken_text(Language language, const std::vector<Word>& words,
                               const Tones& tones) {
  return Reading(language, tones.read_out(words)).pieces();
}

std::vector<std::string> numbered_by_word(const std::vector<Word>& words, const Tones& tones) {
  std::vector<std::string> out(words.size());
  const Sign* before = nullptr;
  const std::vector<Sign> signs = tones.read_out(words);
  for (const Sign& sign : signs) {
    std::string& word = out[sign.word];
    const bool together = word.empty() || before == nullptr || (!before->hanzi && !sign.hanzi);
    word += together || is_mark(sign) ? "" : " ";
    word += sign.hanzi && !sign.syllable.empty() ? std::string_view(sign.syllable) : sign.text;
    before = &sign;
  }
  return out;
}

std::string numbered_pinyin(const std::vector<Word>& words, const Tones& tones) {
  std::string out;
  const std::vector<std::string> parts = numbered_by_word(words, tones);
  for (std::size_t w = 0; w < words.size(); ++w) {
    const auto characters = characters_of(words[w].text);
    const bool mark = !characters.empty() && pause_of(narrow(characters.front().code)) != '\0';
    out += out.empty() || mark || parts[w].empty() ? "" : " ";
    out += parts[w];
  }
  return out;
}

Result<Done> give_pinyin(std::vector<Word>& words, std::string_view pinyin) {
  std::string spaced(pinyin);
  std::replace(spaced.begin(), spaced.end(), '\'', ' ');
  std::vector<std::string> syllables;
  for (const std::string_view part : split(spaced, ' ')) {
    if (!part.empty()) {
      if (typed_syllable(part).empty()) {
        return invalid_argument(fmt::format("\"{}\" is no syllable of pinyin", part));
      }
      syllables.emplace_back(part);
    }
  }
  std::vector<std::size_t> hanzi;
  for (const Word& word : words) {
    const auto characters = characters_of(word.text);
    hanzi.push_back(static_cast<std::size_t>(
        std::count_if(characters.begin(), characters.end(),
                      [](const Character& one) { return is_hanzi(one.code); })));
  }
  const std::size_t wanted = std::accumulate(hanzi.begin(), hanzi.end(), std::size_t{0});
  if (wanted != syllables.size()) {
    return invalid_argument(
        fmt::format("the pinyin has {} syllables and the text {} Hanzi", syllables.size(), wanted));
  }
  auto next = syllables.begin();
  for (std::size_t w = 0; w < words.size(); ++w) {
    const auto end = next + static_cast<std::ptrdiff_t>(hanzi[w]);
    words[w].pinyin = join({next, end}, " ");
    next = end;
  }
  return Done{};
}

bool holds_hanzi(std::string_view text) {
  const auto characters = characters_of(text);
  return std::any_of(characters.begin(), characters.end(),
                     [](const Character& one) { return is_hanzi(one.code); });
}

const char* espeak_voice(Language language) {
  return language == Language::kChinese ? "cmn-latn-pinyin" : "en-us";
}

std::string espeak_text(Language language, const std::vector<Piece>& pieces, bool silent_odd) {
  const Language other = language == Language::kChinese ? Language::kEnglish : Language::kChinese;
  const bool mixed =
      std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.foreign; });
  std::string out;
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    const Piece& piece = pieces[k];
    const bool opens = mixed && (k == 0 || pieces[k - 1].foreign != piece.foreign);
    const bool closes = mixed && (k + 1 == pieces.size() || pieces[k + 1].foreign != piece.foreign);
    const bool silent = silent_odd && k % 2 == 1;
    out += k == 0 ? "" : " ";
    if (opens) {  // the voice must be named again after another: it does not come back by itself
      out += "<voice name=\"";
      out += espeak_voice(piece.foreign ? other : language);
      out += "\">";
    }
    out += silent ? "<prosody volume=\"silent\">" + piece.text + "</prosody>" : piece.text;
    if (piece.pause != '\0') {
      out += piece.pause;
    }
    out += closes ? "</voice>" : "";
  }
  return out;
}

}  // namespace thaw::gaze
