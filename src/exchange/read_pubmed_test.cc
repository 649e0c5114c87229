#include <gtest/gtest.h>

#include "exchange/document_readers.h"
#include "exchange/document_test_sink.h"

namespace thaw::exchange {
namespace {

using evidence::SourceStatus;
using test::DocumentSink;
using test::read_all;
using test::text_of_file;

/// Made up in the form of efetch's answers; no real paper.
const std::string kSet = text_of_file("docs/formats/examples/articles_pubmed.xml");

TEST(ReadPubmed, AnArticleIsReadWhole) {
  const auto sink = read_all(kPubmed, kSet);
  ASSERT_TRUE(sink.ended) << sink.ended.error().message;
  ASSERT_EQ(sink.documents.size(), 4U);
  const auto& document = sink.documents[0];
  EXPECT_EQ(document.id, "PMID:101");
  EXPECT_EQ(document.journal, "J Made Up");
  EXPECT_EQ(document.year, 1998);
  EXPECT_EQ(document.language, "en");
  EXPECT_EQ(document.url, "https://pubmed.ncbi.nlm.nih.gov/101/");
  EXPECT_EQ(document.same_as, (std::vector<std::string>{"PMC:PMC77", "doi:10.1000/abc"}));
  EXPECT_EQ(document.trials, std::vector<std::string>{"NCT00000101"});
  EXPECT_EQ(document.kinds, std::vector<std::string>{"Randomized Controlled Trial"});
  EXPECT_EQ(document.keywords,
            (std::vector<std::string>{"Amyotrophic Lateral Sclerosis/genetics", "motor neuron"}));
  std::vector<std::pair<std::string, std::string>> sections;
  for (const auto& section : document.sections) {
    sections.emplace_back(section.name, section.text);
  }
  EXPECT_EQ(sections, (std::vector<std::pair<std::string, std::string>>{
                          {"title", "Drug X in SOD1G93A mice."},
                          {"background", "Nothing is known."},
                          {"what we did", "2 x 10^6 cells."},
                          {"title_zh", "药物X。"},
                          {"abstract_zh", "肌萎缩侧索硬化。"}}));
  EXPECT_EQ(sink.sources[0].id, "PMID:101");
  EXPECT_EQ(sink.sources[0].citation, "Drug X in SOD1G93A mice. J Made Up 1998");
}

TEST(ReadPubmed, RetractionsAreNotedFromBothSidesWithTheirYear) {
  const auto sink = read_all(kPubmed, kSet);
  ASSERT_EQ(sink.notices.size(), 3U);
  EXPECT_EQ(sink.notices[0].source, "PMID:101");
  EXPECT_EQ(sink.notices[0].status, SourceStatus::kRetracted);  // graver than its erratum
  EXPECT_EQ(sink.notices[0].year, 2004);
  EXPECT_EQ(sink.notices[1].source, "PMID:55");
  EXPECT_EQ(sink.notices[1].status, SourceStatus::kRetracted);
  EXPECT_EQ(sink.notices[1].year, 2021);
  EXPECT_EQ(sink.notices[2].source, "PMID:104");
  EXPECT_EQ(sink.notices[2].year, std::nullopt);
}

TEST(ReadPubmed, WhatCannotBeKeptIsSaidWithItsPlace) {
  const auto sink = read_all(kPubmed, kSet);
  ASSERT_EQ(sink.refused.size(), 2U);
  EXPECT_EQ(sink.refused[0].second, "the record has no PMID");
  EXPECT_EQ(sink.refused[0].first.record, 3U);
  EXPECT_GT(sink.refused[0].first.line, 20U);
  EXPECT_NE(sink.refused[1].second.find("deleted these records"), std::string::npos);
  EXPECT_NE(sink.refused[1].second.find("7, 8"), std::string::npos);
}

TEST(ReadPubmed, AFileCutShortKeepsTheArticlesBeforeTheCut) {
  const auto sink = read_all(kPubmed, kSet.substr(0, kSet.find("<PubmedBookArticle>")));
  ASSERT_FALSE(sink.ended);
  EXPECT_EQ(sink.documents.size(), 2U);
}

TEST(ReadPubmed, ItIsRecognisedAndNothingElseIs) {
  EXPECT_TRUE(kPubmed.recognises("x.xml", kSet.substr(0, 300)));
  EXPECT_FALSE(kPubmed.recognises("x.xml", "<article><front/></article>"));
  EXPECT_FALSE(kJats.recognises("x.xml", kSet.substr(0, 300)));
}

}  // namespace
}  // namespace thaw::exchange
