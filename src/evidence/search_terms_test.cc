#include "evidence/search_terms.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "base/text.h"

namespace thaw::evidence {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  for (const auto& term : search_terms(text)) {
    out.push_back(term.text);
  }
  return out;
}

TEST(SearchTerms, OneTermACharacterAndOneAWord) {
  EXPECT_EQ(words_of("运动神经元 TDP-43 in C9orf72, motor-neurones"),
            (std::vector<std::string>{"运", "动", "神", "经", "元", "tdp43", "in", "c9orf72",
                                      "motor", "neuron"}));
  EXPECT_EQ(words_of("IL-1\u03b2 BDNF-R"), (std::vector<std::string>{"il1beta", "bdnfr"}));
}

TEST(SearchTerms, AChineseRunIsOnePhraseAndWordsStandAlone) {
  EXPECT_EQ(search_query("眼动 tdp43"), (SearchQuery{{"眼", "动"}, {"tdp43"}}));
  EXPECT_EQ(search_query("motor neuron"), (SearchQuery{{"motor"}, {"neuron"}}));
  EXPECT_EQ(search_query("\"motor neuron\" x x"), (SearchQuery{{"motor", "neuron"}, {"x"}}));
}

TEST(SearchTerms, HostileSyntaxIsPlainText) {
  EXPECT_EQ(fts5_expression(search_query("a OR b* NEAR(c) \" -d ) '; drop table x")),
            "\"a\" AND \"or\" AND \"b\" AND \"near\" AND \"c\" AND \"d\" AND \"drop\" AND "
            "\"table\" AND \"x\"");
  EXPECT_TRUE(search_query("\"'()*&|!:-").empty());
  EXPECT_EQ(tsquery_expression(search_query("a'b 眼动")), "('a') & ('b') & ('眼' <-> '动')");
}

TEST(SearchTerms, NoQueryMakesAnExpressionWithAMarkInsideATerm) {
  Random random(9);
  for (int round = 0; round < 3000; ++round) {
    std::string query;
    for (int i = 0; i < 30; ++i) {
      query += static_cast<char>(random.index(256));
    }
    for (const auto& phrase : search_query(query)) {
      for (const auto& term : phrase) {
        EXPECT_FALSE(term.empty());
        EXPECT_EQ(term.find_first_of("\"'\\ ()&|!<>:*-\0"), std::string::npos);
        EXPECT_FALSE(first_invalid_utf8(term));
      }
    }
  }
}

TEST(SearchTerms, ATsvectorKeepsPlacesAndWeights) {
  EXPECT_EQ(tsvector_literal(search_terms("a b"), search_terms("b")), "'a':1A 'b':2A,4D ");
}

TEST(SearchTerms, ASnippetHoldsTheMatchAndItsPlaces) {
  const std::string text =
      std::string(500, 'x') + " 的患者使用眼动仪与他人交流。 " + std::string(500, 'y');
  const auto snippet = snippet_of(text, search_query("眼动"), 120);
  ASSERT_EQ(snippet.marks.size(), 1U);
  const auto [begin, end] = snippet.marks.front();
  EXPECT_EQ(snippet.text.substr(begin, end - begin), "眼动");
  EXPECT_EQ(text.substr(snippet.at, snippet.text.size()), snippet.text);
  EXPECT_TRUE(snippet.cut_before);
  EXPECT_TRUE(snippet.cut_after);
  EXPECT_LE(snippet.text.size(), 120U);
}

TEST(SearchTerms, SnippetsAreCutBetweenCharactersWhateverTheText) {
  Random random(4);
  const std::string_view pieces[] = {"眼", "动", "a", " ", "é", "tdp43", "。"};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 60; ++i) {
      text += pieces[random.index(7)];
    }
    const auto snippet = snippet_of(text, search_query("眼动 a"), 1 + random.index(80));
    EXPECT_FALSE(first_invalid_utf8(snippet.text));
    for (const auto& [begin, end] : snippet.marks) {
      EXPECT_LT(begin, end);
      EXPECT_LE(end, snippet.text.size());
    }
  }
}

}  // namespace
}  // namespace thaw::evidence
