#include "gaze/text_training.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "gaze/en_text.h"
#include "gaze/pinyin.h"
#include "gaze/tones.h"
#include "gaze/utf8.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kMostLine = 4000;   // bytes
constexpr std::size_t kMostReadings = 4;  // kept of a word
constexpr std::size_t kMostText = 200;    // bytes of a word

/// Words numbered in the order of their first use, with how often they were read how.
class Vocabulary {
 public:
  Vocabulary() {
    id("<s>");
    id("</s>");
  }
  WordId id(std::string_view text) {
    const auto [place, fresh] =
        ids_.try_emplace(std::string(text), static_cast<WordId>(words_.size()));
    if (fresh) {
      words_.push_back({std::string(text), {}, 0});
      readings_.emplace_back();
    }
    return place->second;
  }
  void read(WordId word, const std::string& reading) { ++readings_[word][reading]; }

  std::vector<VocabularyWord> take() {
    for (WordId w = 0; w < words_.size(); ++w) {
      std::vector<std::pair<int, std::string>> order;
      for (const auto& [reading, times] : readings_[w]) {
        order.emplace_back(-times, reading);
      }
      std::sort(order.begin(), order.end());
      for (const auto& [times, reading] : order) {
        if (words_[w].readings.size() < kMostReadings) {
          words_[w].readings.push_back(reading);
        }
      }
    }
    return std::move(words_);
  }

 private:
  std::unordered_map<std::string, WordId> ids_;
  std::vector<VocabularyWord> words_;
  std::vector<std::map<std::string, int>> readings_;
};

Result<Done> check_line(std::string_view line, std::size_t number) {
  if (line.size() > kMostLine) {
    return invalid_argument(
        fmt::format("line {} is over {} bytes: one sentence or clause a line", number, kMostLine));
  }
  if (const auto place = first_invalid_utf8(line)) {
    return invalid_argument(fmt::format("line {}, byte {}: not UTF-8", number, *place + 1));
  }
  return Done{};
}

/// One character with its syllable.
struct Read {
  std::string_view text;
  std::string_view syllable;
};

Result<std::vector<Read>> read_clause(std::string_view line, std::size_t number) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos || line.find('\t', tab + 1) != std::string_view::npos) {
    return invalid_argument(
        fmt::format("line {}: a clause, a tab and its pinyin are asked for", number));
  }
  const auto syllables = split(line.substr(tab + 1), ' ');
  std::vector<Read> clause;
  const std::string_view text = line.substr(0, tab);
  for (std::size_t i = 0; i < text.size(); i += utf8_size(text, i)) {
    if (clause.size() == syllables.size()) {
      break;
    }
    clause.push_back({text.substr(i, utf8_size(text, i)), syllables[clause.size()]});
  }
  if (clause.size() != syllables.size() || utf8_length(text) != clause.size()) {
    return invalid_argument(fmt::format("line {}: {} characters but {} syllables", number,
                                        utf8_length(text), syllables.size()));
  }
  return clause;
}

/// Appends the words of a run of Hanzi; counts how they are read.
void add_words(const std::vector<Read>& run, const ZhModel& cutter, Vocabulary& vocabulary,
               std::vector<WordId>& sentence) {
  std::string text;
  for (const Read& one : run) {
    text += one.text;
  }
  std::size_t place = 0;
  for (const ZhModel::Piece& piece : cutter.cut(text, cutter.begin())) {
    std::string reading;
    const std::size_t size = utf8_length(piece.text);
    for (std::size_t i = 0; i < size; ++i) {
      reading += i == 0 ? "" : " ";
      reading += run[place + i].syllable;
    }
    place += size;
    const WordId word = vocabulary.id(piece.text);
    sentence.push_back(word);
    if (syllables_of(reading)) {
      vocabulary.read(word, reading);
    }
  }
}

}  // namespace

Result<NgramCounts> train_chinese(std::string_view text, const ZhModel& cutter,
                                  std::uint32_t least) {
  Vocabulary vocabulary;
  const WordId comma = vocabulary.id("，");
  std::vector<std::vector<WordId>> sentences;
  std::vector<WordId> sentence;
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    THAW_CHECK(check_line(line, number));
    if (line.empty()) {
      if (!sentence.empty()) {
        sentences.push_back(std::move(sentence));
        sentence.clear();
      }
      continue;
    }
    THAW_TRY(const std::vector<Read> clause, read_clause(line, number));
    if (!sentence.empty()) {
      sentence.push_back(comma);
    }
    std::vector<Read> run;
    for (const Read& one : clause) {
      if (is_hanzi(utf8_code(one.text, 0))) {
        run.push_back(one);
      } else {
        add_words(run, cutter, vocabulary, sentence);
        run.clear();
      }
    }
    add_words(run, cutter, vocabulary, sentence);
  }
  if (!sentence.empty()) {
    sentences.push_back(std::move(sentence));
  }
  if (sentences.empty()) {
    return invalid_argument("the Chinese text has no sentence");
  }
  return count_ngrams("zh", vocabulary.take(), sentences, least);
}

Result<NgramCounts> train_english(std::string_view text, const WordLists& lists,
                                  std::uint32_t least) {
  // How each word is written inside sentences tells its case at their beginning.
  std::unordered_map<std::string, std::map<std::string, int>> forms;
  std::vector<std::vector<std::string>> pieces;
  std::size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    THAW_CHECK(check_line(line, number));
    if (line.find('\t') != std::string_view::npos) {
      return invalid_argument(fmt::format("line {}: a tab in an English sentence", number));
    }
    pieces.push_back(en_pieces(line));
    bool inside = false;
    for (const std::string& piece : pieces.back()) {
      if (inside && is_en_word(piece)) {
        ++forms[lowered(piece)][piece];
      }
      inside = !ends_sentence(piece) && (inside || is_en_word(piece));
    }
  }
  Vocabulary vocabulary;
  std::unordered_map<std::string, std::uint32_t> seen;
  std::vector<std::vector<WordId>> sentences;
  for (const auto& line : pieces) {
    std::vector<WordId> sentence;
    for (const std::string& piece : line) {
      if (piece.size() > kMostText) {
        continue;
      }
      const auto known = forms.find(lowered(piece));
      std::string form = lowered(piece);
      int most = 0;
      if (known != forms.end()) {
        for (const auto& [written, times] : known->second) {
          if (times > most) {
            most = times;
            form = written;
          }
        }
      }
      sentence.push_back(vocabulary.id(form));
      ++seen[lowered(form)];
      if (ends_sentence(piece)) {
        sentences.push_back(std::move(sentence));
        sentence.clear();
      }
    }
    if (!sentence.empty()) {
      sentences.push_back(std::move(sentence));
    }
  }
  if (sentences.empty()) {
    return invalid_argument("the English text has no sentence");
  }
  NgramCounts counts = count_ngrams("en", vocabulary.take(), sentences, least);
  if (!lists.empty()) {
    counts.listed = group_listed(lists, seen);
  }
  return counts;
}

}  // namespace thaw::gaze
