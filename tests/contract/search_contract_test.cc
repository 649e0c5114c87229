// What full-text search promises, the same on both engines.
#include "evidence/search_store.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "contract/must.h"
#include "contract/store_fixture.h"
#include "evidence/document_store.h"
#include "evidence/evidence_store.h"
#include "evidence/test_knowledge.h"

namespace thaw::evidence {
namespace {

using test::must;

Document document_of(const std::string& id, const std::string& title, const std::string& text) {
  Document document;
  document.id = id;
  document.language = "zh";
  document.sections = {{"title", title}, {"abstract", text}};
  return document;
}

class SearchContract : public test::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    if (!IsSkipped() && !HasFatalFailure()) {
      connection_ = open();
      must(migrate_evidence(*connection_));
      must(migrate_search(*connection_));
    }
  }

  void put(const Document& document) {
    auto transaction = must(db::Transaction::begin(*connection_));
    must(write_documents(*connection_, {document}));
    must(index_changes(*connection_));
    must(transaction.commit());
  }

  std::vector<std::string> ids(SearchPart part, std::string_view query) {
    must(refresh_search(*connection_));
    std::vector<std::string> out;
    for (const auto& hit : must(search(*connection_, part, query, 50)).hits) {
      out.push_back(hit.id);
    }
    return out;
  }

  std::unique_ptr<db::Connection> connection_;
};

using Ids = std::vector<std::string>;

TEST_P(SearchContract, TwoChineseCharactersAreFoundAsTheyStand) {
  put(document_of("PMID:1", "沟通", "患者使用眼动仪交流"));
  put(document_of("PMID:2", "别的", "动作与眼睛"));
  EXPECT_EQ(ids(SearchPart::kDocuments, "眼动"), Ids{"PMID:1"});
  EXPECT_EQ(ids(SearchPart::kDocuments, "眼动仪"), Ids{"PMID:1"});
  EXPECT_EQ(ids(SearchPart::kDocuments, "动眼"), Ids{});
}

TEST_P(SearchContract, WordsAreFoundInAnySpellingAndAllMustOccur) {
  put(document_of("PMID:1", "TDP-43 in motor neurones", "tumour"));
  put(document_of("PMID:2", "motor cortex", "TDP43"));
  EXPECT_EQ(ids(SearchPart::kDocuments, "tdp-43 neuron"), Ids{"PMID:1"});
  EXPECT_EQ(ids(SearchPart::kDocuments, "TDP43").size(), 2U);
  EXPECT_EQ(ids(SearchPart::kDocuments, "tumor"), Ids{"PMID:1"});
  EXPECT_EQ(ids(SearchPart::kDocuments, "\"motor neuron\""), Ids{"PMID:1"});
}

TEST_P(SearchContract, ATitleWeighsMore) {
  put(document_of("PMID:1", "something else entirely", "riluzole is named here once"));
  put(document_of("PMID:2", "riluzole", "something else entirely, not named here"));
  EXPECT_EQ(ids(SearchPart::kDocuments, "riluzole").front(), "PMID:2");
}

TEST_P(SearchContract, AChangedDocumentIsFoundByItsNewWordsOnly) {
  put(document_of("PMID:1", "old", "edaravone"));
  put(document_of("PMID:1", "new", "riluzole"));
  EXPECT_EQ(ids(SearchPart::kDocuments, "edaravone"), Ids{});
  EXPECT_EQ(ids(SearchPart::kDocuments, "riluzole"), Ids{"PMID:1"});
}

TEST_P(SearchContract, WhatWasRolledBackIsNotFound) {
  {
    auto transaction = must(db::Transaction::begin(*connection_));
    must(write_documents(*connection_, {document_of("PMID:1", "gone", "riluzole")}));
    must(index_changes(*connection_));
  }
  EXPECT_EQ(ids(SearchPart::kDocuments, "riluzole"), Ids{});
}

TEST_P(SearchContract, ConceptsAndClaimsAreFoundInBothLanguagesAndFollowANewName) {
  Concept drug{.id = "thaw:drug", .kind = "drug", .name = {"riluzole", "利鲁唑"}};
  const Concept outcome{
      .id = "thaw:alsfrs_r_decline", .kind = "outcome", .name = {"decline", "下降"}};
  {
    auto transaction = must(db::Transaction::begin(*connection_));
    must(write_records(*connection_, {drug, outcome}, {{.id = "PMID:T1"}}, {item_named("T1")}));
    must(transaction.commit());
  }
  EXPECT_EQ(ids(SearchPart::kConcepts, "利鲁唑"), Ids{"thaw:drug"});
  EXPECT_EQ(ids(SearchPart::kClaims, "riluzole slows"), Ids{"T1"});
  EXPECT_EQ(ids(SearchPart::kClaims, "利鲁唑 下降"), Ids{"T1"});
  drug.name = {"edaravone", "依达拉奉"};
  {
    auto transaction = must(db::Transaction::begin(*connection_));
    must(write_records(*connection_, {drug}, {}, {}));
    must(transaction.commit());
  }
  EXPECT_EQ(ids(SearchPart::kConcepts, "利鲁唑"), Ids{});
  EXPECT_EQ(ids(SearchPart::kClaims, "依达拉奉"), Ids{"T1"});
  EXPECT_EQ(ids(SearchPart::kClaims, "利鲁唑"), Ids{});
}

TEST_P(SearchContract, PagesJoinToTheWholeAndTheTotalIsOfAll) {
  for (int i = 0; i < 7; ++i) {
    put(document_of("PMID:" + std::to_string(i), "title " + std::to_string(i), "riluzole"));
  }
  const auto all = ids(SearchPart::kDocuments, "riluzole");
  ASSERT_EQ(all.size(), 7U);
  Ids paged;
  for (std::size_t offset = 0; offset < 7; offset += 3) {
    const auto page = must(search(*connection_, SearchPart::kDocuments, "riluzole", 3, offset));
    EXPECT_EQ(page.total, 7U);
    for (const auto& hit : page.hits) {
      paged.push_back(hit.id);
    }
  }
  EXPECT_EQ(paged, all);
}

TEST_P(SearchContract, AnyQueryIsAnsweredOrRefusedAndHarmsNothing) {
  put(document_of("PMID:1", "riluzole", "x"));
  for (const char* query :
       {"\"", "' or 1=1 --", "a AND", "NEAR(", "*", "x:y", "\\", "{}", "!&|<->"}) {
    const auto answer = search(*connection_, SearchPart::kDocuments, query, 10);
    EXPECT_TRUE(answer || answer.error().code == ErrorCode::kInvalidArgument) << query;
  }
  EXPECT_EQ(ids(SearchPart::kDocuments, "riluzole"), Ids{"PMID:1"});
}

TEST_P(SearchContract, AStoreThatWasThereBeforeIsFoundToo) {
  const auto second = open();
  put(document_of("PMID:1", "riluzole", "x"));
  must(migrate_search(*second));
  must(refresh_search(*second));
  EXPECT_EQ(must(search(*second, SearchPart::kDocuments, "riluzole", 5)).total, 1U);
}

INSTANTIATE_TEST_SUITE_P(Engines, SearchContract, test::kEngines, test::engine_name);

}  // namespace
}  // namespace thaw::evidence
