#include <gtest/gtest.h>

#include "exchange/document_readers.h"
#include "exchange/document_test_sink.h"

namespace thaw::exchange {
namespace {

using evidence::SourceStatus;
using test::read_all;
using test::text_of_file;

/// Made up in the form of PubMed Central's files; no real paper.
const std::string kArticle = text_of_file("docs/formats/examples/article_jats.xml");

std::vector<std::pair<std::string, std::string>> sections_of(const evidence::Document& document) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& section : document.sections) {
    out.emplace_back(section.name, section.text);
  }
  return out;
}

TEST(ReadJats, AnArticleIsReadWhole) {
  const auto sink = read_all(kJats, kArticle);
  ASSERT_TRUE(sink.ended) << sink.ended.error().message;
  ASSERT_EQ(sink.documents.size(), 1U);
  const auto& document = sink.documents[0];
  EXPECT_EQ(document.id, "PMC:PMC301");
  EXPECT_EQ(document.same_as, (std::vector<std::string>{"PMID:201", "doi:10.1000/j1"}));
  EXPECT_EQ(document.journal, "Made Up Medicine");
  EXPECT_EQ(document.year, 2015);
  EXPECT_EQ(document.language, "en");
  EXPECT_EQ(document.licence, "https://creativecommons.org/licenses/by/4.0/");
  EXPECT_EQ(document.kinds, std::vector<std::string>{"research-article"});
  EXPECT_EQ(document.keywords, std::vector<std::string>{"ALS"});
  EXPECT_EQ(sections_of(document),
            (std::vector<std::pair<std::string, std::string>>{
                {"title", "Drug Y α in C9orf72"},
                {"methods", "Methods\nWe looked."},
                {"results", "Results\nWe saw."},
                {"abstract_zh", "我们看了。"},
                {"body", "Before all sections."},
                {"introduction", "1. Introduction\nKnown that SOD1G93A (Fig 1) matters."},
                {"methods", "Patients and Methods\nStatistics\nCox model."},
                {"something of its own", "Something of its own\nText."},
                {"figure caption", "Figure 1.\nCourse.\nPoints lost."},
                {"table caption", "Table 1\nDoses."}}));
  ASSERT_EQ(sink.notices.size(), 1U);
  EXPECT_EQ(sink.notices[0].source, "PMC:PMC301");
  EXPECT_EQ(sink.notices[0].status, SourceStatus::kCorrected);
}

TEST(ReadJats, ARetractionNoticeSpeaksOfTheOtherPaper) {
  const auto sink = read_all(kJats,
                             R"xml(<pmc-articleset><article article-type="retraction">
<front><article-meta><article-id pub-id-type="doi">10.1/R</article-id>
<title-group><article-title>Retraction</article-title></title-group>
<pub-date><year>2020</year></pub-date>
<related-article related-article-type="retracted-article"
 ext-link-type="doi" xlink:href="10.1/OLD"/>
<related-article related-article-type="companion"
 ext-link-type="doi" xlink:href="10.1/ELSE"/>
</article-meta></front></article></pmc-articleset>)xml");
  ASSERT_TRUE(sink.ended);
  ASSERT_EQ(sink.notices.size(), 1U);
  EXPECT_EQ(sink.notices[0].source, "doi:10.1/old");
  EXPECT_EQ(sink.notices[0].status, SourceStatus::kRetracted);
  EXPECT_EQ(sink.notices[0].year, 2020);
}

TEST(ReadJats, WithoutAnIdAnArticleIsRefused) {
  const auto sink = read_all(kJats, "<article><front/><body><p>x</p></body></article>");
  ASSERT_EQ(sink.refused.size(), 1U);
  EXPECT_TRUE(sink.documents.empty());
}

TEST(ReadJats, ItIsRecognised) {
  EXPECT_TRUE(kJats.recognises("a.xml", kArticle.substr(0, 200)));
  EXPECT_TRUE(kJats.recognises("a.nxml", "<article>"));
  EXPECT_FALSE(kJats.recognises("a.xml", "<graphml>"));
}

}  // namespace
}  // namespace thaw::exchange
