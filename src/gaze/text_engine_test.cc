#include "gaze/text_engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "gaze/simulation.h"
#include "gaze/voice_fixture.h"

namespace thaw::gaze {
namespace {

std::string bytes_of(const std::string& name) {
  std::ifstream file(std::string(THAW_SOURCE_DIR) + "/data/gaze/" + name, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::unique_ptr<TextEngine> make(bool libime) {
  static const std::string zh = bytes_of("zh.counts");
  static const std::string en = bytes_of("en.counts");
  EngineOptions options;
  options.use_libime = libime;
  options.zh_counts = zh;
  options.en_counts = en;
  auto engine = TextEngine::make(std::move(options));
  EXPECT_TRUE(engine) << (engine ? "" : engine.error().message);
  return std::move(engine).value();
}

/// One engine for the tests that learn nothing.
const TextEngine& shared(bool libime = false) {
  static const auto plain = make(false);
  static const auto with = make(true);
  return libime ? *with : *plain;
}

std::vector<std::string> texts(const std::vector<Offer>& offers) {
  std::vector<std::string> all;
  for (const Offer& offer : offers) {
    all.push_back(text_of(offer.words));
  }
  return all;
}

bool holds(const std::vector<Offer>& offers, const std::string& text) {
  const auto all = texts(offers);
  return std::find(all.begin(), all.end(), text) != all.end();
}

Said said(const std::string& text, std::int64_t at_s = 1000,
          Language language = Language::kChinese) {
  return {language, shared().words_of(language, text), at_s};
}

/// One that knows the readings of whole words too.
const TextEngine& with_tones(bool libime) {
  const auto make_one = [](bool with) {
    static const std::string zh = bytes_of("zh.counts");
    EngineOptions options;
    options.use_libime = with;
    options.zh_counts = zh;
    options.tones = shipped_tones();
    return TextEngine::make(std::move(options)).value();
  };
  static const auto plain = make_one(false);
  static const auto full = make_one(true);
  return libime ? *full : *plain;
}

std::string pinyin_of(const std::vector<Word>& words) {
  std::vector<std::string> all;
  for (const Word& word : words) {
    all.push_back(word.pinyin);
  }
  return join(all, " ");
}

TEST(TextEngine, PastedWordsOfPolyphonesAreReadAsWords) {
  for (const bool libime : {false, true}) {
    const auto read = [&](std::string_view text) {
      return pinyin_of(with_tones(libime).words_of(Language::kChinese, text));
    };
    EXPECT_EQ(read("重庆"), "chong qing");
    EXPECT_EQ(read("银行行长"), "yin hang hang zhang");
    const std::string table = shipped("word_tones.tsv");
    for (const auto line : split(table, '\n')) {
      const auto parts = split(line, '\t');
      if (parts.size() == 2 && !line.starts_with('#')) {
        std::string toneless(parts[1]);
        std::erase_if(toneless, [](char c) { return c >= '1' && c <= '5'; });
        EXPECT_EQ(read(parts[0]), toneless) << parts[0];
      }
    }
  }
}

TEST(TextEngine, PastedPolyphonesEndInTheRightSounds) {
  const auto sounds = [](const std::string& ssml) { return phonemes_of(Language::kChinese, ssml); };
  if (sounds("hao3").empty()) {
    GTEST_SKIP() << "espeak-ng is not installed";
  }
  for (const bool libime : {false, true}) {
    for (const auto& [text, pinyin] : std::vector<std::pair<std::string, std::string>>{
             {"重庆", "chong2 qing4"}, {"银行行长", "yin2 hang2 hang2 zhang3"}}) {
      const auto words = with_tones(libime).words_of(Language::kChinese, text);
      const auto pieces = spoken_text(Language::kChinese, words, *shipped_tones());
      std::string said;
      for (const Piece& piece : pieces) {
        said += (said.empty() ? "" : " ") + piece.text;
      }
      EXPECT_EQ(said, pinyin);
      EXPECT_EQ(sounds(espeak_text(Language::kChinese, pieces)), sounds(pinyin)) << text;
    }
  }
}

TEST(TextEngine, AnOfferIsReadAsItsLettersSayAndAsAWordWhereTheyLeaveItOpen) {
  const auto reading = [](const std::string& typed, const std::string& text) -> std::string {
    for (const Offer& offer :
         with_tones(true).suggest({Language::kChinese, "", typed, 20, 0}).offers) {
      if (text_of(offer.words) == text) {
        return pinyin_of(offer.words);
      }
    }
    return "not offered";
  };
  EXPECT_EQ(reading("hgei", "还给"), "huan gei");
  EXPECT_EQ(reading("haigei", "还给"), "hai gei");
  EXPECT_EQ(reading("huangei", "还给"), "huan gei");
}

TEST(TextEngine, OffersAWordForItsLettersInEveryStyle) {
  for (const bool libime : {false, true}) {
    for (const char* typed : {"women", "wmen", "wm", "wo'men"}) {
      EXPECT_TRUE(
          holds(shared(libime).suggest({Language::kChinese, "", typed, 6, 0}).offers, "我们"))
          << typed;
    }
  }
}

TEST(TextEngine, OffersAreUniqueOverThePagesAndTheLettersStandLast) {
  std::set<std::string> seen;
  std::size_t page = 0;
  std::vector<Offer> last;
  for (bool more = true; more; ++page) {
    const auto found = shared().suggest({Language::kChinese, "我想", "h", 6, page});
    EXPECT_LE(found.offers.size(), 6U);
    for (const std::string& text : texts(found.offers)) {
      EXPECT_TRUE(seen.insert(text).second) << text;
    }
    more = found.more;
    last = found.offers;
  }
  ASSERT_FALSE(last.empty());
  EXPECT_EQ(last.back().source, OfferSource::kLetters);
}

TEST(TextEngine, AnEnglishSentenceBeginsWithACapitalAndClosesUpItsMarks) {
  const auto found = shared().suggest({Language::kEnglish, "", "th", 6, 0});
  ASSERT_FALSE(found.offers.empty());
  for (const Offer& offer : found.offers) {
    EXPECT_EQ(offer.words[0].text[0], 'T');
  }
  EXPECT_EQ(text_of({{"Thank", ""}, {"you", ""}, {".", ""}}), "Thank you.");
}

TEST(TextEngine, AnyTextIsCutIntoWordsThatGiveItBack) {
  const std::string text = "我去重庆，ALS 120 次😀𠮷野家。";
  std::string joined;
  for (const Word& word : shared(true).words_of(Language::kChinese, text)) {
    joined += word.text;
    if (word.text == "😀" || word.text == "ALS" || word.text == "120") {
      EXPECT_EQ(word.pinyin, "");
    }
  }
  std::string tight = text;
  tight.erase(std::remove(tight.begin(), tight.end(), ' '), tight.end());
  EXPECT_EQ(joined, tight);
}

TEST(TextEngine, HostileInputNeitherFailsNorIsOffered) {
  const std::string bad = std::string("\xff\xfe\0\x01我\xe6", 8);
  for (const Language language : {Language::kChinese, Language::kEnglish}) {
    for (const std::string& typed : {std::string(100000, 'z'), bad, std::string("''''"),
                                     std::string(64, 'n'), std::string("\xff")}) {
      const auto found =
          shared().suggest({language, bad + std::string(10000, 'x'), typed, 99, 999});
      EXPECT_LE(found.offers.size(), kMaxOffers);
    }
    shared().alternatives({language, bad, {bad, bad}, bad, 6});
    shared().words_of(language, bad);
    EXPECT_TRUE(shared().words_of(language, "").empty());
  }
}

TEST(TextEngine, OnlyTheTailOfTheDraftCounts) {
  const std::string tail = "。我想喝";
  std::string longer;
  while (longer.size() < 30000) {
    longer += "今天天气很好。";
  }
  EXPECT_EQ(
      texts(shared().suggest({Language::kChinese, longer + tail, "s", 6, 0}).offers),
      texts(shared().suggest({Language::kChinese, longer.substr(21) + tail, "s", 6, 0}).offers));
}

TEST(TextEngine, RepairOffersHomophonesFirstAndNeverTheWordItself) {
  const auto found = shared(true).alternatives({Language::kChinese, "他", {"再", "zai"}, "家", 6});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(text_of(found[0].words), "在");
  EXPECT_FALSE(holds(found, "再"));
  const auto english = shared().alternatives({Language::kEnglish, "I", {"want", ""}, "to go", 6});
  EXPECT_FALSE(english.empty());
  EXPECT_FALSE(holds(english, "want"));
}

TEST(TextEngine, WhatWasSaidComesBackByItsInitials) {
  const auto engine = make(false);
  engine->learn(said("请帮我翻身，左边有点疼。"));
  const auto found = engine->suggest({Language::kChinese, "", "qb", 6, 0});
  EXPECT_TRUE(holds(found.offers, "请帮我翻身，左边有点疼。"));
  engine->learn(said("Please open the curtains slowly.", 2000, Language::kEnglish));
  EXPECT_TRUE(holds(engine->suggest({Language::kEnglish, "", "pot", 6, 0}).offers,
                    "Please open the curtains slowly."));
}

TEST(TextEngine, AWordThatNoListKnowsIsOfferedAfterItWasSaid) {
  const auto engine = make(false);
  EXPECT_FALSE(holds(engine->suggest({Language::kEnglish, "Call", "zyg", 6, 0}).offers, "Zygmunt"));
  engine->learn(said("Call Zygmunt now.", 1000, Language::kEnglish));
  EXPECT_TRUE(holds(engine->suggest({Language::kEnglish, "Call", "zyg", 6, 0}).offers, "Zygmunt"));
}

TEST(TextEngine, LearningThenForgettingEqualsNeverHavingLearned) {
  const auto never = make(false);
  const auto forgot = make(false);
  const std::vector<Said> kept{said("我想喝温水。", 500), said("叫护士来。", 700)};
  never->forget_all_and_learn(kept);
  forgot->learn(said("我想睡觉。", 900));
  forgot->forget_all_and_learn(kept);
  for (const char* typed : {"", "w", "wx", "j"}) {
    EXPECT_EQ(texts(never->suggest({Language::kChinese, "", typed, 6, 0}).offers),
              texts(forgot->suggest({Language::kChinese, "", typed, 6, 0}).offers));
  }
  forgot->forget_all_and_learn({});
  EXPECT_EQ(texts(forgot->suggest({Language::kChinese, "我", "x", 6, 0}).offers),
            texts(shared().suggest({Language::kChinese, "我", "x", 6, 0}).offers));
}

TEST(TextEngine, APhraseOfTheBankComesByItsInitials) {
  const auto engine = make(false);
  engine->set_phrases({{Language::kChinese,
                        {{"扶", "fu"}, {"我", "wo"}, {"起来", "qi lai"}, {"拍背", "pai bei"}}}});
  for (const char* typed : {"fw", "fwq", "fwqlpb"}) {
    const auto found = engine->suggest({Language::kChinese, "", typed, 6, 0});
    const auto phrase =
        std::find_if(found.offers.begin(), found.offers.end(), [](const Offer& offer) {
          return text_of(offer.words) == "扶我起来拍背" && offer.source == OfferSource::kPhrase;
        });
    EXPECT_NE(phrase, found.offers.end()) << typed;
  }
}

TEST(TextEngine, EqualRequestsHaveEqualAnswersInAnyOrderAndThread) {
  const std::vector<std::string> typed{"", "w", "wo", "n", "nh", "x", "xie", "sh"};
  std::vector<std::vector<std::string>> first;
  for (const std::string& letters : typed) {
    first.push_back(
        texts(make(false)->suggest({Language::kChinese, "我们", letters, 6, 0}).offers));
  }
  const auto engine = make(false);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&] {
      for (std::size_t i = typed.size(); i-- > 0;) {
        EXPECT_EQ(texts(engine->suggest({Language::kChinese, "我们", typed[i], 6, 0}).offers),
                  first[i]);
      }
    });
  }
}

TEST(TextEngine, WorksWithoutAnyCounts) {
  EngineOptions options;
  options.use_libime = false;
  const auto engine = TextEngine::make(std::move(options));
  ASSERT_TRUE(engine);
  EXPECT_EQ((*engine)->suggest({Language::kChinese, "", "wo", 6, 0}).offers.size(), 1U);
  EXPECT_EQ((*engine)->words_of(Language::kChinese, "我").size(), 1U);
  EXPECT_NE((*engine)->status().note_zh, "");
}

TEST(TextEngine, DamagedCountsAreRefused) {
  std::string damaged = bytes_of("en.counts");
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 4);
  EngineOptions options;
  options.en_counts = damaged;
  EXPECT_FALSE(TextEngine::make(std::move(options)));
}

TEST(Simulation, ErrorsCostWhatTheFormulaSays) {
  for (const double error : {0.02, 0.05, 0.1, 0.2}) {
    Random random(5);
    double all = 0;
    constexpr int kDraws = 200000;
    for (int i = 0; i < kDraws; ++i) {
      all += 1 + static_cast<double>(lost_selections(error, random));
    }
    EXPECT_NEAR(all / kDraws, expected_growth(error), 0.01) << error;
  }
  const auto engine = make(false);
  const std::vector<BenchSentence> one{{Language::kEnglish, "I would like to go home.", {}}};
  SimulationOptions options;
  const auto right = simulate(*engine, one, Language::kEnglish, options);
  EXPECT_EQ(right.wrong, 0U);
  options.error = 0.3;
  const auto erring = simulate(*engine, one, Language::kEnglish, options);
  EXPECT_EQ(erring.keys + erring.picks, right.keys + right.picks);
  EXPECT_GT(erring.wrong, 0U);
}

TEST(Simulation, AnUnreachableCharacterIsNamedAndDoesNotStopIt) {
  const auto engine = make(false);
  const auto counts = simulate(*engine, {{Language::kChinese, "我𠮷好。", {"wo", "ji", "hao"}}},
                               Language::kChinese, {});
  EXPECT_EQ(counts.unreachable, std::vector<std::string>{"𠮷"});
  EXPECT_EQ(counts.characters, 4U);
}

}  // namespace
}  // namespace thaw::gaze
