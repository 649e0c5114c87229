#include "gaze/tones.h"

#include <gtest/gtest.h>

#include "gaze/voice_fixture.h"

namespace thaw::gaze {
namespace {

std::string read_aloud(const std::string& line) {
  return numbered_pinyin(words_from(line), *shipped_tones());
}

TEST(Tones, TheTypedSyllableChoosesAmongTheReadingsOfAPolyphone) {
  EXPECT_EQ(read_aloud("chong qing:重庆"), "chong2 qing4");
  EXPECT_EQ(read_aloud("yin hang:银行|hang zhang:行长"), "yin2 hang2 hang2 zhang3");
  EXPECT_EQ(read_aloud("zhang da:长大"), "zhang3 da4");
  EXPECT_EQ(read_aloud("hen:很|chang:长"), "hen3 chang2");
  EXPECT_EQ(read_aloud("zhong yao:重要"), "zhong4 yao4");
  EXPECT_EQ(read_aloud("bu:不|xing:行"), "bu4 xing2");
  EXPECT_EQ(read_aloud("yin yue:音乐|kuai le:快乐"), "yin1 yue4 kuai4 le4");
  EXPECT_EQ(read_aloud("dou:都|du shi:都市"), "dou1 du1 shi4");
  EXPECT_EQ(read_aloud("hai:还|huan:还"), "hai2 huan2");
}

TEST(Tones, WordsKnowTheirTonesWhereTheSyllableDoesNot) {
  EXPECT_EQ(read_aloud("ren wei:认为|yin wei:因为|wei shen me:为什么|wei le:为了"),
            "ren4 wei2 yin1 wei4 wei4 shen2 me5 wei4 le5");
  EXPECT_EQ(read_aloud("ai hao:爱好|hen hao:很好"), "ai4 hao4 hen3 hao3");
  EXPECT_EQ(read_aloud("zhong jiang:中奖|zhong jian:中间"), "zhong4 jiang3 zhong1 jian1");
  EXPECT_EQ(read_aloud("kong tiao:空调|you kong:有空"), "kong1 tiao2 you3 kong4");
  EXPECT_EQ(read_aloud("gu zhe:骨折|tou fa:头发|fa shao:发烧"), "gu3 zhe2 tou2 fa5 fa1 shao1");
}

TEST(Tones, AWordIsFoundAcrossTheWordsThatWereTyped) {
  EXPECT_EQ(read_aloud("yin:银|hang:行|zhang:长"), "yin2 hang2 zhang3");
  EXPECT_EQ(read_aloud("shui:睡|bu:不|zhao:着"), "shui4 bu5 zhao2");
}

TEST(Tones, WhatIsSaidAtABedsideIsReadRight) {
  EXPECT_EQ(read_aloud("wo:我|yao:要|tu tan:吐痰"), "wo3 yao4 tu3 tan2");
  EXPECT_EQ(read_aloud("wo xiang:我想|tu:吐"), "wo3 xiang3 tu4");
  EXPECT_EQ(read_aloud("liang:量|yi xia:一下|xue ya:血压"), "liang2 yi2 xia4 xue4 ya1");
  EXPECT_EQ(read_aloud("sang zi:嗓子|gan:干"), "sang3 zi5 gan1");
  EXPECT_EQ(read_aloud("ni:你|gan:干|le:了|shen me:什么"), "ni3 gan4 le5 shen2 me5");
  EXPECT_EQ(read_aloud("shuo:说|de:得|chu lai:出来"), "shuo1 de5 chu1 lai2");
  EXPECT_EQ(read_aloud("xiong kou:胸口|you dian:有点|men:闷"), "xiong1 kou3 you3 dian3 men4");
}

TEST(Tones, WhatWasTypedStandsAboveTheList) {
  EXPECT_EQ(read_aloud("zhong qing:重庆"), "zhong4 qing4");
  EXPECT_EQ(read_aloud("chong3 qing4:重庆"), "chong3 qing4");
}

TEST(Tones, UnstressedWordsAreNeutral) {
  EXPECT_EQ(read_aloud("wo:我|de:的|chi le:吃了|hao ma:好吗|ta men:他们|ni ne:你呢|zuo zhe:坐着"),
            "wo3 de5 chi1 le5 hao3 ma5 ta1 men5 ni3 ne5 zuo4 zhe5");
  EXPECT_EQ(read_aloud("liao jie:了解|di fang:地方|hai zi:孩子|dian zi:电子"),
            "liao3 jie3 di4 fang5 hai2 zi5 dian4 zi3");
}

TEST(Tones, TextWithoutAReadingGetsTheLikeliest) {
  EXPECT_EQ(read_aloud("重庆银行的行长长大了"),
            "chong2 qing4 yin2 hang2 de5 hang2 zhang3 zhang3 da4 le5");
  EXPECT_EQ(read_aloud("请帮我翻身，左边有点疼。"),
            "qing3 bang1 wo3 fan1 shen1\uff0c zuo3 bian1 you3 dian3 teng2\u3002");
}

TEST(Tones, ThePinyinOfUWithDotsIsReadInEveryForm) {
  EXPECT_EQ(read_aloud("lv se:绿色"), "lv4 se4");
  EXPECT_EQ(read_aloud("l\u00fc se:绿色"), "lv4 se4");
  EXPECT_EQ(read_aloud("lu: se:绿色"), "lv4 se4");
  EXPECT_EQ(read_aloud("绿色"), "lv4 se4");
  EXPECT_EQ(typed_syllable("L\u00fc4"), "lv");
  EXPECT_EQ(typed_syllable("l-u"), "");
}

TEST(Tones, WhatIsNoHanziStandsAsItWas) {
  EXPECT_EQ(read_aloud("wo:我|yong:用|thaw|3|\u3002|\U0001F600"),
            "wo3 yong4 thaw 3\u3002 \U0001F600");
  EXPECT_EQ(read_aloud("\U00020BB7"), "\U00020BB7") << "a rare Hanzi of no reading";
  EXPECT_EQ(read_aloud(""), "");
}

TEST(Tones, AReadingThatNoTableHasIsStillSaid) {
  EXPECT_EQ(read_aloud("fu:我"), "fu1");
}

TEST(Tones, EveryWordOfTheListIsReadAsItSays) {
  std::size_t words = 0;
  const std::string list = shipped("word_tones.tsv");
  for (const auto line : split(list, '\n')) {
    if (line.empty() || line.front() == '#') {
      continue;
    }
    const auto parts = split(line, '\t');
    const std::string said = numbered_pinyin({{std::string(parts[0]), ""}}, *shipped_tones());
    EXPECT_EQ(said, parts[1]) << parts[0];
    ++words;
  }
  EXPECT_GT(words, 500U);
}

TEST(Tones, ABrokenTableIsNamedByItsLine) {
  const auto bad = Tones::read("ma3\t马\t\nma\t马\t\n", "");
  ASSERT_FALSE(bad);
  EXPECT_NE(bad.error().message.find("line 2"), std::string::npos) << bad.error().message;
  EXPECT_FALSE(Tones::read("", "爱好\tai4\n"));
  EXPECT_FALSE(Tones::read("", "爱好\tai4 hao9\n"));
  EXPECT_TRUE(Tones::read("# note\r\nma3\t马\t\r\n", ""));
}

TEST(Tones, WholeWordsOfATextAreReadByTheTableAndNothingAcrossTheirEnds) {
  auto words = words_from("zhong:重|qing:庆|he:和|yin hang:银行|xing:行|chang:长");
  shipped_tones()->read_by_words(words);
  EXPECT_EQ(words, words_from("chong:重|qing:庆|he:和|yin hang:银行|hang:行|zhang:长"));
  auto apart = words_from("fa xing:发行|chang qi:长期|。|ALS");
  const auto before = apart;
  shipped_tones()->read_by_words(apart);
  EXPECT_EQ(apart, before);
}

}  // namespace
}  // namespace thaw::gaze
