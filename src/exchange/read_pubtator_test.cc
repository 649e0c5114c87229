#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "exchange/document_readers.h"
#include "exchange/document_test_sink.h"
#include "exchange/pubtator.h"

namespace thaw::exchange {
namespace {

using test::read_all;

struct Marked {
  std::vector<MarkedDocument> documents;
  std::vector<std::pair<Place, std::string>> refused;
  Result<Done> ended = Done{};
};

Marked read(ByteSource& source) {
  Marked out;
  out.ended = read_pubtator(
      source,
      [&](const Place&, MarkedDocument document) -> Result<Done> {
        out.documents.push_back(std::move(document));
        return Done{};
      },
      [&](const Place& place, std::string reason) { out.refused.emplace_back(place, reason); });
  return out;
}

Marked read(std::string_view text) {
  MemorySource source(text);
  return read(source);
}

constexpr std::string_view kTwo =
    "7|t|TNF-α in ALS.\n7|a|β raises it.\n"
    "7\t0\t5\tTNF-α\tGeneOrGeneProduct\t7124\n"
    "7\t9\t12\tALS\tDiseaseOrPhenotypicFeature\tD000690,D016472\n"
    "7\t14\t15\tβ\tChemicalEntity\t-\n"
    "7\tPositive_Correlation\t7124\tD000690\tNovel\n"
    "\n8|t|Second\n8|a|\n";

TEST(ReadPubtator, OffsetsOfCharactersBecomeBytes) {
  const auto out = read(kTwo);
  ASSERT_TRUE(out.ended);
  EXPECT_TRUE(out.refused.empty()) << out.refused.front().second;
  ASSERT_EQ(out.documents.size(), 2U);
  const auto& first = out.documents[0];
  EXPECT_EQ(first.document.id, "PMID:7");
  const std::string text = first.document.text();
  ASSERT_EQ(first.entities.size(), 3U);
  for (const auto& entity : first.entities) {
    EXPECT_EQ(text.substr(entity.begin, entity.end - entity.begin), entity.surface);
  }
  EXPECT_EQ(first.entities[1].ids, (std::vector<std::string>{"D000690", "D016472"}));
  EXPECT_TRUE(first.entities[2].ids.empty());
  ASSERT_EQ(first.relations.size(), 1U);
  EXPECT_EQ(first.relations[0].kind, "Positive_Correlation");
  EXPECT_EQ(first.relations[0].second, "D000690");
}

TEST(ReadPubtator, WhatIsWrongIsRefusedByLineAndTheRestIsRead) {
  for (const auto& [line, words] : std::vector<std::pair<std::string, std::string>>{
           {"7\t0\t4\tTNF-α\tGene\t1", "is not what stands at"},
           {"7\t0\t400\tTNF\tGene\t1", "lies outside"},
           {"7\t5\t5\t\tGene\t1", "lies outside"},
           {"7\t99999999999999999999\t5\tx\tGene\t1", "lies outside"},
           {"9\t0\t3\tTNF\tGene\t1", "belongs to no document"},
           {"7\tonly", "cells"},
           {"8|t|glued", "blank line"},
           {"7|x|what", "neither title"}}) {
    const auto out = read("7|t|TNF-α in ALS.\n" + line + "\n7\t9\t12\tALS\tDisease\tD1\n");
    ASSERT_TRUE(out.ended);
    ASSERT_EQ(out.refused.size(), 1U) << line;
    EXPECT_EQ(out.refused[0].first.line, 2U);
    EXPECT_NE(out.refused[0].second.find(words), std::string::npos) << out.refused[0].second;
    ASSERT_EQ(out.documents.size(), 1U);
    EXPECT_EQ(out.documents[0].entities.size(), 1U);
  }
}

TEST(ReadPubtator, AFileWithoutDocumentsSaysSo) {
  EXPECT_FALSE(read("").ended);
  EXPECT_FALSE(read("just words\n").ended);
}

TEST(ReadPubtator, AsAnImportOnlyTheDocumentsCome) {
  const auto sink = read_all(kPubtator, kTwo);
  ASSERT_TRUE(sink.ended);
  EXPECT_EQ(sink.documents.size(), 2U);
  EXPECT_EQ(sink.places[1].record, 2U);
  EXPECT_EQ(sink.places[1].line, 8U);
  EXPECT_TRUE(kPubtator.recognises("dev.txt", kTwo));
  EXPECT_FALSE(kPubtator.recognises("dev.txt", "a|t|b"));
}

TEST(ReadPubtator, TheSharedCorpusIsReadWithoutARefusal) {
  const std::string folder = std::string(THAW_SOURCE_DIR) + "/../shared/data/text/biored/";
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "the shared data are not here";
  }
  for (const auto& [name, documents, relations] :
       std::vector<std::tuple<std::string, std::size_t, std::size_t>>{
           {"Train.PubTator", 400, 4178}, {"Dev.PubTator", 100, 1162}}) {
    auto file = FileSource::open(folder + name);
    ASSERT_TRUE(file);
    const auto out = read(**file);
    ASSERT_TRUE(out.ended);
    EXPECT_EQ(out.documents.size(), documents);
    std::size_t count = 0;
    for (const auto& document : out.documents) {
      count += document.relations.size();
    }
    EXPECT_EQ(count, relations);
    EXPECT_TRUE(out.refused.empty())
        << out.refused.size() << " refused: " << out.refused.front().first.line << ": "
        << out.refused.front().second;
  }
}

}  // namespace
}  // namespace thaw::exchange
