#include "graph/edge_list.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "graph/edge_cache.h"

namespace thaw::graph {
namespace {

const std::string kHeader = "source\tsign\ttarget\tbelief\n";

Result<EdgeList> read(std::string_view text, std::size_t piece = 1U << 20U) {
  EdgeListReader reader("e.tsv");
  for (std::size_t at = 0; at < text.size(); at += piece) {
    THAW_CHECK(reader.add(text.substr(at, piece)));
  }
  return reader.finish();
}

TEST(EdgeList, KeepsOfEqualEdgesTheOneOfMostBeliefAndCountsTheRest) {
  const auto list = read(kHeader +
                         "b\t+\ta\t0.5\nb\t+\ta\t0.75\r\nb\t-\ta\t0.25\n\na\t+\ta\t1\n"
                         "\xE7\xA5\x9E\t-\tb\t1\nb\t+\ta\t0.6");
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->names, (std::vector<std::string>{"a", "b", "\xE7\xA5\x9E"}));
  EXPECT_EQ(list->edges, (std::vector<NamedEdge>{{1, 0, 0.75}, {1, 0, -0.25}, {2, 1, -1}}));
  EXPECT_EQ(list->rows, 6U);
  EXPECT_EQ(list->self_edges, 1U);
  EXPECT_EQ(list->duplicates, 2U);
}

TEST(EdgeList, IsTheSameForAnyOrderOfRowsAndAnyCutIntoPieces) {
  Random random(1);
  std::vector<std::string> rows;
  for (int i = 0; i < 300; ++i) {
    rows.push_back(
        "n" + std::to_string(random.index(12)) + (random.index(2) == 0 ? "\t+\t" : "\t-\t") + "n" +
        std::to_string(random.index(12)) + "\t0." + std::to_string(1 + random.index(99)) + "\n");
  }
  const auto text_of = [&] {
    std::string text = kHeader;
    for (const auto& row : rows) {
      text += row;
    }
    return text;
  };
  const auto first = read(text_of());
  ASSERT_TRUE(first);
  EXPECT_GT(first->duplicates, 0U);
  for (int i = 0; i < 10; ++i) {
    for (std::size_t j = rows.size(); j > 1; --j) {
      std::swap(rows[j - 1], rows[random.index(j)]);
    }
    const auto again = read(text_of(), 1 + random.index(40));
    ASSERT_TRUE(again);
    EXPECT_TRUE(*again == *first);
  }
}

TEST(EdgeList, RefusesWhatIsMalformedWithItsLine) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"", "e.tsv:1: the text is empty"},
      {"source,sign,target,belief\n", "e.tsv:1: the first line must be"},
      {kHeader + "a\t+\tb\n", "e.tsv:2: 3 tab-separated fields"},
      {kHeader + "a\t+\tb\t0.5\tx\n", "e.tsv:2: 5 tab-separated fields"},
      {kHeader + "a\t+\tb\t0.5\na\t+\tb\t0.", ""},  // "0." is 0
      {kHeader + "a\t+\tb\t0.5\na\t+", "e.tsv:3: 2 tab-separated fields"},
      {kHeader + "a\tup\tb\t0.5\n", "e.tsv:2: the sign is 'up'"},
      {kHeader + "a\t+\tb\t1.5\n", "e.tsv:2: the belief is '1.5'"},
      {kHeader + "a\t+\tb\t0\n", "e.tsv:2: the belief is '0'"},
      {kHeader + "a\t+\tb\t-0.1\n", "e.tsv:2: the belief is '-0.1'"},
      {kHeader + "a\t+\tb\tnan\n", "e.tsv:2: the belief is 'nan'"},
      {kHeader + "a\t+\tb\t 0.5\n", "e.tsv:2: the belief is ' 0.5'"},
      {kHeader + "\t+\tb\t0.5\n", "e.tsv:2: the source is empty"},
      {kHeader + "a\t+\t\t0.5\n", "e.tsv:2: the target is empty"},
      {kHeader + std::string("a\0b\t+\tb\t0.5\n", 12), "holds a control character"},
      {kHeader + "a\t+\t\xFF\xFE\t0.5\n", "e.tsv:2: the target is not UTF-8 from its byte 1"},
      {kHeader + std::string(1025, 'a') + "\t+\tb\t0.5\n", "the source is over 1024 bytes"},
      {kHeader + std::string(1 << 17, 'a'), "e.tsv:2: the line is over 65536 bytes"},
      {std::string(1 << 17, 'a'), "e.tsv:1: the line is over 65536 bytes"},
  };
  for (const auto& [text, message] : wrong) {
    const auto list = read(text, 1000);
    ASSERT_FALSE(list) << text.substr(0, 80);
    EXPECT_NE(list.error().message.find(message), std::string::npos) << list.error().message;
  }
}

TEST(EdgeCache, GivesBackWhatWasWritten) {
  for (const std::string rows : {"", "a\t+\tb\t0.1\nb\t-\ta\t1\nc\t-\ta\t0.3\nc\t+\ta\t0.2\n"}) {
    const auto list = read(kHeader + rows);
    ASSERT_TRUE(list);
    const EdgeSource source{123, std::string(64, 'f')};
    const auto cached = read_edge_cache(write_edge_cache(*list, source));
    ASSERT_TRUE(cached) << cached.error().message;
    EXPECT_TRUE(cached->list == *list);
    EXPECT_TRUE(cached->source == source);
  }
}

TEST(EdgeCache, IsRefusedWithAnyByteChangedOrAnyPartMissing) {
  const auto list = read(kHeader + "a\t+\tb\t0.1\nb\t-\ta\t1\nc\t-\ta\t0.3\n");
  ASSERT_TRUE(list);
  const std::string good = write_edge_cache(*list, {1, std::string(64, 'f')});
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_FALSE(read_edge_cache(bad)) << "byte " << i;
    EXPECT_FALSE(read_edge_cache(good.substr(0, i))) << "the first " << i;
  }
  EXPECT_FALSE(read_edge_cache(good + "x"));
}

}  // namespace
}  // namespace thaw::graph
