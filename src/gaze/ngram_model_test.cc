#include "gaze/ngram_model.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>

#include "base/random.h"

namespace thaw::gaze {
namespace {

std::vector<VocabularyWord> vocabulary(std::size_t words) {
  std::vector<VocabularyWord> all{{"<s>", {}, 0}, {"</s>", {}, 0}};
  for (std::size_t i = 0; i < words; ++i) {
    all.push_back({std::string(1, static_cast<char>('a' + i)), {}, 0});
  }
  return all;
}

std::vector<std::vector<WordId>> some_sentences(std::uint64_t seed) {
  Random random(seed);
  std::vector<std::vector<WordId>> sentences(60);
  for (auto& sentence : sentences) {
    for (std::size_t i = random.index(7); i > 0; --i) {
      sentence.push_back(static_cast<WordId>(2 + random.index(2 + random.index(6))));
    }
  }
  return sentences;
}

/// Modified Kneser-Ney from its definition, by maps, over the triples themselves.
class BruteForce {
 public:
  BruteForce(const std::vector<std::vector<WordId>>& sentences, const NgramCounts& counts,
             std::uint32_t least)
      : discounts_(counts.discounts), words_(counts.words.size()) {
    std::map<std::array<WordId, 3>, std::uint32_t> times;
    for (const auto& sentence : sentences) {
      std::vector<WordId> all{kBegin, kBegin};
      all.insert(all.end(), sentence.begin(), sentence.end());
      all.push_back(kEnd);
      for (std::size_t i = 2; i < all.size(); ++i) {
        ++times[{all[i - 2], all[i - 1], all[i]}];
      }
    }
    std::map<std::array<WordId, 2>, std::uint32_t> pairs;
    for (const auto& [triple, n] : times) {
      pairs[{triple[1], triple[2]}] += triple[1] == kBegin ? n : 1;
      if (triple[0] != kBegin || triple[1] != kBegin) {
        total_[{triple[0], triple[1]}] += n;
        if (n >= least) {
          triples_[triple] = n;
        }
      }
    }
    pairs_ = pairs;
    for (const auto& [pair, n] : pairs_) {
      ++singles_[pair[1]];
    }
  }

  double probability(WordId u, WordId v, WordId w) const {
    const double lower = given_last(v, w);
    double rest = 1;
    double own = 0;
    bool any = false;
    const auto total = total_.find({u, v});
    for (const auto& [triple, n] : triples_) {
      if (triple[0] == u && triple[1] == v) {
        const double kept = n - discount(2, n);
        rest -= kept / total->second;
        own += triple[2] == w ? kept / total->second : 0;
        any = true;
      }
    }
    return any ? own + rest * lower : lower;
  }

 private:
  double discount(std::size_t order, std::uint32_t n) const {
    return discounts_[order][std::min<std::uint32_t>(n, 3) - 1];
  }
  double given_last(WordId v, WordId w) const {
    double sum = 0;
    double kept = 0;
    double own = 0;
    for (const auto& [pair, n] : pairs_) {
      if (pair[0] == v) {
        sum += n;
        kept += n - discount(1, n);
        own += pair[1] == w ? n - discount(1, n) : 0;
      }
    }
    return sum == 0 ? alone(w) : own / sum + (1 - kept / sum) * alone(w);
  }
  double alone(WordId w) const {
    double sum = 0;
    double left = 0;
    for (const auto& [word, n] : singles_) {
      sum += n;
      left += discount(0, n);
    }
    const auto found = singles_.find(w);
    const double own =
        found == singles_.end() ? 0 : (found->second - discount(0, found->second)) / sum;
    return own + left / sum / static_cast<double>(words_);
  }

  std::array<NgramCounts::Discounts, 3> discounts_;
  std::size_t words_;
  std::map<std::array<WordId, 3>, std::uint32_t> triples_;
  std::map<std::array<WordId, 2>, std::uint32_t> total_;
  std::map<std::array<WordId, 2>, std::uint32_t> pairs_;
  std::map<WordId, std::uint32_t> singles_;
};

TEST(NgramModel, ProbabilitiesOverTheVocabularyAndAnyOtherWordSumToOne) {
  for (const std::uint32_t least : {1U, 2U, 3U}) {
    const NgramModel model(count_ngrams("en", vocabulary(8), some_sentences(least), least));
    for (WordId u = 0; u <= model.size(); ++u) {
      for (WordId v = 0; v <= model.size(); ++v) {
        const auto context = model.context(u, v);
        double sum = model.unknown(context);
        for (WordId w = 0; w < model.size(); ++w) {
          sum += model.probability(context, w);
        }
        EXPECT_NEAR(sum, 1, 1e-6) << u << " " << v;
      }
    }
  }
}

TEST(NgramModel, ProbabilitiesAreThoseOfTheDefinition) {
  for (const std::uint32_t least : {1U, 2U}) {
    const auto sentences = some_sentences(7);
    const NgramCounts counts = count_ngrams("en", vocabulary(8), sentences, least);
    const BruteForce truth(sentences, counts, least);
    const NgramModel model(counts);
    for (WordId u = 0; u < model.size(); ++u) {
      for (WordId v = 0; v < model.size(); ++v) {
        for (WordId w = 1; w < model.size(); ++w) {
          if (u != kBegin || v != kBegin) {
            ASSERT_NEAR(model.probability(model.context(u, v), w), truth.probability(u, v, w), 1e-6)
                << u << " " << v << " " << w;
          }
        }
      }
    }
  }
}

TEST(NgramCounts, NoTripleSeenOnceIsKept) {
  const NgramCounts counts = count_ngrams("en", vocabulary(8), some_sentences(3), 2);
  ASSERT_FALSE(counts.triples.empty());
  for (const Follower& triple : counts.triples) {
    EXPECT_GE(triple.count, 2U);
  }
}

TEST(NgramCounts, ComeBackFromTheirBytes) {
  const NgramCounts counts = count_ngrams("en", vocabulary(8), some_sentences(4), 2);
  const auto back = decode_counts(encode_counts(counts));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, counts);
}

TEST(NgramCounts, AnyDamagedByteIsRefused) {
  const std::string bytes = encode_counts(count_ngrams("en", vocabulary(8), some_sentences(5), 2));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    EXPECT_FALSE(decode_counts(damaged)) << i;
    EXPECT_FALSE(decode_counts(bytes.substr(0, i))) << i;
  }
  EXPECT_FALSE(decode_counts(bytes + "x"));
}

}  // namespace
}  // namespace thaw::gaze
