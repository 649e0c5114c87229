#include "evidence/document_json.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>

namespace thaw::evidence {
namespace {

namespace json = boost::json;

Result<Document> read(std::string_view text) {
  return document_from_json(json::parse(text).as_object());
}

TEST(DocumentJson, ADocumentComesBackAsItWasWritten) {
  Document document{.id = "PMID:1",
                    .same_as = {"PMC:PMC2", "doi:10.1/x"},
                    .trials = {"NCT00000001"},
                    .journal = "J",
                    .language = "zh",
                    .year = 2020,
                    .kinds = {"Review"},
                    .keywords = {"ALS"},
                    .url = "https://a.org/",
                    .licence = "CC BY",
                    .sections = {{"title", "肌萎缩侧索硬化"}, {"abstract", "Two\nlines"}}};
  const auto again = document_from_json(to_json(document));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(json::serialize(to_json(*again)), json::serialize(to_json(document)));
  EXPECT_EQ(again->text(), "肌萎缩侧索硬化\nTwo\nlines");
  EXPECT_EQ(again->title(), "肌萎缩侧索硬化");
}

TEST(DocumentJson, TheShortFormIsRead) {
  const auto document = read(R"({"id":"PMC3271295","title":"T","text":"X","year":"2011",
      "kind":"abstract","journal":"","source":"s","about_als":true})");
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->id, "PMC:PMC3271295");
  EXPECT_EQ(document->year, 2011);
  EXPECT_EQ(document->text(), "T\nX");
  EXPECT_EQ(document->kinds, std::vector<std::string>{"abstract"});
}

TEST(DocumentJson, AnUnstatedYearIsNone) {
  EXPECT_EQ(read(R"({"id":"a","text":"x","year":""})")->year, std::nullopt);
  EXPECT_EQ(read(R"({"id":"a","text":"x","year":null})")->year, std::nullopt);
}

TEST(DocumentJson, WhatIsWrongIsNamed) {
  for (const auto& [text, word] : std::vector<std::pair<std::string, std::string>>{
           {R"({"text":"x"})", "'id'"},
           {R"({"id":"","text":"x"})", "'id'"},
           {R"({"id":"a"})", "no text"},
           {R"({"id":"a","sections":[]})", "no text"},
           {R"({"id":"a","text":"x","colour":"red"})", "colour"},
           {R"({"id":"a","text":"x","year":"soon"})", "'year'"},
           {R"({"id":"a","text":"x","year":1e9})", "'year'"},
           {R"({"id":"a","text":7})", "'text'"},
           {R"({"id":"a","sections":[{"name":"t"}]})", "'text'"},
           {R"({"id":"a","sections":[{"name":"t","text":"x","more":1}]})", "more"},
           {R"({"id":"a","text":"x","url":"http://a/"})", "https"}}) {
    const auto document = read(text);
    ASSERT_FALSE(document) << text;
    EXPECT_NE(document.error().message.find(word), std::string::npos) << document.error().message;
  }
}

TEST(DocumentJson, IdsOfOnePaperAreWrittenOneWay) {
  for (const auto& [given, id] : std::vector<std::pair<std::string, std::string>>{
           {"12", "PMID:12"},
           {"pmid: 12", "PMID:12"},
           {"PMID12", "PMID:12"},
           {"PMC5818014", "PMC:PMC5818014"},
           {"pmc:pmc5818014", "PMC:PMC5818014"},
           {"https://doi.org/10.1002/ANA.1", "doi:10.1002/ana.1"},
           {"10.1002/ANA.1", "doi:10.1002/ana.1"},
           {"nct00706147", "NCT00706147"},
           {"GEO:GSE1", "GEO:GSE1"},
           {"PMIDs", "PMIDs"}}) {
    EXPECT_EQ(canonical_document_id(given), id);
    EXPECT_EQ(canonical_document_id(id), id);
  }
}

TEST(DocumentJson, EverySharedDocumentIsRead) {
  std::ifstream file(std::string(THAW_SOURCE_DIR) + "/../shared/data/als/documents.jsonl");
  if (!file) {
    GTEST_SKIP() << "the shared data are not here";
  }
  std::size_t count = 0;
  for (std::string line; std::getline(file, line); ++count) {
    const auto document = read(line);
    ASSERT_TRUE(document) << line.substr(0, 80) << document.error().message;
    EXPECT_FALSE(document->text().empty());
  }
  EXPECT_EQ(count, 90U);
}

}  // namespace
}  // namespace thaw::evidence
