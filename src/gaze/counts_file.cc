// The bytes of a counts file: see docs/formats/counts.md.
#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "gaze/ngram_counts.h"
#include "gaze/pinyin.h"

namespace thaw::gaze {
namespace {

constexpr std::string_view kMagic = "thaw gaze counts 1\n";
constexpr std::string_view kMagicListed = "thaw gaze counts 2\n";  // with listed words
constexpr std::size_t kMostGroups = 64;
constexpr std::size_t kDigest = 64;
constexpr std::size_t kMostWords = 1U << 20U;
constexpr std::size_t kMostText = 200;  // bytes of a word
constexpr std::size_t kMostReadings = 8;

class Writer {
 public:
  void number(std::uint64_t value) {  // seven bits a byte, low first
    for (; value >= 0x80; value >>= 7U) {
      bytes += static_cast<char>(value | 0x80U);
    }
    bytes += static_cast<char>(value);
  }
  void text(std::string_view value) {
    number(value.size());
    bytes += value;
  }
  void followers(const Follower* begin, const Follower* end) {
    number(static_cast<std::uint64_t>(end - begin));
    WordId last = 0;
    for (const Follower* one = begin; one != end; ++one) {
      number(one->word - last);
      number(one->count);
      last = one->word;
    }
  }
  std::string bytes;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  Result<std::uint64_t> number(std::uint64_t most, std::string_view what) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift <= 28; shift += 7) {
      if (place_ == bytes_.size()) {
        return corrupt(fmt::format("the counts end inside {}", what));
      }
      const auto byte = static_cast<unsigned char>(bytes_[place_++]);
      value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if (byte < 0x80) {
        if (value > most || (byte == 0 && shift > 0)) {
          break;
        }
        return value;
      }
    }
    return corrupt(fmt::format("byte {} of the counts: {} is out of its range", place_, what));
  }

  /// One byte or more, which may begin inside a character.
  Result<std::string> piece(std::size_t most, std::string_view what) {
    THAW_TRY(const std::uint64_t size, number(most, what));
    if (size == 0 || size > bytes_.size() - place_) {
      return corrupt(fmt::format("byte {} of the counts: {} is empty or cut off", place_, what));
    }
    std::string value(bytes_.substr(place_, size));
    place_ += size;
    return value;
  }

  Result<std::string> text(std::size_t most, std::string_view what) {
    THAW_TRY(std::string value, piece(most, what));
    if (first_invalid_utf8(value)) {
      return corrupt(fmt::format("byte {} of the counts: {} is not UTF-8", place_, what));
    }
    return value;
  }

  /// Appends ascending followers of words below `words`.
  Result<std::size_t> followers(std::size_t words, std::vector<Follower>& out) {
    THAW_TRY(const std::uint64_t size, number(words, "a number of followers"));
    std::uint64_t last = 0;
    for (std::uint64_t i = 0; i < size; ++i) {
      THAW_TRY(const std::uint64_t step, number(words, "a follower"));
      THAW_TRY(const std::uint64_t count, number(UINT32_MAX, "a count"));
      last += step;
      if ((i > 0 && step == 0) || last >= words || count == 0) {
        return corrupt(fmt::format("byte {} of the counts: followers out of order", place_));
      }
      out.push_back({static_cast<WordId>(last), static_cast<std::uint32_t>(count)});
    }
    return static_cast<std::size_t>(size);
  }

  bool done() const { return place_ == bytes_.size(); }

 private:
  std::string_view bytes_;
  std::size_t place_ = 0;
};

Result<VocabularyWord> read_word(Reader& reader) {
  VocabularyWord word;
  THAW_TRY(word.text, reader.text(kMostText, "a word"));
  THAW_TRY(const std::uint64_t followed, reader.number(UINT32_MAX, "a count"));
  word.followed = static_cast<std::uint32_t>(followed);
  THAW_TRY(const std::uint64_t readings, reader.number(kMostReadings, "a number of readings"));
  for (std::uint64_t i = 0; i < readings; ++i) {
    THAW_TRY(std::string reading, reader.text(kMostText, "a reading"));
    if (!syllables_of(reading)) {
      return corrupt(fmt::format("the counts read a word as \"{}\", which is not pinyin", reading));
    }
    word.readings.push_back(std::move(reading));
  }
  return word;
}

Result<Done> read_words(Reader& reader, NgramCounts& counts) {
  THAW_TRY(counts.language, reader.text(2, "the language"));
  if (counts.language != "zh" && counts.language != "en") {
    return corrupt("the counts are of no language that is known here");
  }
  for (auto& order : counts.discounts) {
    for (double& discount : order) {
      THAW_TRY(const std::uint64_t units, reader.number(29999, "a discount"));
      discount = static_cast<double>(units) / 10000;
    }
    if (order[0] >= 1 || order[1] >= 2) {
      return corrupt("a discount in the counts is larger than what it is taken from");
    }
  }
  THAW_TRY(const std::uint64_t words, reader.number(kMostWords, "the number of words"));
  if (words < 2) {
    return corrupt("the counts have no words");
  }
  for (std::uint64_t w = 0; w < words; ++w) {
    THAW_TRY(VocabularyWord word, read_word(reader));
    counts.words.push_back(std::move(word));
  }
  return Done{};
}

Result<Done> read_pairs(Reader& reader, NgramCounts& counts) {
  counts.pair_begin.push_back(0);
  for (std::size_t w = 0; w < counts.words.size(); ++w) {
    THAW_CHECK(reader.followers(counts.words.size(), counts.pairs));
    counts.pair_begin.push_back(static_cast<std::uint32_t>(counts.pairs.size()));
  }
  return Done{};
}

Result<Done> read_triples(Reader& reader, NgramCounts& counts) {
  counts.triple_begin.push_back(0);
  for (std::size_t pair = 0; pair < counts.pairs.size(); ++pair) {
    const std::size_t before = counts.triples.size();
    THAW_TRY(const std::size_t size, reader.followers(counts.words.size(), counts.triples));
    std::uint64_t seen = 0;
    for (std::size_t i = before; i < counts.triples.size(); ++i) {
      seen += counts.triples[i].count;
    }
    std::uint64_t total = 0;
    if (size > 0) {
      THAW_TRY(total, reader.number(UINT32_MAX, "a total"));
    }
    if (total < seen) {
      return corrupt("the counts have a total below the sum of its parts");
    }
    counts.triple_total.push_back(static_cast<std::uint32_t>(total));
    counts.triple_begin.push_back(static_cast<std::uint32_t>(counts.triples.size()));
  }
  return Done{};
}

/// Each word as how many bytes it shares with the one before, and the rest.
void write_listed(const ListedWords& listed, Writer& out) {
  out.number(listed.unlisted_once);
  out.number(listed.groups.size());
  for (const ListedGroup& group : listed.groups) {
    out.number(group.seen_once);
    out.number(group.words.size());
    std::string_view last;
    for (const std::string& word : group.words) {
      const auto differs = std::mismatch(last.begin(), last.end(), word.begin(), word.end()).second;
      const auto same = static_cast<std::size_t>(differs - word.begin());
      out.number(same);
      out.text(std::string_view(word).substr(same));
      last = word;
    }
  }
}

Result<ListedGroup> read_group(Reader& reader) {
  ListedGroup group;
  THAW_TRY(const std::uint64_t once, reader.number(UINT32_MAX, "a count"));
  group.seen_once = static_cast<std::uint32_t>(once);
  THAW_TRY(const std::uint64_t words, reader.number(kMostWords, "a number of listed words"));
  if (words == 0) {
    return corrupt("the counts have a list without words");
  }
  for (std::uint64_t w = 0; w < words; ++w) {
    const std::string last = group.words.empty() ? "" : group.words.back();
    THAW_TRY(const std::uint64_t same, reader.number(last.size(), "a listed word"));
    THAW_TRY(const std::string rest, reader.piece(kMostText - same, "a listed word"));
    std::string word = last.substr(0, same) + rest;
    const bool shares_more = same < last.size() && last[same] == rest[0];
    if (word <= last || shares_more || first_invalid_utf8(word)) {
      return corrupt("the counts have listed words out of order or not in UTF-8");
    }
    group.words.push_back(std::move(word));
  }
  return group;
}

Result<Done> read_listed(Reader& reader, NgramCounts& counts) {
  THAW_TRY(const std::uint64_t once, reader.number(UINT32_MAX, "a count"));
  counts.listed.unlisted_once = static_cast<std::uint32_t>(once);
  THAW_TRY(const std::uint64_t groups, reader.number(kMostGroups, "a number of lists"));
  if (groups == 0) {
    return corrupt("the counts have no listed words where they should");
  }
  for (std::uint64_t g = 0; g < groups; ++g) {
    THAW_TRY(ListedGroup group, read_group(reader));
    counts.listed.groups.push_back(std::move(group));
  }
  return Done{};
}

}  // namespace

std::string encode_counts(const NgramCounts& counts) {
  Writer out;
  out.bytes = counts.listed.groups.empty() ? kMagic : kMagicListed;
  out.text(counts.language);
  for (const auto& order : counts.discounts) {
    for (const double discount : order) {
      out.number(static_cast<std::uint64_t>(discount * 10000 + 0.5));
    }
  }
  out.number(counts.words.size());
  for (const VocabularyWord& word : counts.words) {
    out.text(word.text);
    out.number(word.followed);
    out.number(word.readings.size());
    for (const std::string& reading : word.readings) {
      out.text(reading);
    }
  }
  for (std::size_t w = 0; w < counts.words.size(); ++w) {
    out.followers(counts.pairs.data() + counts.pair_begin[w],
                  counts.pairs.data() + counts.pair_begin[w + 1]);
  }
  for (std::size_t pair = 0; pair < counts.pairs.size(); ++pair) {
    const auto begin = counts.triple_begin[pair];
    const auto end = counts.triple_begin[pair + 1];
    out.followers(counts.triples.data() + begin, counts.triples.data() + end);
    if (begin < end) {
      out.number(counts.triple_total[pair]);
    }
  }
  if (!counts.listed.groups.empty()) {
    write_listed(counts.listed, out);
  }
  return out.bytes + sha256_hex(out.bytes);
}

Result<NgramCounts> decode_counts(std::string_view bytes) {
  const bool listed = bytes.starts_with(kMagicListed);
  if ((!listed && !bytes.starts_with(kMagic)) || bytes.size() < kMagic.size() + kDigest) {
    return corrupt("these bytes are not a counts file of this version");
  }
  const std::string_view body = bytes.substr(0, bytes.size() - kDigest);
  if (sha256_hex(body) != bytes.substr(body.size())) {
    return corrupt("the counts are damaged: their SHA-256 is not the one written at their end");
  }
  Reader reader(body.substr(kMagic.size()));
  NgramCounts counts;
  THAW_CHECK(read_words(reader, counts));
  THAW_CHECK(read_pairs(reader, counts));
  THAW_CHECK(read_triples(reader, counts));
  if (listed) {
    THAW_CHECK(read_listed(reader, counts));
  }
  if (!reader.done()) {
    return corrupt("the counts go on after their end");
  }
  return counts;
}

}  // namespace thaw::gaze
