#include "gaze/zh_lexicon.h"

#include <algorithm>

namespace thaw::gaze {
namespace {

constexpr std::size_t kCommon = 1500;
constexpr double kCountsShare = 0.5;  // of the counts beside libime in a word's use

std::uint64_t hash_of(std::string_view text) {  // FNV-1a
  std::uint64_t hash = 14695981039346656037U;
  for (const char byte : text) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
  }
  return hash;
}

}  // namespace

ZhLexicon::ZhLexicon(const NgramModel& counts, const LibimeModel* libime) {
  table_.assign(1U << 12U, kNoWord);
  for (WordId w = 0; w < counts.size(); ++w) {
    const WordId id = add_word(counts.words()[w].text);
    double share = 1;
    for (const std::string& reading : counts.words()[w].readings) {
      add_reading(id, *syllables_of(reading), share);
      share *= 0.25;
    }
  }
  if (libime != nullptr) {
    libime->each_word([&](std::string_view text, const auto& reading, double share) {
      add_reading(add_word(text), reading, share);
    });
  }
  use_.assign(size(), 0);
  libime_.assign(size(), LibimeModel::kUnknown);
  for (WordId w = 0; w < size(); ++w) {
    const double alone = w < counts.size() ? counts.alone(w) : 0;
    double other = alone;
    if (libime != nullptr) {
      libime_[w] = libime->index(text(w));
      other = libime->probability(LibimeModel::State{}, libime_[w]);
    }
    use_[w] = kCountsShare * alone + (1 - kCountsShare) * other;
  }
  order_readings();
}

WordId ZhLexicon::add_word(std::string_view text) {
  if (const WordId found = find(text); found != kNoWord) {
    return found;
  }
  if ((texts_.size() + 1) * 2 > table_.size()) {
    grow_table();
  }
  const auto id = static_cast<WordId>(texts_.size());
  texts_.push_back(
      {static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(text.size())});
  pool_ += text;
  longest_ = std::max(longest_, text.size());
  std::size_t place = hash_of(text) & (table_.size() - 1);
  while (table_[place] != kNoWord) {
    place = (place + 1) & (table_.size() - 1);
  }
  table_[place] = id;
  return id;
}

void ZhLexicon::grow_table() {
  table_.assign(table_.size() * 2, kNoWord);
  for (WordId w = 0; w < texts_.size(); ++w) {
    std::size_t place = hash_of(text(w)) & (table_.size() - 1);
    while (table_[place] != kNoWord) {
      place = (place + 1) & (table_.size() - 1);
    }
    table_[place] = w;
  }
}

void ZhLexicon::add_reading(WordId word, const std::vector<Syllable>& syllables, double share) {
  if (syllables.empty() || syllables.size() > 16) {
    return;
  }
  readings_.push_back({word, static_cast<std::uint32_t>(syllables_.size()),
                       static_cast<std::uint8_t>(syllables.size()),
                       static_cast<float>(std::min(share, 1.0))});
  syllables_.insert(syllables_.end(), syllables.begin(), syllables.end());
}

void ZhLexicon::order_readings() {
  const auto spelled = [&](const Reading& one) {
    return std::vector<Syllable>(syllables(one), syllables(one) + one.count);
  };
  std::stable_sort(readings_.begin(), readings_.end(), [&](const Reading& a, const Reading& b) {
    return a.word != b.word ? a.word < b.word : a.share > b.share;
  });
  // The same reading from both sources stands once.
  std::vector<Reading> once;
  first_reading_.assign(size() + 1, 0);
  for (const Reading& one : readings_) {
    bool seen = false;
    for (std::size_t i = once.size(); i > 0 && once[i - 1].word == one.word && !seen; --i) {
      seen = once[i - 1].count == one.count && spelled(once[i - 1]) == spelled(one);
    }
    if (!seen) {
      once.push_back(one);
      ++first_reading_[one.word + 1];
    }
  }
  readings_ = std::move(once);
  for (std::size_t w = 0; w < size(); ++w) {
    first_reading_[w + 1] += first_reading_[w];
  }
  std::vector<std::uint32_t> order(readings_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    order[i] = i;
  }
  const auto weight = [&](std::uint32_t i) {
    return use_[readings_[i].word] * double(readings_[i].share);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return weight(a) > weight(b); });
  for (const std::uint32_t i : order) {
    const char letter = spelling(*syllables(readings_[i])).front();
    by_letter_[static_cast<std::size_t>(letter - 'a')].push_back(i);
    if (common_.size() < kCommon) {
      common_.push_back(i);
    }
  }
}

std::string_view ZhLexicon::text(WordId word) const {
  return std::string_view(pool_).substr(texts_[word].begin, texts_[word].size);
}

WordId ZhLexicon::find(std::string_view text) const {
  std::size_t place = hash_of(text) & (table_.size() - 1);
  while (table_[place] != kNoWord) {
    if (this->text(table_[place]) == text) {
      return table_[place];
    }
    place = (place + 1) & (table_.size() - 1);
  }
  return kNoWord;
}

std::vector<std::uint32_t> ZhLexicon::readings_of(WordId word) const {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = first_reading_[word]; i < first_reading_[word + 1]; ++i) {
    found.push_back(i);
  }
  return found;
}

const std::vector<std::uint32_t>& ZhLexicon::starting_with(char letter) const {
  static const std::vector<std::uint32_t> none;
  return letter >= 'a' && letter <= 'z' ? by_letter_[static_cast<std::size_t>(letter - 'a')] : none;
}

Word ZhLexicon::as_word(WordId word) const {
  const std::uint32_t first = first_reading_[word];
  return first < first_reading_[word + 1] ? as_word(readings_[first])
                                          : Word{std::string(text(word)), ""};
}

Word ZhLexicon::as_word(const Reading& reading) const {
  return {std::string(text(reading.word)), reading_of(syllables(reading), reading.count)};
}

}  // namespace thaw::gaze
