// What the store of name tables promises, the same on both engines.
#include "evidence/vocabulary_store.h"

#include <gtest/gtest.h>

#include "contract/must.h"
#include "contract/store_fixture.h"
#include "evidence/name_book.h"

namespace thaw::evidence {
namespace {

using test::count;
using test::must;
using Outcome = VocabularyWriter::Outcome;

class VocabularyContract : public test::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    if (!IsSkipped() && !HasFatalFailure()) {
      connection_ = open();
      must(migrate_vocabulary(*connection_));
    }
  }

  std::unique_ptr<db::Connection> connection_;
};

Concept entry_of(const std::string& id, const std::string& name) {
  return {.id = id, .kind = "disease", .name = {name, ""}};
}

TEST_P(VocabularyContract, SeveralTablesAddToOneEntryAndTheFirstNamesIt) {
  auto transaction = must(db::Transaction::begin(*connection_));
  auto writer = must(VocabularyWriter::open(*connection_));
  EXPECT_EQ(must(writer.merge(entry_of("DOID:332", "ALS"))), Outcome::kAdded);
  Concept more = entry_of("DOID:332", "Lou Gehrig disease");
  more.xrefs = {"MESH:D000690"};
  EXPECT_EQ(must(writer.merge(more)), Outcome::kChanged);
  EXPECT_EQ(must(writer.merge(more)), Outcome::kUnchanged);
  must(transaction.commit());
  const auto kept = must(vocabulary_concept(*connection_, "DOID:332"));
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->name.en, "ALS");
  EXPECT_EQ(kept->name.zh, "ALS");
  EXPECT_EQ(kept->aliases, std::vector<std::string>{"Lou Gehrig disease"});
  EXPECT_EQ(kept->xrefs, std::vector<std::string>{"MESH:D000690"});
  EXPECT_FALSE(must(vocabulary_concept(*connection_, "DOID:1")));
}

TEST_P(VocabularyContract, ACircleIsRefusedAlsoWhenItsOtherHalfCameEarlier) {
  Concept child = entry_of("A:1", "a");
  child.parents = {"A:2"};
  {
    auto transaction = must(db::Transaction::begin(*connection_));
    auto writer = must(VocabularyWriter::open(*connection_));
    must(writer.merge(child));
    must(transaction.commit());
  }
  auto transaction = must(db::Transaction::begin(*connection_));
  auto writer = must(VocabularyWriter::open(*connection_));
  Concept parent = entry_of("A:2", "b");
  parent.parents = {"A:1"};
  const auto refused = writer.merge(parent);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
  parent.parents = {"A:3"};
  EXPECT_EQ(must(writer.merge(parent)), Outcome::kAdded);
  must(transaction.commit());
  EXPECT_EQ(count(*connection_, "vocabulary_parent"), 2);
}

TEST_P(VocabularyContract, TheNameBookHoldsWhatTheStoreHolds) {
  auto transaction = must(db::Transaction::begin(*connection_));
  auto writer = must(VocabularyWriter::open(*connection_));
  Concept entry = entry_of("MONDO:0004976", "amyotrophic lateral sclerosis");
  entry.aliases = {"ALS", "渐冻症"};
  must(writer.merge(entry));
  must(transaction.commit());
  EXPECT_EQ(must(vocabulary_size(*connection_)).names, 3);
  NameBookBuilder builder;
  must(read_vocabulary(*connection_, builder));
  const auto book = builder.build();
  EXPECT_EQ(book.look_up("渐冻症").size(), 1U);
  EXPECT_EQ(book.look_up("als").size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Engines, VocabularyContract, test::kEngines, test::engine_name);

}  // namespace
}  // namespace thaw::evidence
