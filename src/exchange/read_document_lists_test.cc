#include <gtest/gtest.h>

#include <filesystem>

#include "exchange/document_readers.h"
#include "exchange/document_test_sink.h"

namespace thaw::exchange {
namespace {

using evidence::SourceStatus;
using test::DocumentSink;
using test::read_all;

DocumentSink read_shared(const Format& format, const std::string& name) {
  DocumentSink sink;
  auto file = FileSource::open(std::string(THAW_SOURCE_DIR) + "/../shared/data/" + name);
  sink.ended = file ? format.read(**file, sink) : Result<Done>(file.error());
  return sink;
}

TEST(ReadDocuments, BothFormsAreReadAndWrongLinesNamed) {
  const auto sink = read_all(
      kDocuments,
      "{\"id\":\"12\",\"title\":\"T\",\"text\":\"X\"}\n\n"
      "{\"id\":\"PMC5\",\"language\":\"zh\",\"sections\":[{\"name\":\"title\",\"text\":\"肌\"}]}\n"
      "{\"id\":\"13\"}\nnot json\n{\"id\":\"14\",\"text\":\"\\u0000\"}\n[1]\n\xFF\n");
  ASSERT_TRUE(sink.ended);
  ASSERT_EQ(sink.documents.size(), 2U);
  EXPECT_EQ(sink.documents[0].url, "https://pubmed.ncbi.nlm.nih.gov/12/");
  EXPECT_EQ(sink.documents[1].text(), "肌");
  EXPECT_EQ(sink.places[1].line, 3U);
  EXPECT_EQ(sink.places[1].record, 2U);
  ASSERT_EQ(sink.refused.size(), 5U);
  EXPECT_EQ(sink.refused[0].first.line, 4U);
}

TEST(ReadDocuments, EverySharedDocumentIsRead) {
  const auto sink = read_shared(kDocuments, "als/documents.jsonl");
  if (!sink.ended) {
    GTEST_SKIP() << "the shared data are not here";
  }
  EXPECT_EQ(sink.documents.size(), 90U);
  EXPECT_TRUE(sink.refused.empty());
}

TEST(ReadDocuments, TheyAreRecognisedAndRecordsAreNot) {
  EXPECT_TRUE(kDocuments.recognises("a.jsonl", R"({"id":"1","title":"T","text":"x"})"));
  EXPECT_FALSE(kDocuments.recognises("a.jsonl", R"({"item":{"id":"1","text":"x"}})"));
}

TEST(ReadRetractions, OneIdALineIsRetractedSinceAnUnknownYear) {
  const auto sink = read_all(kRetractions, "# list\n993\nPMID:160560\n10.1/X\nrubbish\n");
  ASSERT_TRUE(sink.ended);
  ASSERT_EQ(sink.notices.size(), 3U);
  EXPECT_EQ(sink.notices[0].source, "PMID:993");
  EXPECT_EQ(sink.notices[0].year, std::nullopt);
  EXPECT_EQ(sink.notices[2].source, "doi:10.1/x");
  ASSERT_EQ(sink.refused.size(), 1U);
  EXPECT_EQ(sink.refused[0].first.line, 5U);
}

TEST(ReadRetractions, ACsvIsReadByItsHeader) {
  const auto sink = read_all(
      kRetractions,
      "Record ID,Title,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDOI,"
      "OriginalPaperPubMedID,RetractionNature,Notes\n"
      "1,\"Two\nlines, and \"\"quotes\"\"\",1/15/2020 0:00,10.1/r,9,10.1/A,11,Retraction,\n"
      "2,T,3/2/2018 0:00,,0,unavailable,12,Expression of concern,\n"
      "3,T,3/2/2018 0:00,,0,10.1/c,0,Correction,\n4,T,,,,,13,Reinstatement,\n"
      "5,T,,,,,0,Retraction,\n6,T,,,,,14,Celebration,\n7,\"open\n");
  ASSERT_TRUE(sink.ended);
  ASSERT_EQ(sink.notices.size(), 5U);
  EXPECT_EQ(sink.notices[0].source, "PMID:11");
  EXPECT_EQ(sink.notices[0].year, 2020);
  EXPECT_EQ(sink.notices[1].source, "doi:10.1/a");
  EXPECT_EQ(sink.notices[2].status, SourceStatus::kConcern);
  EXPECT_EQ(sink.notices[3].status, SourceStatus::kCorrected);
  EXPECT_EQ(sink.notices[4].status, SourceStatus::kOk);
  ASSERT_EQ(sink.refused.size(), 3U);
  EXPECT_EQ(sink.refused[0].first.line, 7U);
  EXPECT_EQ(sink.refused[0].second, "names no PMID and no DOI");
  EXPECT_NE(sink.refused[1].second.find("Celebration"), std::string::npos);
  EXPECT_EQ(sink.refused[2].second, "a quoted cell is never closed");
}

TEST(ReadRetractions, TheSharedListIsReadWhole) {
  const auto sink = read_shared(kRetractions, "mechanism/indra/pubmed_retractions.tsv");
  if (!sink.ended) {
    GTEST_SKIP() << "the shared data are not here";
  }
  EXPECT_EQ(sink.notices.size(), 19163U);
  EXPECT_TRUE(sink.refused.empty());
}

TEST(ReadRetractions, TheyAreRecognisedByNameAndFirstLine) {
  EXPECT_TRUE(kRetractions.recognises("pubmed_retractions.tsv", "993\n160560\n"));
  EXPECT_TRUE(kRetractions.recognises("retractions.csv", "pmid,nature,date\n"));
  EXPECT_FALSE(kRetractions.recognises("relations.tsv", "993\n"));
  EXPECT_FALSE(kRetractions.recognises("retraction.txt", "some words"));
}

}  // namespace
}  // namespace thaw::exchange
