#include "gaze/spoken_text.h"

#include <gtest/gtest.h>

#include <set>

#include "gaze/number_reading.h"
#include "gaze/voice_fixture.h"

namespace thaw::gaze {
namespace {

std::string said(const std::string& line, Language language = Language::kChinese) {
  return espeak_text(language, spoken_text(language, words_from(line), *shipped_tones()));
}

std::string number(std::string_view token, bool year = false) {
  return join(read_number(token, year), " ");
}

TEST(SpokenText, OneAndNotChangeTheirTonesBeforeTheirNeighbours) {
  EXPECT_EQ(said("bu shi:不是"), "bu2 shi4");
  EXPECT_EQ(said("bu hao:不好"), "bu4 hao3");
  EXPECT_EQ(said("yi ge:一个|yi tian:一天|yi qi:一起"), "yi2 ge4 yi4 tian1 yi4 qi3");
  EXPECT_EQ(said("di yi ge:第一个|xing qi yi:星期一|shi yi dian:十一点"),
            "di4 yi1 ge4 xing1 qi1 yi1 shi2 yi1 dian3");
  EXPECT_EQ(said("yi yue:一月|yi hao:一号|wan yi:万一|lai:来"), "yi1 yue4 yi1 hao4 wan4 yi1 lai2");
  EXPECT_EQ(said("bu:不|，|shi:是"), "bu4, shi4") << "no change across a mark";
}

TEST(SpokenText, MarksArePausesAndTheStrongerOfTwoStays) {
  EXPECT_EQ(said("ni hao:你好|，|xie xie:谢谢|！"), "ni3 hao3, xie4 xie5!");
  EXPECT_EQ(said("hao ma:好吗|？|。"), "hao3 ma5?");
  EXPECT_EQ(said("。|hao:好|：|“|hao:好|”|…|…"), "hao3, hao3,");
}

TEST(SpokenText, WhatHasNoSoundIsLeftOut) {
  EXPECT_EQ(said("\U0001F600|\U00020BB7|\u200d|《|》"), "");
  EXPECT_EQ(said("hao:好|\U0001F600|de:的"), "hao3 de5");
  EXPECT_EQ(said("a\xff"
                 "b",
                 Language::kEnglish),
            "ab")
      << "bytes that are no text";
}

TEST(SpokenText, ReadingsDoNotJoinTheLatinTextBeforeAnUnknownHanzi) {
  EXPECT_EQ(said("ALS\U00020BB7重", Language::kEnglish),
            "<voice name=\"en-us\">[[,eI,El'Es]]</voice> "
            "<voice name=\"cmn-latn-pinyin\">zhong4</voice>");
  const auto pieces = spoken_text(Language::kChinese, {{"5\U00020BB7重", ""}}, *shipped_tones());
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0].text, "wu3");
  EXPECT_EQ(pieces[1].written, "重");
}

TEST(SpokenText, LatinWordsAreSaidInEnglishAndAbbreviationsSpelled) {
  EXPECT_EQ(said("wo:我|thaw|hao:好"),
            "<voice name=\"cmn-latn-pinyin\">wo3</voice> <voice name=\"en-us\">thaw</voice> "
            "<voice name=\"cmn-latn-pinyin\">hao3</voice>");
  EXPECT_EQ(said("wo:我|you:有|ALS"), "wo3 you3 A L S");
  EXPECT_EQ(said("I|said|ni hao:你好", Language::kEnglish),
            "<voice name=\"en-us\">I said</voice> "
            "<voice name=\"cmn-latn-pinyin\">ni3 hao3</voice>");
}

TEST(SpokenText, NothingThatWasTypedReachesTheSpeechEngineAsAnOrder) {
  EXPECT_EQ(said("<voice name=\"x\">|[[a]]|&|5 < 6", Language::kEnglish),
            "voice name = x a &amp; 5 6");
  EXPECT_EQ(said("<|b|>|&amp;"), "<voice name=\"en-us\">b amp,</voice>");
}

TEST(SpokenText, NumbersAreReadAsChineseSaysThem) {
  EXPECT_EQ(number("120"), "yi1 bai3 er4 shi2");
  EXPECT_EQ(number("0"), "ling2");
  EXPECT_EQ(number("10"), "shi2");
  EXPECT_EQ(number("15"), "shi2 wu3");
  EXPECT_EQ(number("105"), "yi1 bai3 ling2 wu3");
  EXPECT_EQ(number("1005"), "yi1 qian1 ling2 wu3");
  EXPECT_EQ(number("2000"), "liang3 qian1");
  EXPECT_EQ(number("20000"), "liang3 wan4");
  EXPECT_EQ(number("100005"), "shi2 wan4 ling2 wu3");
  EXPECT_EQ(number("10010"), "yi1 wan4 ling2 yi1 shi2");
  EXPECT_EQ(number("123456789"),
            "yi1 yi4 er4 qian1 san1 bai3 si4 shi2 wu3 wan4 liu4 qian1 qi1 bai3 ba1 shi2 jiu3");
  EXPECT_EQ(number("1,234"), "yi1 qian1 er4 bai3 san1 shi2 si4");
  EXPECT_EQ(number("3.50"), "san1 dian3 wu3 ling2");
  EXPECT_EQ(number("-2"), "fu4 er4");
  EXPECT_EQ(number("50%"), "bai3 fen1 zhi1 wu3 shi2");
  EXPECT_EQ(number("3/4"), "si4 fen1 zhi1 san1");
  EXPECT_EQ(number("2-3"), "er4 dao4 san1");
  EXPECT_EQ(number("10:30"), "shi2 dian3 san1 shi2 fen1");
  EXPECT_EQ(number("2:05"), "liang3 dian3 ling2 wu3 fen1");
  EXPECT_EQ(number("8:00"), "ba1 dian3");
  EXPECT_EQ(number("2026-11-26"), "er4 ling2 er4 liu4 nian2 shi2 yi1 yue4 er4 shi2 liu4 ri4");
  EXPECT_EQ(number("2026", true), "er4 ling2 er4 liu4");
  EXPECT_EQ(number("13800138000"), "yi1 san1 ba1 ling2 ling2 yi1 san1 ba1 ling2 ling2 ling2");
  EXPECT_EQ(number("007"), "ling2 ling2 qi1");
}

TEST(SpokenText, NumbersStandInTheirSentences) {
  EXPECT_EQ(said("2026|nian:年|3|yue:月"), "er4 ling2 er4 liu4 nian2 san1 yue4");
  EXPECT_EQ(said("2|ge:个|ren:人"), "liang3 ge4 ren2");
  EXPECT_EQ(said("36|.|5|du:度|。"), "san1 shi2 liu4 dian3 wu3 du4.");
  EXPECT_EQ(said("\uff11\uff12\uff10"), "yi1 bai3 er4 shi2") << "full width";
}

TEST(SpokenText, EveryNumberBelowTenThousandHasItsOwnReading) {
  std::set<std::string> seen;
  for (int n = 0; n < 10'000; ++n) {
    EXPECT_TRUE(seen.insert(number(std::to_string(n))).second) << n;
  }
}

TEST(SpokenText, PolyphonesAreSaidRightByEspeak) {
  if (phonemes_of(Language::kChinese, "ni3").empty()) {
    GTEST_SKIP() << "espeak-ng is not installed";
  }
  // What it prints for each syllable, its tone as a contour: 55, 35, 214 (21 before another),
  // 51, 11.
  const std::vector<std::pair<std::string, std::string>> kKnown = {
      {"chong qing:重庆", "ts.h'ong35_| tS;h'i51N_|"},
      {"yin hang:银行|hang zhang:行长", "j'i35n_| X'a35N_| X'a35N_| ts.'a214N_|"},
      {"zhang da:长大", "ts.'a21N_| t'A51_|"},
      {"chi le:吃了", "ts.h'i.55_| l@22_|"},
      {"wo de:我的", "w'o21_| t@44_|"},
      {"yin wei:因为", "j'i55n_| w'ei51_|"},
      {"ren wei:认为", "z.'@51n_| w'ei35_|"},
      {"lv se:绿色", "l'y51_| s'o-51_|"},
      {"wo:我|xiang:想|he shui:喝水", "w'o35_| S;'iA21N_| X'o-55_| s.w'ei214_|"}};
  for (const auto& [words, phonemes] : kKnown) {
    EXPECT_EQ(phonemes_of(Language::kChinese, said(words)), phonemes) << words;
  }
}

TEST(SpokenText, EverySyllableOfTheTableIsOneSyllableOfItsToneToEspeak) {
  const std::string table = shipped("readings.tsv");
  std::vector<std::string> syllables;
  std::string text;
  for (const auto line : split(table, '\n')) {
    if (!line.empty() && line.front() != '#') {
      syllables.emplace_back(line.substr(0, line.find('\t')));
      text += syllables.back() + ".\n";
    }
  }
  const std::vector<std::string> said = phoneme_lines(Language::kChinese, text);
  if (said.empty()) {
    GTEST_SKIP() << "espeak-ng is not installed";
  }
  ASSERT_EQ(said.size(), syllables.size());
  EXPECT_GT(said.size(), 1400U);
  const std::vector<std::string> contours{"55", "35", "214", "51"};
  for (std::size_t k = 0; k < said.size(); ++k) {
    const char tone = syllables[k].back();
    // One group of phonemes that ends with a break; English letters would be several.
    EXPECT_EQ(said[k].find("_|"), said[k].size() - 2) << syllables[k] << " " << said[k];
    EXPECT_EQ(said[k].find("(en)"), std::string::npos) << syllables[k] << " " << said[k];
    if (tone < '5') {
      const auto& contour = contours[static_cast<std::size_t>(tone - '1')];
      EXPECT_NE(said[k].find(contour), std::string::npos) << syllables[k] << " " << said[k];
    }
  }
}

TEST(SpokenText, PinyinIsGivenToTheHanziOneByOne) {
  std::vector<Word> words{{"我", ""}, {"去", ""}, {"ABC", ""}, {"重庆", ""}, {"。", ""}};
  ASSERT_TRUE(give_pinyin(words, "wo qu'chong2  qing"));
  EXPECT_EQ(words[3].pinyin, "chong2 qing");
  EXPECT_EQ(words[2].pinyin, "");
  const auto wrong = give_pinyin(words, "wo qu chong");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("3 syllables and the text 4"), std::string::npos);
  EXPECT_FALSE(give_pinyin(words, "wo qu chong q-ng"));
}

}  // namespace
}  // namespace thaw::gaze
