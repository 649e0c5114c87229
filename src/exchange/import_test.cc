#include "exchange/import.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "evidence/evidence_store.h"
#include "exchange/byte_source.h"
#include "exchange/test_store.h"

namespace thaw::exchange {
namespace {

constexpr std::string_view kGood =
    R"({"concept":{"id":"x:a","kind":"drug","en":"Drug A","zh":"甲药"}}
{"concept":{"id":"x:b","kind":"outcome","en":"decline","zh":"下降","wanted":"lowers"}}
{"source":{"id":"PMID:1","citation":"PMID:1","year":2020,"url":"https://pubmed.ncbi.nlm.nih.gov/1/"}}
{"item":{"id":"i1","subject":"Drug A","relation":"slows","sign":"-","object":"下降","direction":"supports","study_kind":"animal","year":2020,"source":"PMID:1"}}
)";

using evidence::load_knowledge;
using test::fresh_store;
using test::import_text;

TEST(ImportEvidence, KeepsWhatIsRightAndLinksNames) {
  const auto store = fresh_store();
  const auto report = import_text(*store, kGood, "good.jsonl");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->records_read, 4U);
  EXPECT_EQ(report->total().added, 4U);
  EXPECT_TRUE(report->refused.empty());
  const auto knowledge = load_knowledge(*store).value();
  ASSERT_EQ(knowledge.items().size(), 1U);
  EXPECT_EQ(knowledge.items().front().subject, "x:a");
  EXPECT_EQ(knowledge.items().front().object, "x:b");
}

TEST(ImportEvidence, TheSameFileTwiceChangesNothing) {
  const auto store = fresh_store();
  ASSERT_TRUE(import_text(*store, kGood, "good.jsonl"));
  const auto digest = load_knowledge(*store)->digest();
  const auto again = import_text(*store, kGood, "good.jsonl");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->total().unchanged, 4U);
  EXPECT_EQ(load_knowledge(*store)->digest(), digest);
}

TEST(ImportEvidence, ACorrectionIsANewVersionAndTheOldRowStays) {
  const auto store = fresh_store();
  ASSERT_TRUE(import_text(*store, kGood, "good.jsonl"));
  std::string corrected(kGood);
  corrected.replace(corrected.find("animal"), 6, "in_vitro");
  const auto report = import_text(*store, corrected, "good.jsonl");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->total().changed, 1U);
  EXPECT_EQ(load_knowledge(*store)->items().front().study_kind, "in_vitro");
  auto count = store->prepare("select count(*) from evidence_item where id = 'i1'").value();
  ASSERT_TRUE(count->step().value());
  EXPECT_EQ(count->integer(0), 2);
}

struct Bad {
  const char* line;
  const char* reason;
};

TEST(ImportEvidence, EveryBadLineIsRefusedWithItsPlaceAndTheRestIsKept) {
  const Bad bad[] = {
      {"{", "not JSON"},
      {"[]", "one object"},
      {R"({"thing":{}})", "'thing'"},
      {R"({"item":{"id":"b1"}})", "'subject' is missing"},
      {R"({"item":{"id":"b2","subject":"Drug Q","relation":"slows","sign":"-","object":"x:b","direction":"supports","study_kind":"animal","source":"PMID:1"}})",
       "Drug Q"},
      {R"({"item":{"id":"b3","subject":"x:a","relation":"slows","sign":"-","object":"x:b","direction":"supports","study_kind":"animal","source":"PMID:9"}})",
       "PMID:9"},
      {R"({"item":{"id":"b4","subject":"x:a","relation":"slows","sign":"~","object":"x:b","direction":"supports","study_kind":"animal","source":"PMID:1"}})",
       "not a sign"},
      {R"({"item":{"id":"b5","subject":"x:a","relation":"slows","sign":"-","object":"x:b","direction":"maybe","study_kind":"animal","source":"PMID:1"}})",
       "direction"},
      {R"({"item":{"id":"b6","subject":"x:a","relation":"slows","sign":"-","object":"x:b","direction":"supports","study_kind":"animal","source":"PMID:1","colour":"red"}})",
       "colour"},
      {R"({"item":{"id":"b7","subject":"x:a","relation":"slows","sign":"-","object":"x:b","direction":"supports","study_kind":"rct","source":"PMID:1","effect":{"measure":"hazard_ratio","value":0.8,"low":1.2,"high":0.9,"positive_means":"lowers"}}})",
       "upside down"},
      {R"({"item":{"id":"b8","subject":"x:a","relation":"slows","sign":"-","object":"x:b","direction":"supports","study_kind":"registry_analysis","source":"PMID:1","synthetic":true}})",
       "synthetic"},
      {R"({"item":{"id":"b9","subject":"x:a","relation":"slows","sign":"-","object":"x:b","direction":"supports","study_kind":"rctt","source":"PMID:1"}})",
       "rctt"},
      {R"({"item":{"id":"b10","subject":"x:a","relation":"slows","sign":"-","object":"x:b","direction":"supports","study_kind":"animal","quality":0.5,"source":"PMID:1"}})",
       "quality_reason"},
      {R"({"item":{"id":"b11","subject":"x:a","relation":"slows","sign":"-","object":"x:b","direction":"supports","study_kind":"rct","source":"PMID:1","effect":{"measure":"event_counts","positive_means":"lowers","active":{"events":20,"n":5},"control":{"events":1,"n":5}}}})",
       "events"},
      {R"({"item":{"id":"b12","subject":"x:a","relation":"slows","sign":"-","object":"x:b","direction":"supports","study_kind":"rct","source":"PMID:1","effect":{"measure":"hazard_ratio","value":2,"low":0.8,"high":0.9,"positive_means":"lowers"}}})",
       "outside its interval"},
      {R"({"source":{"id":"s","url":"http://plain.example"}})", "https"},
      {"{\"concept\":{\"id\":\"x\xFF\"}}", "UTF-8"},
  };
  for (const Bad& each : bad) {
    const auto store = fresh_store();
    const auto report = import_text(*store, std::string(kGood) + each.line + "\n", "f.jsonl");
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->kept(), 4U) << each.line;
    ASSERT_EQ(report->refused.size(), 1U) << each.line;
    EXPECT_EQ(report->refused[0].line, 5U);
    EXPECT_NE(report->refused[0].reason.find(each.reason), std::string::npos)
        << report->refused[0].reason;
  }
}

TEST(ImportEvidence, AFileWithNothingRightIsAnErrorAndLeavesTheStoreAsItWas) {
  const auto store = fresh_store();
  const auto report = import_text(*store, "{\"a\": 1}\n", "table.jsonl", "jsonl");
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kInvalidArgument);
  EXPECT_NE(report.error().message.find("line 1"), std::string::npos);
  EXPECT_TRUE(load_knowledge(*store)->items().empty());
}

TEST(ImportEvidence, NoBytesMakeItFailInAnyOtherWay) {
  Random random(9);
  for (int round = 0; round < 400; ++round) {
    std::string bytes(kGood);
    for (std::uint64_t edits = 1 + random.index(6); edits > 0; --edits) {
      const auto at = random.index(bytes.size());
      switch (random.index(3)) {
        case 0:
          bytes[at] = static_cast<char>(random.bits());
          break;
        case 1:
          bytes.erase(at, 1 + random.index(8));
          break;
        default:
          bytes.insert(at, bytes.substr(random.index(bytes.size()), 5));
      }
    }
    static const auto kStore = fresh_store();
    const auto report = import_text(*kStore, bytes, "fuzz", "jsonl");
    if (!report) {
      EXPECT_EQ(report.error().code, ErrorCode::kInvalidArgument) << report.error().message;
    }
    ASSERT_TRUE(load_knowledge(*kStore));
  }
}

}  // namespace
}  // namespace thaw::exchange
