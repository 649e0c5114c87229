#include "gaze/simulation.h"

#include <ctime>

#include "base/random.h"
#include "base/text.h"
#include "gaze/en_text.h"
#include "gaze/tones.h"
#include "gaze/utf8.h"

namespace thaw::gaze {
namespace {

constexpr std::size_t kPatience = 2;  // pages looked at before a word is spelled out

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

bool word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '\'' ||
         c == '-' || byte >= 0x80;
}

/// One sentence being written.
class Writer {
 public:
  Writer(const TextEngine& engine, const BenchSentence& sentence, const SimulationOptions& options,
         Random& random, SimulationCounts& counts)
      : engine_(engine),
        sentence_(sentence),
        target_(sentence.text),
        options_(options),
        random_(random),
        counts_(counts) {
    if (sentence.language == Language::kChinese) {
      place_syllables();
      plan_letters(0);
    }
  }

  void write() {
    while (draft_.size() < target_.size()) {
      if (take_offer()) {
        continue;
      }
      if (sentence_.language == Language::kChinese) {
        chinese_key();
      } else {
        english_key();
      }
    }
  }

 private:
  /// The syllable of each Hanzi, by the byte where it stands.
  void place_syllables() {
    syllable_at_.assign(target_.size() + 1, "");
    std::size_t given = 0;
    for (std::size_t i = 0; i < target_.size(); i += utf8_size(target_, i)) {
      if (is_hanzi(utf8_code(target_, i)) && given < sentence_.syllables.size()) {
        syllable_at_[i] = sentence_.syllables[given++];
      }
    }
  }

  /// Cuts what remains into words anew, where an offer ended inside one; gives each word's letters.
  void plan_letters(std::size_t from) {
    letters_.assign(target_.size() + 1, "");
    full_.assign(target_.size() + 1, "");
    std::size_t place = from;
    for (const Word& word : engine_.words_of(Language::kChinese, target_.substr(from))) {
      place = target_.find(word.text, place);
      std::vector<std::string> syllables;
      for (std::size_t i = 0; i < word.text.size(); i += utf8_size(word.text, i)) {
        syllables.push_back(syllable_at_[place + i]);
      }
      if (sentence_.syllables.empty() && !word.pinyin.empty()) {
        syllables.clear();
        for (const std::string_view one : split(word.pinyin, ' ')) {
          syllables.emplace_back(one);
        }
      }
      for (std::size_t s = 0; s < syllables.size(); ++s) {
        letters_[place] += s + 1 < syllables.size() ? syllables[s].substr(0, 1) : syllables[s];
        full_[place] += syllables.size() > 1 ? syllables[s] : "";
      }
      word_begins_.resize(target_.size() + 1);
      word_begins_[place] = true;
      place += word.text.size();
    }
  }

  /// Counts one right selection, with what errors add to it.
  void select(std::size_t& kind) {
    ++kind;
    counts_.wrong += lost_selections(options_.error, random_);
  }

  std::string with(const Offer& offer) const {
    if (draft_.empty()) {
      return text_of(offer.words);
    }
    std::vector<Word> words{{draft_, ""}};
    words.insert(words.end(), offer.words.begin(), offer.words.end());
    return text_of(words);
  }

  bool is_right(const std::string& text) const {
    if (text.size() <= draft_.size() || !target_.starts_with(text)) {
      return false;
    }
    const bool inside = sentence_.language == Language::kEnglish && text.size() < target_.size() &&
                        word_byte(text.back()) && word_byte(target_[text.size()]);
    return !inside;
  }

  bool take_offer() {
    const double begun = cpu_ms();
    const Suggestions found =
        engine_.suggest({sentence_.language, draft_, typed_, options_.offers, page_});
    counts_.milliseconds.push_back(cpu_ms() - begun);
    ++counts_.steps;
    more_ = found.more;
    std::string best;
    for (const Offer& offer : found.offers) {
      if (offer.letters_used == typed_.size() && offer.source != OfferSource::kLetters) {
        const std::string text = with(offer);
        if (is_right(text) && text.size() > best.size()) {
          best = text;
        }
      }
    }
    if (best.empty()) {
      return false;
    }
    ++counts_.shown;
    select(counts_.picks);
    counts_.by_offer += utf8_length(best) - utf8_length(draft_);
    commit(best);
    return true;
  }

  void commit(const std::string& draft) {
    draft_ = draft;
    typed_.clear();
    page_ = 0;
    spelling_out_ = false;
  }

  void chinese_key() {
    const std::size_t here = draft_.size();
    if (!word_begins_[here]) {
      plan_letters(here);
    }
    const std::string letters = spelling_out_ ? full_[here] : letters_[here];
    const std::string one = target_.substr(here, utf8_size(target_, here));
    if (letters.empty() && is_hanzi(utf8_code(target_, here))) {  // no letters lead to it
      counts_.unreachable.push_back(one);
      commit(draft_ + one);
    } else if (letters.empty()) {  // a mark, a digit, a Latin letter: one key
      select(counts_.keys);
      commit(draft_ + one);
    } else if (typed_.size() < letters.size()) {
      select(counts_.keys);
      typed_ += letters[typed_.size()];
    } else if (!spelling_out_ && !full_[here].empty() && page_ + 1 >= kPatience) {
      select(counts_.keys);  // the key that takes the letters back
      typed_.clear();
      page_ = 0;
      spelling_out_ = true;
    } else {
      turn_page(one);
    }
  }

  void english_key() {
    std::size_t here = draft_.size();
    if (here < target_.size() && target_[here] == ' ') {
      ++here;
      if (!draft_.empty() && !word_byte(draft_.back())) {  // closed up by itself after a mark
        draft_ += ' ';
      }
    }
    if (!word_byte(target_[here])) {
      select(counts_.keys);
      commit(target_.substr(0, here + utf8_size(target_, here)));
      return;
    }
    std::size_t end = here;
    while (end < target_.size() && word_byte(target_[end])) {
      ++end;
    }
    const std::string word = target_.substr(here, end - here);
    if (typed_.size() < word.size()) {
      select(counts_.keys);
      typed_ = lowered(word.substr(0, typed_.size() + 1));
      return;
    }
    if (word[0] >= 'A' && word[0] <= 'Z' && !begins_sentence(here)) {
      select(counts_.keys);  // the key for a capital
    }
    if (end < target_.size() && target_[end] == ' ') {
      select(counts_.keys);  // the space
    }
    commit(target_.substr(0, end));
  }

  bool begins_sentence(std::size_t here) const {
    return here == 0 || (here > 1 && ends_sentence(target_.substr(here - 2, 1)));
  }

  void turn_page(const std::string& one) {
    if (more_) {
      select(counts_.keys);
      ++counts_.pages;
      ++page_;
      return;
    }
    counts_.unreachable.push_back(one);
    commit(draft_ + one);
  }

  const TextEngine& engine_;
  const BenchSentence& sentence_;
  const std::string& target_;
  const SimulationOptions& options_;
  Random& random_;
  SimulationCounts& counts_;
  std::vector<std::string> letters_;
  std::vector<std::string> full_;  // the whole spelling, of words of several characters
  bool spelling_out_ = false;
  std::vector<std::string> syllable_at_;
  std::vector<bool> word_begins_;
  std::string draft_;
  std::string typed_;
  std::size_t page_ = 0;
  bool more_ = false;
};

}  // namespace

std::size_t lost_selections(double error, Random& random) {
  std::size_t lost = 0;
  for (std::size_t open = 1; open > 0; --open) {
    if (error > 0 && random.bernoulli(error)) {
      lost += 2;  // the undo and the retry, each of which may miss
      open += 2;
    }
  }
  return lost;
}

double expected_growth(double error) {
  return 1 / (1 - 2 * error);
}

SimulationCounts simulate(TextEngine& engine, const std::vector<BenchSentence>& sentences,
                          Language language, const SimulationOptions& options) {
  SimulationCounts counts;
  Random random(options.seed, language == Language::kChinese ? 1 : 2);
  std::int64_t at_s = 0;
  const auto said = [&](const BenchSentence& sentence) {
    return Said{language, engine.words_of(language, sentence.text), at_s += 60};
  };
  if (options.learning == Learning::kSaid) {
    for (const BenchSentence& sentence : sentences) {
      if (sentence.language == language) {
        engine.learn(said(sentence));
      }
    }
  }
  for (const BenchSentence& sentence : sentences) {
    if (sentence.language != language) {
      continue;
    }
    Writer(engine, sentence, options, random, counts).write();
    ++counts.sentences;
    counts.characters += utf8_length(sentence.text);
    for (const char c : sentence.text + " ") {
      counts.words += c == ' ' ? 1 : 0;
    }
    if (options.learning == Learning::kAsYouGo) {
      engine.learn(said(sentence));
    }
  }
  return counts;
}

}  // namespace thaw::gaze
