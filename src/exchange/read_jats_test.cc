#include <gtest/gtest.h>

#include "exchange/document_readers.h"
#include "exchange/document_test_sink.h"

namespace thaw::exchange {
namespace {

using evidence::SourceStatus;
using test::read_all;

// Made up in the form of PubMed Central's files; no real paper.
constexpr std::string_view kArticle =
    R"xml(<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.2//EN" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article" xml:lang="en">
<front><journal-meta><journal-title-group><journal-title>Made Up Medicine</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmid">201</article-id><article-id pub-id-type="pmc">301</article-id><article-id pub-id-type="doi">10.1000/J1</article-id>
<title-group><article-title>Drug Y &alpha; in <italic>C9orf72</italic></article-title></title-group>
<pub-date pub-type="ppub"><year>2016</year></pub-date><pub-date pub-type="epub"><year>2015</year></pub-date>
<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>CC BY</license-p></license></permissions>
<related-article related-article-type="correction-forward" xlink:href="10.1000/J9" ext-link-type="doi"/>
<abstract><sec><title>Methods</title><p>We looked.</p></sec><sec><title>Results</title><p>We saw.</p></sec></abstract>
<abstract abstract-type="graphical"><p>picture</p></abstract>
<trans-abstract xml:lang="zh"><p>我们看了。</p></trans-abstract>
<kwd-group><kwd>ALS</kwd></kwd-group></article-meta></front>
<body><p>Before all sections.</p>
<sec><title>1. Introduction</title><p>Known<sup><xref ref-type="bibr" rid="b1">12</xref>,<xref ref-type="bibr" rid="b2">13</xref></sup> that SOD1<sup>G93A</sup> (<xref ref-type="fig" rid="f1">Fig 1</xref>) matters.</p>
<fig id="f1"><label>Figure 1.</label><caption><title>Course.</title><p>Points lost.</p></caption><graphic/></fig></sec>
<sec><title>Patients and Methods</title><sec><title>Statistics</title><p>Cox model.<inline-formula><tex-math>\frac{1}{2}</tex-math></inline-formula></p></sec></sec>
<sec><title>Something of its own</title><p>Text.</p><table-wrap><label>Table 1</label><caption><p>Doses.</p></caption><table><tr><td>99</td></tr></table></table-wrap></sec></body>
<back><ref-list><ref>Not read</ref></ref-list></back></article>)xml";

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
  const auto sink = read_all(
      kJats,
      R"xml(<pmc-articleset><article article-type="retraction"><front><article-meta><article-id pub-id-type="doi">10.1/R</article-id>
<title-group><article-title>Retraction</article-title></title-group><pub-date><year>2020</year></pub-date>
<related-article related-article-type="retracted-article" ext-link-type="doi" xlink:href="10.1/OLD"/>
<related-article related-article-type="companion" ext-link-type="doi" xlink:href="10.1/ELSE"/></article-meta></front></article></pmc-articleset>)xml");
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
