#include "care/phrases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "care/call_board.h"
#include "care/word_json.h"

namespace thaw::care {
namespace {

std::vector<PhrasePage> bundled() {
  std::ostringstream text;
  text << std::ifstream(std::string(THAW_SOURCE_DIR) + "/data/gaze/phrases.json").rdbuf();
  return parse_phrase_pages(text.str()).value();
}

std::size_t hanzi(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    count += (static_cast<unsigned char>(c) & 0xC0) == 0xC0 ? 1 : 0;
  }
  return count;
}

TEST(Phrases, EveryBundledOneHasBothLanguagesAndAReadingOfEachHanzi) {
  std::set<std::string> ids;
  for (const PhrasePage& page : bundled()) {
    EXPECT_EQ(page.phrases.size(), 12U) << page.id;
    for (const PhraseEntry& entry : page.phrases) {
      EXPECT_TRUE(ids.insert(entry.id).second) << entry.id;
      EXPECT_FALSE(entry.text_en.empty()) << entry.id;
      for (const gaze::Word& word : entry.words_zh) {
        const auto syllables =
            word.pinyin.empty() ? 0 : 1 + std::count(word.pinyin.begin(), word.pinyin.end(), ' ');
        const bool mark = word.text == "，";
        EXPECT_EQ(static_cast<std::size_t>(syllables), mark ? 0 : hanzi(word.text)) << word.text;
        EXPECT_TRUE(read_word(word_json(word), "word")) << word.text;
      }
    }
  }
}

TEST(Phrases, ChangesAreLaidOverTheBundledOnes) {
  const std::size_t before = bundled()[0].phrases.size();
  auto pages = with_changes(bundled(), {{"first.hot", "first", 0, "", "", true},
                                        {"mine", "first", 0, "", "腰痛", false},
                                        {"first.cold", "needs", 1, "Cold", "冷", false},
                                        {"lost", "no such page", 0, "x", "", false}});
  EXPECT_EQ(pages[0].phrases.size(), before - 1);
  EXPECT_EQ(pages[0].phrases[0].id, "mine");
  EXPECT_TRUE(pages[0].phrases[0].words_zh.empty());
  EXPECT_EQ(pages[1].phrases[1].id, "first.cold");
  EXPECT_EQ(pages[1].phrases[1].words_zh, (std::vector<gaze::Word>{{"冷", "leng"}}))
      << "its reading stays";
}

TEST(Phrases, DamagedBundledOnesAreSaid) {
  for (const char* wrong : {"", "{}", R"({"pages":[{"id":1}]})", R"({"pages":[{"id":"a"}]})"}) {
    EXPECT_EQ(parse_phrase_pages(wrong).error().code, ErrorCode::kCorrupt) << wrong;
  }
}

TEST(CallBoard, TheFirstAcknowledgementCountsAndALateOneIsToldSo) {
  CallBoard board;
  std::optional<CareEvent> event;
  const std::string id = board.call({"c1", 5, "call", "gaze", ""}, event).id;
  ASSERT_TRUE(event);
  event.reset();
  EXPECT_EQ(board.call({"c2", 6, "call", "gaze", ""}, event).id, id);
  EXPECT_FALSE(event) << "a repeat is the same call";
  EXPECT_EQ(board.acknowledge("c2", "x", 7, event).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(board.acknowledge(id, "小李", 7, event)->name, "小李");
  ASSERT_TRUE(event);
  event.reset();
  EXPECT_EQ(board.acknowledge(id, "y", 8, event)->name, "小李");
  EXPECT_EQ(board.cancel(id, 8, event)->how, "acknowledged");
  EXPECT_FALSE(event);
  EXPECT_FALSE(board.on());
}

}  // namespace
}  // namespace thaw::care
