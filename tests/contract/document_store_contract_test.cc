// What the store promises of documents, the same on both engines.
#include "evidence/document_store.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "contract/must.h"
#include "contract/store_fixture.h"
#include "evidence/document_json.h"

namespace thaw::evidence {
namespace {

using test::must;

class DocumentContract : public test::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    if (!IsSkipped() && !HasFatalFailure()) {
      connection_ = open();
      must(migrate_evidence(*connection_));
    }
  }

  WriteCounts write(const std::vector<Document>& documents) {
    auto transaction = must(db::Transaction::begin(*connection_));
    const auto counts = must(write_documents(*connection_, documents));
    must(transaction.commit());
    return counts;
  }

  std::unique_ptr<db::Connection> connection_;
};

Document document(const std::string& id, const std::string& title) {
  return {.id = id,
          .same_as = {"doi:10.1/" + id.substr(5)},
          .journal = "J",
          .language = "en",
          .year = 2020,
          .sections = {{"title", title}, {"abstract", "肌萎缩 " + title}}};
}

TEST_P(DocumentContract, ADocumentIsFoundByEachOfItsIds) {
  const auto one = document("PMID:1", "One");
  EXPECT_EQ(write({one, document("PMID:2", "Two")}).added, 2U);
  for (const char* id : {"PMID:1", "1", "doi:10.1/1", "https://doi.org/10.1/1"}) {
    const auto found = must(find_document(*connection_, id));
    EXPECT_EQ(boost::json::serialize(to_json(found)), boost::json::serialize(to_json(one)));
  }
  EXPECT_EQ(find_document(*connection_, "PMID:3").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(must(count_documents(*connection_)), 2U);
}

TEST_P(DocumentContract, TheSameDocumentAgainChangesNothingAndANewerOneReplacesIt) {
  write({document("PMID:1", "One")});
  EXPECT_EQ(write({document("PMID:1", "One")}).unchanged, 1U);
  auto newer = document("PMID:1", "One, corrected");
  newer.same_as = {"PMC:PMC7"};
  newer.year.reset();
  EXPECT_EQ(write({newer}).changed, 1U);
  EXPECT_EQ(must(find_document(*connection_, "PMC7")).title(), "One, corrected");
  EXPECT_FALSE(find_document(*connection_, "doi:10.1/1"));
  EXPECT_EQ(must(list_documents(*connection_, 0, 10)).at(0).year, std::nullopt);
}

TEST_P(DocumentContract, PagesOfTheListAreTheWholeListInOrder) {
  std::vector<Document> documents;
  for (int i = 0; i < 57; ++i) {
    documents.push_back(document("PMID:" + std::to_string(i * 7919 % 1000), "T"));
  }
  write(documents);
  std::vector<std::string> listed, walked;
  for (std::size_t offset = 0; offset < 60; offset += 10) {
    for (const auto& line : must(list_documents(*connection_, offset, 10))) {
      listed.push_back(line.id);
    }
  }
  for (auto page = must(documents_after(*connection_, "", 9)); !page.empty();
       page = must(documents_after(*connection_, walked.back(), 9))) {
    for (const auto& one : page) {
      walked.push_back(one.id);
    }
  }
  EXPECT_EQ(listed.size(), 57U);
  EXPECT_TRUE(std::ranges::is_sorted(listed));
  EXPECT_EQ(listed, walked);
}

TEST_P(DocumentContract, WhatIsNotCommittedIsNotKept) {
  {
    auto transaction = must(db::Transaction::begin(*connection_));
    must(write_documents(*connection_, {document("PMID:1", "One")}));
  }
  EXPECT_EQ(must(count_documents(*connection_)), 0U);
}

INSTANTIATE_TEST_SUITE_P(Engines, DocumentContract, test::kEngines, test::engine_name);

}  // namespace
}  // namespace thaw::evidence
