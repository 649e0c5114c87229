// The writer's musts on the shared sentences, and that every word of the dictionary can be written.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "gaze/simulation.h"
#include "gaze/zh_model.h"
#include "gaze/zh_offers.h"

namespace thaw::gaze {
namespace {

std::string bytes_in(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::string counts(const char* name) {
  return bytes_in(std::string(THAW_SOURCE_DIR) + "/data/gaze/" + name);
}

std::unique_ptr<TextEngine> engine_with_counts() {
  static const std::string zh = counts("zh.counts");
  static const std::string en = counts("en.counts");
  EngineOptions options;
  options.zh_counts = zh;
  options.en_counts = en;
  return std::move(TextEngine::make(std::move(options))).value();
}

class SharedSentences : public testing::Test {
 protected:
  void SetUp() override {
    const char* named = std::getenv("THAW_SHARED");
    const std::string root = named != nullptr ? named : std::string(THAW_SOURCE_DIR) + "/../shared";
    const std::string bytes = bytes_in(root + "/data/gaze/own_sentences.tsv");
    if (bytes.empty()) {
      GTEST_SKIP() << "no own_sentences.tsv under " << root << "; THAW_SHARED names another place";
    }
    sentences_ = std::move(parse_sentences(bytes)).value();
  }

  double cost(Language language, Learning learning, const std::unique_ptr<TextEngine>& engine) {
    SimulationOptions options;
    options.learning = learning;
    const auto found = simulate(*engine, sentences_, language, options);
    EXPECT_TRUE(found.unreachable.empty());
    return static_cast<double>(found.selections()) / static_cast<double>(found.characters);
  }

  std::vector<BenchSentence> sentences_;
};

TEST_F(SharedSentences, AreWrittenWithinTheMusts) {
  const auto engine = engine_with_counts();
  if (engine->status().name == "libime") {
    EXPECT_LE(cost(Language::kChinese, Learning::kOff, engine), 1.85);
  }
  EXPECT_LE(cost(Language::kEnglish, Learning::kOff, engine), 0.48);
}

TEST_F(SharedSentences, AreWrittenFasterOnceSaid) {
  EXPECT_LE(cost(Language::kChinese, Learning::kSaid, engine_with_counts()), 1.3);
  EXPECT_LE(cost(Language::kEnglish, Learning::kSaid, engine_with_counts()), 0.3);
}

TEST(ZhLexicon, EveryWordIsOfferedForItsFullSpelling) {
  std::string why_not;
  const ZhModel model(std::move(decode_counts(counts("zh.counts"))).value(),
                      LibimeModel::open(why_not));
  const ZhLexicon& lexicon = model.lexicon();
  const ZhContext context = model.begin();
  std::size_t tried = 0;
  for (WordId word = 0; word < lexicon.size(); word += 97) {
    const auto readings = lexicon.readings_of(word);
    if (readings.empty()) {
      continue;
    }
    const ZhLexicon::Reading& reading = lexicon.reading(readings[0]);
    if (reading.count > 8) {
      continue;  // longer than what is matched letter by letter
    }
    std::string letters;
    for (std::size_t i = 0; i < reading.count; ++i) {
      letters += (i == 0 ? "" : "'") + std::string(spelling(lexicon.syllables(reading)[i]));
    }
    const auto found = zh_candidates(model, context, "", TypedPinyin(letters));
    const bool there = std::any_of(found.all.begin(), found.all.end(), [&](const Candidate& one) {
      return one.text == lexicon.text(word);
    });
    EXPECT_TRUE(there) << lexicon.text(word) << " " << letters;
    ++tried;
  }
  EXPECT_GT(tried, 90U);
}

}  // namespace
}  // namespace thaw::gaze
