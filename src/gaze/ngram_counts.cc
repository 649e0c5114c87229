#include "gaze/ngram_counts.h"

#include <algorithm>
#include <map>

namespace thaw::gaze {
namespace {

using Pair = std::array<WordId, 2>;
using Triple = std::array<WordId, 3>;

template <class Key>
std::vector<std::pair<Key, std::uint32_t>> counted(std::vector<Key> keys) {
  std::sort(keys.begin(), keys.end());
  std::vector<std::pair<Key, std::uint32_t>> groups;
  for (const Key& key : keys) {
    if (groups.empty() || groups.back().first != key) {
      groups.emplace_back(key, 0);
    }
    ++groups.back().second;
  }
  return groups;
}

/// D1, D2, D3+ of modified Kneser-Ney from how many things were seen 1, 2, 3 and 4 times.
NgramCounts::Discounts discounts(const std::array<double, 5>& times) {
  if (times[1] <= 0 || times[2] <= 0 || times[3] <= 0) {
    return {0.5, 0.75, 0.9};  // too little text to estimate them
  }
  const double y = times[1] / (times[1] + 2 * times[2]);
  const auto within = [](double value, double most) { return std::clamp(value, 0.1, most); };
  return {within(1 - 2 * y * times[2] / times[1], 0.95),
          within(2 - 3 * y * times[3] / times[2], 1.9),
          within(3 - 4 * y * times[4] / times[3], 2.9)};
}

template <class Groups, class Count>
NgramCounts::Discounts discounts_of(const Groups& groups, Count count) {
  std::array<double, 5> times{};
  for (const auto& group : groups) {
    if (const std::uint32_t n = count(group); n < times.size()) {
      ++times[n];
    }
  }
  return discounts(times);
}

std::vector<Triple> triples_of(const std::vector<std::vector<WordId>>& sentences) {
  std::vector<Triple> all;
  for (const auto& sentence : sentences) {
    WordId before_last = kBegin;
    WordId last = kBegin;
    for (std::size_t i = 0; i <= sentence.size(); ++i) {
      const WordId word = i < sentence.size() ? sentence[i] : kEnd;
      all.push_back({before_last, last, word});
      before_last = last;
      last = word;
    }
  }
  return all;
}

/// Fills the pairs: for v w, the number of different words before it; after kBegin how often.
void add_pairs(const std::vector<std::pair<Triple, std::uint32_t>>& triples, NgramCounts& counts) {
  std::vector<Pair> keys;
  for (const auto& [triple, times] : triples) {
    const std::uint32_t weight = triple[1] == kBegin ? times : 1;
    keys.insert(keys.end(), weight, Pair{triple[1], triple[2]});
  }
  const auto groups = counted(std::move(keys));
  counts.pair_begin.assign(counts.words.size() + 1, 0);
  for (const auto& [pair, times] : groups) {
    counts.pairs.push_back({pair[1], times});
    ++counts.pair_begin[pair[0] + 1];
    ++counts.words[pair[1]].followed;
  }
  for (std::size_t w = 0; w < counts.words.size(); ++w) {
    counts.pair_begin[w + 1] += counts.pair_begin[w];
  }
  counts.discounts[1] = discounts_of(groups, [](const auto& group) { return group.second; });
  counts.discounts[0] =
      discounts_of(counts.words, [](const VocabularyWord& word) { return word.followed; });
}

std::size_t pair_place(const NgramCounts& counts, WordId v, WordId w) {
  const auto begin = counts.pairs.begin() + counts.pair_begin[v];
  const auto end = counts.pairs.begin() + counts.pair_begin[v + 1];
  const auto place = std::lower_bound(
      begin, end, w, [](const Follower& one, WordId word) { return one.word < word; });
  return static_cast<std::size_t>(place - counts.pairs.begin());
}

void add_triples(const std::vector<std::pair<Triple, std::uint32_t>>& groups, std::uint32_t least,
                 NgramCounts& counts) {
  std::map<std::size_t, std::pair<std::uint32_t, std::vector<Follower>>> by_pair;
  counts.discounts[2] = discounts_of(groups, [](const auto& group) { return group.second; });
  for (const auto& [triple, times] : groups) {
    if (triple[0] == kBegin && triple[1] == kBegin) {
      continue;  // the pairs after kBegin hold these
    }
    auto& [total, followers] = by_pair[pair_place(counts, triple[0], triple[1])];
    total += times;
    if (times >= least) {
      followers.push_back({triple[2], times});
    }
  }
  counts.triple_begin.assign(counts.pairs.size() + 1, 0);
  counts.triple_total.assign(counts.pairs.size(), 0);
  for (std::size_t pair = 0; pair < counts.pairs.size(); ++pair) {
    const auto found = by_pair.find(pair);
    if (found != by_pair.end() && !found->second.second.empty()) {
      counts.triple_total[pair] = found->second.first;
      counts.triples.insert(counts.triples.end(), found->second.second.begin(),
                            found->second.second.end());
    }
    counts.triple_begin[pair + 1] = static_cast<std::uint32_t>(counts.triples.size());
  }
}

}  // namespace

NgramCounts count_ngrams(std::string language, std::vector<VocabularyWord> words,
                         const std::vector<std::vector<WordId>>& sentences, std::uint32_t least) {
  NgramCounts counts;
  counts.language = std::move(language);
  counts.words = std::move(words);
  const auto triples = counted(triples_of(sentences));
  add_pairs(triples, counts);
  add_triples(triples, least, counts);
  // As they are kept: in units of 1/10000.
  for (auto& order : counts.discounts) {
    for (double& discount : order) {
      discount = static_cast<double>(static_cast<std::uint32_t>(discount * 10000 + 0.5)) / 10000;
    }
  }
  return counts;
}

}  // namespace thaw::gaze
