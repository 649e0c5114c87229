// What a store promises about transactions, rows appended and migrations, the same on both engines.
#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "contract/must.h"
#include "contract/store_fixture.h"

namespace thaw::db {
namespace {

using test::code_of;
using test::count;
using test::must;

constexpr std::array<std::string_view, 3> kColumns = {"id", "score", "note"};

class StoreTransaction : public test::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    if (!IsSkipped() && !HasFatalFailure()) {
      connection_ = open();
      must(connection_->execute(
          "create table item (id bigint primary key, score double precision, note text);"
          "create table part (item bigint not null references item(id), n bigint)"));
    }
  }

  Result<Done> add(Connection& connection, int id) {
    return connection.execute("insert into item (id) values (" + std::to_string(id) + ")");
  }

  // A lock held by someone else is told after a moment instead of half a minute.
  static void wait_briefly(Connection& connection) {
    must(connection.execute(connection.engine() == Engine::kSqlite ? "pragma busy_timeout = 50"
                                                                   : "set lock_timeout = 50"));
  }

  std::unique_ptr<Connection> connection_;
};

TEST_P(StoreTransaction, WhatIsCommittedStaysAndWhatLeavesScopeIsGone) {
  {
    auto kept = must(Transaction::begin(*connection_));
    must(add(*connection_, 1));
    must(kept.commit());
  }
  {
    auto dropped = must(Transaction::begin(*connection_));
    must(add(*connection_, 2));
  }
  {
    auto first = must(Transaction::begin(*connection_));
    const auto moved = std::move(first);  // still one transaction
    must(add(*connection_, 3));
  }
  EXPECT_EQ(count(*open(), "item"), 1);
  EXPECT_EQ(count(*connection_, "item where id = 1"), 1);
}

TEST_P(StoreTransaction, OneInAnotherIsRefusedAndNothingIsKept) {
  {
    auto outer = must(Transaction::begin(*connection_));
    must(add(*connection_, 1));
    EXPECT_EQ(code_of(Transaction::begin(*connection_)), ErrorCode::kInvalidArgument);
    EXPECT_EQ(code_of(outer.commit()), ErrorCode::kConflict);
  }
  EXPECT_EQ(count(*connection_, "item"), 0);
}

TEST_P(StoreTransaction, AfterAFailedStatementNothingElseRunsAndNothingIsKept) {
  auto select = must(connection_->prepare("select 1"));
  {
    auto transaction = must(Transaction::begin(*connection_));
    must(add(*connection_, 1));
    EXPECT_EQ(code_of(add(*connection_, 1)), ErrorCode::kConflict);
    EXPECT_EQ(code_of(add(*connection_, 2)), ErrorCode::kConflict);
    EXPECT_EQ(code_of(connection_->prepare("select 1")), ErrorCode::kConflict);
    EXPECT_EQ(code_of(select->step()), ErrorCode::kConflict);
    EXPECT_EQ(code_of(transaction.commit()), ErrorCode::kConflict);
    EXPECT_EQ(code_of(transaction.commit()), ErrorCode::kInvalidArgument);
  }
  EXPECT_EQ(count(*connection_, "item"), 0);
  EXPECT_TRUE(must(select->step()));
  must(add(*connection_, 1));
}

TEST_P(StoreTransaction, DuplicatesCanBePassedOverWithoutAnError) {
  auto transaction = must(Transaction::begin(*connection_));
  auto insert =
      must(connection_->prepare("insert into item (id) values (?1) on conflict (id) do nothing"));
  for (const auto& [id, rows] : {std::pair(1, 1), std::pair(1, 0), std::pair(2, 1)}) {
    insert->bind(1, id);
    EXPECT_EQ(must(insert->run()), rows);
  }
  must(transaction.commit());
  EXPECT_EQ(count(*connection_, "item"), 2);
}

TEST_P(StoreTransaction, AnotherConnectionSeesNothingBeforeTheCommit) {
  auto other = open();
  auto transaction = must(Transaction::begin(*connection_));
  must(add(*connection_, 1));
  EXPECT_EQ(count(*other, "item"), 0);
  must(transaction.commit());
  EXPECT_EQ(count(*other, "item"), 1);
}

TEST_P(StoreTransaction, ATransactionReadsOneSnapshotWhileOthersRead) {
  must(add(*connection_, 1));
  auto other = open();
  auto transaction = must(Transaction::begin(*connection_));
  EXPECT_EQ(count(*connection_, "item"), 1);
  wait_briefly(*other);
  if (GetParam() == Engine::kSqlite) {  // one writer at a time
    EXPECT_EQ(code_of(add(*other, 2)), ErrorCode::kUnavailable);
  } else {
    must(add(*other, 2));
  }
  EXPECT_EQ(count(*connection_, "item"), 1);
}

TEST_P(StoreTransaction, AWriterThatWaitedInVainIsToldTheStoreIsInUse) {
  must(add(*connection_, 1));
  auto other = open();
  wait_briefly(*other);
  auto transaction = must(Transaction::begin(*connection_));
  must(connection_->execute("update item set score = 1 where id = 1"));
  const auto refused = other->execute("update item set score = 2 where id = 1");
  EXPECT_EQ(code_of(refused), ErrorCode::kUnavailable);
  EXPECT_NE(refused.error().message.find("in use by another program"), std::string::npos);
  must(transaction.commit());
  EXPECT_EQ(count(*other, "item where score = 1"), 1);
}

TEST_P(StoreTransaction, TwoHundredThousandRowsAreAppended) {
  constexpr std::int64_t kRows = 200'000;
  auto transaction = must(Transaction::begin(*connection_));
  auto rows = must(connection_->append("item", kColumns));
  for (std::int64_t id = 0; id < kRows; ++id) {
    rows->put(id);
    rows->put(id % 3 == 0 ? std::nullopt : std::optional(static_cast<double>(id) / 7));
    rows->put(id % 2 == 0 ? "line\nwith\ttab" : "back\\slash \\N");
    ASSERT_TRUE(rows->end_row());
  }
  EXPECT_EQ(must(rows->finish()), kRows);
  must(transaction.commit());
  EXPECT_EQ(count(*connection_, "item"), kRows);
  EXPECT_EQ(count(*connection_, "item where score is null"), (kRows + 2) / 3);
  EXPECT_EQ(count(*connection_, "item where note = 'line\nwith\ttab'"), kRows / 2);
  EXPECT_EQ(count(*connection_, "item where note = 'back\\slash \\N'"), kRows / 2);
  auto select = must(connection_->prepare("select score from item where id = 199999"));
  ASSERT_TRUE(must(select->step()));
  EXPECT_EQ(select->real(0), 199999.0 / 7);
}

TEST_P(StoreTransaction, AppendersInterleaveAndOtherStatementsSeeTheirRows) {
  constexpr std::array<std::string_view, 1> kItem = {"id"};
  constexpr std::array<std::string_view, 2> kPart = {"item", "n"};
  auto transaction = must(Transaction::begin(*connection_));
  auto items = must(connection_->append("item", kItem));
  auto parts = must(connection_->append("part", kPart));
  for (int id = 0; id < 50'000; ++id) {
    items->put(id);
    ASSERT_TRUE(items->end_row());
    parts->put(id);
    parts->put(1'000'000'000'000 + id);
    ASSERT_TRUE(parts->end_row());
  }
  EXPECT_EQ(count(*connection_, "part"), 50'000);
  items->put(50'000);
  must(items->end_row());
  items.reset();  // not finished: its rows count all the same
  must(transaction.commit());
  EXPECT_EQ(count(*connection_, "part join item on item.id = part.item"), 50'000);
  EXPECT_EQ(count(*connection_, "item"), 50'001);
}

TEST_P(StoreTransaction, ABadAppendedRowFailsTheTransaction) {
  const auto append_badly = [&](auto put) {
    auto transaction = must(Transaction::begin(*connection_));
    auto rows = must(connection_->append("item", kColumns));
    const Result<Done> ended = put(*rows);
    const Result<std::int64_t> finished = rows->finish();
    EXPECT_FALSE(finished);
    EXPECT_FALSE(transaction.commit());
    EXPECT_EQ(count(*connection_, "item"), 0);
    return ended ? finished.error().code : ended.error().code;
  };
  const auto row = [](Appender& rows, std::int64_t id, double score, std::string_view note) {
    rows.put(id);
    rows.put(score);
    rows.put(note);
    return rows.end_row();
  };
  EXPECT_EQ(append_badly([&](Appender& rows) {
              must(row(rows, 1, 0, "a"));
              return row(rows, 1, 0, "b");
            }),
            ErrorCode::kConflict);
  for (const auto& [score, note] :
       {std::pair(0.0, std::string_view("a\0b", 3)), std::pair(0.0, std::string_view("\xc3")),
        std::pair(std::numeric_limits<double>::quiet_NaN(), std::string_view("not a number"))}) {
    EXPECT_EQ(append_badly([&](Appender& rows) { return row(rows, 1, score, note); }),
              ErrorCode::kInvalidArgument);
  }
  EXPECT_EQ(append_badly([](Appender& rows) {
              rows.put(1);
              return rows.end_row();
            }),
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(append_badly([&](Appender& rows) {
              rows.put(0);
              return row(rows, 1, 0, "one too many");
            }),
            ErrorCode::kInvalidArgument);
}

TEST_P(StoreTransaction, RowsAreAppendedOnlyInTheirTransactionAndToWhatExists) {
  constexpr std::array<std::string_view, 1> kNoSuch = {"nothing"};
  EXPECT_EQ(code_of(connection_->append("item", kColumns)), ErrorCode::kInvalidArgument);
  std::unique_ptr<Appender> late;
  {
    auto transaction = must(Transaction::begin(*connection_));
    late = must(connection_->append("item", kColumns));
    late->put(1);
    late->put_null();
    late->put_null();
    must(late->end_row());
  }
  for (const auto& [table, columns] :
       {std::pair("item", std::span<const std::string_view>(kNoSuch)),
        std::pair("nowhere", std::span<const std::string_view>(kColumns)),
        std::pair("item; drop table item", std::span<const std::string_view>(kColumns))}) {
    auto transaction = must(Transaction::begin(*connection_));
    EXPECT_EQ(code_of(connection_->append(table, columns)), ErrorCode::kInvalidArgument);
  }
  auto next = must(Transaction::begin(*connection_));
  late->put(2);
  late->put_null();
  late->put_null();
  EXPECT_EQ(code_of(late->end_row()), ErrorCode::kInvalidArgument);
  late.reset();
  EXPECT_EQ(count(*connection_, "item"), 0);
}

constexpr Migration kFirst = {1, "create table a (id {id}); insert into a (id) values (1)"};
constexpr Migration kSecond = {2, "create table b (x {blob}); insert into a (id) values (2)"};
constexpr Migration kBroken = {2, "create table b (x {blob}); insert into nowhere values (2)"};

TEST_P(StoreTransaction, EachMigrationRunsOnceAndInOrder) {
  must(migrate(*connection_, "m", std::array{kFirst}));
  must(migrate(*connection_, "m", std::array{kFirst}));
  EXPECT_EQ(count(*connection_, "a"), 1);
  must(migrate(*open(), "m", std::array{kFirst, kSecond}));
  must(migrate(*connection_, "m", std::array{kFirst, kSecond}));
  EXPECT_EQ(count(*connection_, "a"), 2);
  EXPECT_EQ(count(*connection_, "schema_version where module = 'm' and version = 2"), 1);
}

TEST_P(StoreTransaction, ModulesAreNumberedApart) {
  must(migrate(*connection_, "m", std::array{kFirst}));
  must(migrate(*connection_, "other", std::array{Migration{1, "create table c (id {id})"}}));
  EXPECT_EQ(count(*connection_, "schema_version"), 2);
}

TEST_P(StoreTransaction, MigrationsThatFailLeaveNothingBehind) {
  const auto failed = migrate(*connection_, "m", std::array{kFirst, kBroken});
  EXPECT_EQ(code_of(failed), ErrorCode::kInvalidArgument);
  EXPECT_EQ(failed.error().message.find("m schema 2: "), 0U) << failed.error().message;
  EXPECT_EQ(code_of(connection_->prepare("select * from a")), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of(connection_->prepare("select * from b")), ErrorCode::kInvalidArgument);
  must(migrate(*connection_, "m", std::array{kFirst, kSecond}));
  EXPECT_EQ(count(*connection_, "a"), 2);
}

TEST_P(StoreTransaction, AStoreOfANewerProgramIsRefusedInOneSentence) {
  must(migrate(*connection_, "registry", std::array{kFirst, kSecond}));
  const auto refused = migrate(*connection_, "registry", std::array{kFirst});
  EXPECT_EQ(code_of(refused), ErrorCode::kConflict);
  EXPECT_EQ(refused.error().message,
            "this store was written by a newer thaw (registry schema 2, this program knows 1); "
            "update thaw or open another store");
}

TEST_P(StoreTransaction, MigrationsWithAGapAreRefused) {
  EXPECT_EQ(code_of(migrate(*connection_, "m", std::array{kSecond})), ErrorCode::kInvalidArgument);
}

TEST_P(StoreTransaction, ProgramsThatStartTogetherMigrateOnce) {
  constexpr int kPrograms = 6;
  std::array<std::string, kPrograms> messages;
  {
    std::vector<std::jthread> programs;
    for (std::string& message : messages) {
      programs.emplace_back([&message, this] {
        auto connection = Connection::open(url());
        const auto done = connection ? migrate(**connection, "m", std::array{kFirst, kSecond})
                                     : Result<Done>(connection.error());
        message = done ? "" : done.error().message;
      });
    }
  }
  for (const std::string& message : messages) {
    EXPECT_EQ(message, "");
  }
  EXPECT_EQ(count(*connection_, "a"), 2);
}

INSTANTIATE_TEST_SUITE_P(Engines, StoreTransaction, test::kEngines, test::engine_name);

}  // namespace
}  // namespace thaw::db
