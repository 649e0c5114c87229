#include <gtest/gtest.h>

#include "exchange/document_readers.h"
#include "exchange/document_test_sink.h"

namespace thaw::exchange {
namespace {

using evidence::SourceStatus;
using test::DocumentSink;
using test::read_all;

// Made up in the form of efetch's answers; no real paper.
constexpr std::string_view kSet = R"xml(<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">101</PMID>
 <Article PubModel="Print"><Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue>
  <Title>Journal of Made Up Results</Title><ISOAbbreviation>J Made Up</ISOAbbreviation></Journal>
  <ArticleTitle>Drug X in <i>SOD1</i><sup>G93A</sup> mice.</ArticleTitle>
  <ELocationID EIdType="doi" ValidYN="Y">10.1000/ABC</ELocationID>
  <Abstract><AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Nothing is known.</AbstractText>
   <AbstractText Label="WHAT WE DID" NlmCategory="UNASSIGNED">2 x 10<sup>6</sup> cells.</AbstractText></Abstract>
  <AuthorList><Author><LastName>Nobody</LastName></Author></AuthorList>
  <Language>chi</Language>
  <DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>NCT00000101</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
  <PublicationTypeList><PublicationType UI="D016449">Randomized Controlled Trial</PublicationType></PublicationTypeList>
  <VernacularTitle>药物X。</VernacularTitle></Article>
 <CommentsCorrectionsList><CommentsCorrections RefType="ErratumIn"><RefSource>J Made Up. 2000 Mar;1(2):3</RefSource></CommentsCorrections>
  <CommentsCorrections RefType="RetractionIn"><RefSource>J Made Up. 2004;5(1234):6</RefSource><PMID>999</PMID></CommentsCorrections>
  <CommentsCorrections RefType="Cites"><RefSource>Else. 1990</RefSource><PMID>5</PMID></CommentsCorrections></CommentsCorrectionsList>
 <MeshHeadingList><MeshHeading><DescriptorName UI="D000690">Amyotrophic Lateral Sclerosis</DescriptorName><QualifierName>genetics</QualifierName></MeshHeading></MeshHeadingList>
 <OtherAbstract Type="Publisher" Language="chi"><AbstractText>肌萎缩侧索硬化。</AbstractText></OtherAbstract>
 <KeywordList><Keyword>motor neuron</Keyword></KeywordList></MedlineCitation>
 <PubmedData><ArticleIdList><ArticleId IdType="pubmed">101</ArticleId><ArticleId IdType="pmc">PMC77</ArticleId></ArticleIdList>
  <ReferenceList><Reference><ArticleIdList><ArticleId IdType="pmc">PMC88</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData>
</PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>102</PMID><Article><Journal><JournalIssue><PubDate><Year>2021</Year></PubDate></JournalIssue></Journal>
 <ArticleTitle>Retraction: an older paper.</ArticleTitle><PublicationTypeList><PublicationType>Retraction of Publication</PublicationType></PublicationTypeList></Article>
 <CommentsCorrectionsList><CommentsCorrections RefType="RetractionOf"><RefSource>J. 2019</RefSource><PMID>55</PMID></CommentsCorrections></CommentsCorrectionsList></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>oops</PMID></MedlineCitation></PubmedArticle>
<PubmedBookArticle><BookDocument><PMID>103</PMID><Book><BookTitle>Made Up Reviews</BookTitle><PubDate><Year>1993</Year></PubDate></Book>
 <ArticleTitle>ALS Overview</ArticleTitle><Abstract><AbstractText>Text.</AbstractText></Abstract></BookDocument></PubmedBookArticle>
<PubmedArticle><MedlineCitation><PMID>104</PMID><Article><Journal><JournalIssue><PubDate></PubDate></JournalIssue></Journal>
 <ArticleTitle>Withdrawn.</ArticleTitle><PublicationTypeList><PublicationType>Retracted Publication</PublicationType></PublicationTypeList></Article></MedlineCitation></PubmedArticle>
<DeleteCitation><PMID>7</PMID><PMID>8</PMID></DeleteCitation>
</PubmedArticleSet>)xml";

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
