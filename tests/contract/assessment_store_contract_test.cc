// What the store of verdicts promises, the same on both engines.
#include "evidence/assessment_store.h"

#include <gtest/gtest.h>

#include "contract/must.h"
#include "contract/store_fixture.h"
#include "evidence/evidence_store.h"
#include "evidence/test_knowledge.h"

namespace thaw::evidence {
namespace {

using test::must;

class FixedClock final : public Clock {
 public:
  std::chrono::system_clock::time_point now() const override {
    return std::chrono::system_clock::time_point(std::chrono::seconds(1795600000));
  }
};

class AssessmentContract : public test::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    if (IsSkipped() || HasFatalFailure()) {
      return;
    }
    connection_ = open();
    must(migrate_evidence(*connection_));
    must(migrate_assessments(*connection_));
    write({slope_item("T1", 0.4, 0.1, 0.7), slope_item("T2", 0.4, 0.1, 0.7)});
    must(add_curator(*connection_, "mei", key_.public_hex(), clock_));
  }

  void write(const std::vector<Item>& items) {
    auto transaction = must(db::Transaction::begin(*connection_));
    std::vector<Concept> concepts{
        {.id = "thaw:drug", .kind = "drug", .name = {"riluzole", "利鲁唑"}},
        {.id = "thaw:alsfrs_r_decline", .kind = "outcome", .name = {"decline", "下降"}}};
    std::vector<Source> sources;
    for (const Item& item : items) {
      sources.push_back({.id = item.source});
    }
    must(write_records(*connection_, concepts, sources, items));
    must(transaction.commit());
  }
  Assessment judge(const std::string& item, Verdict verdict) {
    return must(add_assessment(
        *connection_, key_,
        {.item = item, .curator = "mei", .verdict = verdict, .reason = "read the paper"}, clock_));
  }

  FixedClock clock_;
  SigningKey key_ = SigningKey::generate().value();
  std::unique_ptr<db::Connection> connection_;
};

TEST_P(AssessmentContract, AVerdictComesBackAsItWasSigned) {
  const Assessment kept = judge("T1", Verdict::kReject);
  judge("T2", Verdict::kAccept);
  const auto read = must(read_assessments(*open()));
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].signature, kept.signature);
  EXPECT_EQ(read[0].made_at, "2026-11-25T09:46:40Z");
  EXPECT_TRUE(read[0].valid && read[1].valid);
  EXPECT_EQ(read[1].previous, chain_digest(read[0]));
}

TEST_P(AssessmentContract, AChangedVerdictAndWhatFollowsItCountNoMore) {
  judge("T1", Verdict::kReject);
  judge("T2", Verdict::kAccept);
  judge("T1", Verdict::kWithdrawn);
  must(
      connection_->execute("update verdict set verdict = 'accept' where item_id = 'T1' and "
                           "verdict = 'reject'"));
  const auto read = must(read_assessments(*connection_));
  EXPECT_FALSE(read[0].valid || read[1].valid || read[2].valid);
}

TEST_P(AssessmentContract, ARowMissingInTheMiddleBreaksTheChain) {
  judge("T1", Verdict::kReject);
  judge("T2", Verdict::kAccept);
  judge("T2", Verdict::kReject);
  must(connection_->execute("delete from verdict where item_id = 'T2' and verdict = 'accept'"));
  const auto read = must(read_assessments(*connection_));
  ASSERT_EQ(read.size(), 2U);
  EXPECT_TRUE(read[0].valid);
  EXPECT_FALSE(read[1].valid);
}

TEST_P(AssessmentContract, AVerdictOnAnEarlierVersionCountsNoMore) {
  judge("T1", Verdict::kReject);
  write({slope_item("T1", 0.5, 0.2, 0.8)});
  EXPECT_FALSE(must(read_assessments(*connection_)).at(0).valid);
  judge("T1", Verdict::kAccept);
  EXPECT_TRUE(must(read_assessments(*connection_)).at(1).valid);
}

TEST_P(AssessmentContract, OnlyTheCuratorsOwnKeySignsForThem) {
  const auto other = SigningKey::generate().value();
  const Assessment given{.item = "T1", .curator = "mei", .reason = "x"};
  EXPECT_EQ(add_assessment(*connection_, other, given, clock_).error().code, ErrorCode::kDenied);
  EXPECT_EQ(add_curator(*connection_, "mei", other.public_hex(), clock_).error().code,
            ErrorCode::kConflict);
  EXPECT_EQ(
      add_assessment(*connection_, key_, {.item = "none", .curator = "mei"}, clock_).error().code,
      ErrorCode::kNotFound);
  EXPECT_EQ(
      add_assessment(*connection_, key_, {.item = "T1", .curator = "li"}, clock_).error().code,
      ErrorCode::kNotFound);
  EXPECT_TRUE(must(read_assessments(*connection_)).empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, AssessmentContract, test::kEngines, test::engine_name);

}  // namespace
}  // namespace thaw::evidence
