#include "api/document_json.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "evidence/test_knowledge.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

evidence::Document paper() {
  evidence::Document document;
  document.id = "PMID:1";
  document.sections = {{"title", "利鲁唑 and survival"},
                       {"abstract", "Riluzole extends survival. Nothing else was seen."}};
  return document;
}

reading::Mention mention(std::size_t begin, std::size_t end, const char* id) {
  reading::Mention out;
  out.span = {begin, end};
  out.candidates = {{id, "name", 1}};
  return out;
}

TEST(DocumentJson, TheRunsOfASectionAreItsTextAndSayWhatCoversThem) {
  const auto document = paper();
  const std::string text = document.text();
  const std::size_t at = text.find("Riluzole");
  const std::size_t end = text.find(" Nothing");
  const ShownClaim claim{"r1", false, reading::Span{at, end}, json::object{{"id", "r1"}}};
  const auto shown = document_json(
      document, {claim}, {mention(at, at + 8, "thaw:riluzole"), mention(0, 9, "thaw:riluzole")},
      "thaw-reader-1");
  const auto& sections = shown.at("sections").as_array();
  ASSERT_EQ(sections.size(), 2U);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    std::string joined;
    for (const auto& run : sections[i].at("runs").as_array()) {
      joined += run.at("text").as_string().c_str();
    }
    EXPECT_EQ(joined, document.sections[i].text);
  }
  const auto& runs = sections[1].at("runs").as_array();
  ASSERT_EQ(runs.size(), 3U);
  EXPECT_EQ(runs[0].at("text"), "Riluzole");
  EXPECT_EQ(runs[0].at("items").at(0), "r1");
  EXPECT_EQ(runs[0].at("concepts").at(0), "thaw:riluzole");
  EXPECT_EQ(runs[1].at("text"), " extends survival.");
  EXPECT_TRUE(runs[1].at("concepts").as_array().empty());
  EXPECT_TRUE(runs[2].at("items").as_array().empty());
  EXPECT_EQ(sections[0].at("runs").at(0).at("text"), "利鲁唑");
}

TEST(DocumentJson, AKeptItemStandsWhereItsQuotationStands) {
  evidence::Item item = evidence::slope_item("T1", 0.4, 0.1, 0.7);
  item.source = "PMID:1";
  item.quote = "Riluzole extends survival.";
  evidence::Item other = evidence::slope_item("T2", 0.4, 0.1, 0.7);
  other.source = "PMID:1";
  other.quote = "words of another version";
  const auto knowledge =
      evidence::Knowledge::build({{.id = item.subject, .kind = "drug", .name = {"drug", "药"}},
                                  {.id = item.object, .kind = "outcome", .name = {"o", "果"}}},
                                 {{.id = "PMID:1"}}, {item, other})
          .value();
  const auto kept = kept_claims(paper(), knowledge);
  ASSERT_EQ(kept.size(), 2U);
  ASSERT_TRUE(kept[0].span);
  EXPECT_EQ(reading::bytes_at(paper().text(), *kept[0].span), item.quote);
  EXPECT_FALSE(kept[1].span);
}

}  // namespace
}  // namespace thaw::api
