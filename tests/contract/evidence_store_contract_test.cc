// What the evidence store promises, the same on both engines.
#include "evidence/evidence_store.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "contract/must.h"
#include "contract/store_fixture.h"
#include "evidence/bundle.h"
#include "evidence/test_knowledge.h"
#include "exchange/byte_source.h"
#include "exchange/import.h"

namespace thaw::evidence {
namespace {

using test::count;
using test::must;

std::string bundled_text() {
  std::string all;
  for (const char* name : {"concepts", "sources", "relations", "trials", "gene_classes"}) {
    all += read_text(std::string(THAW_SOURCE_DIR) + "/data/evidence/" + name + ".jsonl");
  }
  return all;
}

Result<exchange::ImportReport> import_evidence(db::Connection& connection, std::string_view bytes,
                                               std::string_view name) {
  exchange::MemorySource source(bytes);
  return exchange::import_bytes(connection, source, name, bytes.size(), {.format = "jsonl"});
}

class EvidenceContract : public test::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    if (!IsSkipped() && !HasFatalFailure()) {
      connection_ = open();
      must(migrate_evidence(*connection_));
    }
  }

  std::unique_ptr<db::Connection> connection_;
};

TEST_P(EvidenceContract, TheBundledKnowledgeComesBackWholeToAnotherConnection) {
  const std::string text = bundled_text();
  must(ensure_bundled(*connection_, {{"all", text}}));
  const auto here = must(load_knowledge(*connection_));
  const auto other = open();
  const auto there = must(load_knowledge(*other));
  EXPECT_EQ(here.digest(), there.digest());
  EXPECT_GT(here.items().size(), 200U);
  EXPECT_EQ(count(*connection_, "evidence_item"), static_cast<std::int64_t>(here.items().size()));
}

TEST_P(EvidenceContract, LoadingTheBundledKnowledgeAgainWritesNothing) {
  const std::string text = bundled_text();
  must(ensure_bundled(*connection_, {{"all", text}}));
  const auto before = count(*connection_, "evidence_item");
  must(ensure_bundled(*connection_, {{"all", text}}));
  must(import_evidence(*connection_, text, "the same file by hand"));
  EXPECT_EQ(count(*connection_, "evidence_item"), before);
}

TEST_P(EvidenceContract, ACorrectionKeepsTheOldVersion) {
  std::string text = bundled_text();
  must(ensure_bundled(*connection_, {{"all", text}}));
  const auto at = text.find("\"value\": 2.32");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 13, "\"value\": 0.32");
  must(import_evidence(*connection_, text, "corrected"));
  EXPECT_EQ(count(*connection_, "evidence_item where id = 'T016'"), 2);
  const auto knowledge = must(load_knowledge(*connection_));
  EXPECT_EQ(std::ranges::find(knowledge.items(), "T016", &Item::id)->effect->value, 0.32);
}

TEST_P(EvidenceContract, ANewerBundleLeavesWhatPeopleChangedAndBringsTheRest) {
  const std::string old_text = bundled_text();
  must(ensure_bundled(*connection_, {{"all", old_text}}));
  must(import_evidence(
      *connection_,
      R"({"source":{"id":"PMID:28522181","citation":"PMID:28522181","status":"retracted"}})",
      "a retraction"));
  std::string newer = old_text;
  const auto at = newer.find("\"value\": 2.32");
  ASSERT_NE(at, std::string::npos);
  newer.replace(at, 13, "\"value\": 1.32");
  must(ensure_bundled(*connection_, {{"all", newer}}));
  const auto knowledge = must(load_knowledge(*connection_));
  EXPECT_EQ(knowledge.find_source("PMID:28522181")->status, SourceStatus::kRetracted);
  EXPECT_EQ(std::ranges::find(knowledge.items(), "T016", &Item::id)->effect->value, 1.32);
  EXPECT_EQ(count(*connection_, "record_history where kind = 'source' and id = 'PMID:28522181'"),
            2);
}

TEST_P(EvidenceContract, ColumnsForSqlSayWhatTheRecordSays) {
  const std::string text = bundled_text();
  must(ensure_bundled(*connection_, {{"all", text}}));
  EXPECT_EQ(count(*connection_,
                  "evidence_item where id = 'T016' and measure = "
                  "'alsfrs_r_change_difference' and effect_value = 2.32 and effect_low = 0.18 and "
                  "year = 2020 and n = 137 and sign = '-' and subject_id = 'thaw:amx0035'"),
            1);
}

INSTANTIATE_TEST_SUITE_P(Engines, EvidenceContract, test::kEngines, test::engine_name);

}  // namespace
}  // namespace thaw::evidence
