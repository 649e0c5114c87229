// What a store promises, the same on both engines: values, statements, kinds of error.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "contract/must.h"
#include "contract/store_fixture.h"

namespace thaw::db {
namespace {

using test::code_of;
using test::count;
using test::must;

class StoreContract : public test::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    if (!IsSkipped() && !HasFatalFailure()) {
      connection_ = open();
      must(connection_->execute(
          "create table cell (id {id}, i bigint, d double precision, t text, b {blob});"
          "create table parent (id bigint primary key, name text not null unique);"
          "create table child (parent bigint not null references parent(id),"
          " n bigint check (n > 0))"));
    }
  }

  // Writes `value` into `column` of a new row and reads it back by `read`.
  template <class Value, class Read>
  auto round_trip(std::string_view column, const Value& value, Read read) {
    auto insert = must(connection_->prepare("insert into cell (" + std::string(column) +
                                            ") values (?1) returning id"));
    insert->bind(1, value);
    EXPECT_TRUE(must(insert->step()));
    auto select =
        must(connection_->prepare("select " + std::string(column) + " from cell where id = ?1"));
    select->bind(1, insert->integer(0));
    EXPECT_TRUE(must(select->step()));
    return read(*select);
  }

  Result<std::int64_t> insert_parent(std::int64_t id, std::optional<std::string> name) {
    auto insert = must(connection_->prepare("insert into parent (id, name) values (?1, ?2)"));
    insert->bind(1, id);
    insert->bind(2, name);
    return insert->run();
  }

  std::unique_ptr<Connection> connection_;
};

TEST_P(StoreContract, IntegersComeBackExactly) {
  for (const std::int64_t value :
       {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
        std::int64_t{9007199254740993}, std::int64_t{0}, std::int64_t{-1}}) {
    EXPECT_EQ(round_trip("i", value, [](auto& row) { return row.integer(0); }), value);
  }
}

TEST_P(StoreContract, DoublesComeBackToTheLastBit) {
  using Limits = std::numeric_limits<double>;
  for (const double value :
       {0.1, 1.0 / 3, -2.5e-7, 5e-324, Limits::denorm_min() * 12345, Limits::min(), Limits::max(),
        Limits::lowest(), Limits::infinity(), -Limits::infinity(), 9007199254740992.0, 1e22, 3.0,
        123456789.12345678, 0.0}) {
    EXPECT_EQ(round_trip("d", value, [](auto& row) { return row.real(0); }), value);
  }
}

TEST_P(StoreContract, NegativeZeroBecomesZeroAndNanIsRefused) {
  const auto zero = round_trip("d", -0.0, [](auto& row) { return row.real(0); });
  EXPECT_EQ(zero, 0.0);
  EXPECT_FALSE(std::signbit(zero.value()));
  auto insert = must(connection_->prepare("insert into cell (d) values (?1)"));
  insert->bind(1, std::nan(""));
  EXPECT_EQ(code_of(insert->run()), ErrorCode::kInvalidArgument);
  insert->bind(1, 1.5);  // usable again
  EXPECT_EQ(must(insert->run()), 1);
  EXPECT_EQ(count(*connection_, "cell where d = 1.5"), 1);
}

TEST_P(StoreContract, TextComesBackByteForByte) {
  std::string controls;
  for (char c = 1; c < 127; ++c) {
    controls += c;
  }
  for (const std::string& value :
       {std::string("it's \"quoted\""), std::string("a\nb\r\nc\td\\e\\.\\N"), std::string("渐冻症"),
        std::string("🧊 thaw"), std::string(""), std::string("\\N"), controls,
        std::string(300'000, 'x')}) {
    EXPECT_EQ(round_trip("t", value, [](auto& row) { return row.text(0); }), value);
  }
}

TEST_P(StoreContract, TextWithAZeroByteOrBadUtf8IsRefused) {
  auto insert = must(connection_->prepare("insert into cell (t) values (?1)"));
  for (const std::string_view bad : {std::string_view("a\0b", 3), std::string_view("\xff")}) {
    insert->bind(1, bad);
    const auto result = insert->run();
    EXPECT_EQ(code_of(result), ErrorCode::kInvalidArgument);
  }
  EXPECT_EQ(count(*connection_, "cell"), 0);
}

TEST_P(StoreContract, BlobsComeBackByteForByte) {
  Blob megabyte(1U << 20U);
  for (std::size_t i = 0; i < megabyte.size(); ++i) {
    megabyte[i] = static_cast<std::byte>((i * 7 + i / 256) & 0xffU);
  }
  for (const Blob& value : {megabyte, Blob(), Blob(3)}) {
    EXPECT_EQ(round_trip("b", value, [](auto& row) { return row.blob(0); }), value);
  }
}

TEST_P(StoreContract, EmptyIsNotNull) {
  auto insert = must(connection_->prepare("insert into cell (i, d, t, b) values (?1, ?2, ?3, ?4)"));
  insert->bind_null(1);
  insert->bind(2, std::optional<double>());
  insert->bind(3, std::optional<std::string>());
  must(insert->run());  // ?4 was never bound
  auto select = must(connection_->prepare("select i, d, t, b from cell"));
  ASSERT_TRUE(must(select->step()));
  EXPECT_EQ(select->integer(0), std::nullopt);
  EXPECT_EQ(select->real(1), std::nullopt);
  EXPECT_EQ(select->text(2), std::nullopt);
  EXPECT_EQ(select->blob(3), std::nullopt);
  EXPECT_FALSE(must(select->step()));
  EXPECT_EQ(count(*connection_, "cell where t = ''"), 0);
}

TEST_P(StoreContract, SumsMeansAndTruthsReadLikeColumns) {
  must(connection_->execute("insert into cell (i, d) values (1, 0.5), (2, 1.0)"));
  auto select = must(connection_->prepare(
      "select sum(i), avg(i), sum(d), count(*), max(i) > 1, min(i) > 1 from cell"));
  ASSERT_TRUE(must(select->step()));
  EXPECT_EQ(select->integer(0), 3);
  EXPECT_EQ(select->real(1), 1.5);
  EXPECT_EQ(select->real(2), 1.5);
  EXPECT_EQ(select->integer(3), 2);
  EXPECT_EQ(select->integer(4), 1);
  EXPECT_EQ(select->integer(5), 0);
}

TEST_P(StoreContract, AStatementIsUsedAgainWithFreshBindings) {
  auto insert = must(connection_->prepare("insert into cell (i, t) values (?1, ?2)"));
  insert->bind(1, 1);
  insert->bind(2, "one");
  EXPECT_EQ(must(insert->run()), 1);
  insert->bind(1, 2);
  EXPECT_EQ(must(insert->run()), 1);
  EXPECT_EQ(count(*connection_, "cell where i = 2 and t is null"), 1);

  auto select = must(connection_->prepare("select i from cell where i >= ?1 order by i"));
  select->bind(1, 1);
  ASSERT_TRUE(must(select->step()));
  EXPECT_EQ(select->integer(0), 1);
  select->bind(1, 2);  // leaves the row not read
  ASSERT_TRUE(must(select->step()));
  EXPECT_EQ(select->integer(0), 2);
  EXPECT_FALSE(must(select->step()));
}

TEST_P(StoreContract, StatementsReadSideBySide) {
  must(connection_->execute("insert into cell (i) values (1), (2), (3)"));
  auto outer = must(connection_->prepare("select i from cell order by i"));
  auto inner = must(connection_->prepare("select count(*) from cell where i <= ?1"));
  std::int64_t rows = 0;
  while (must(outer->step())) {
    inner->bind(1, outer->integer(0));
    ASSERT_TRUE(must(inner->step()));
    EXPECT_EQ(inner->integer(0), ++rows);
  }
  EXPECT_EQ(rows, 3);
}

TEST_P(StoreContract, RunTellsTheRowsChanged) {
  must(connection_->execute("insert into cell (i) values (1), (2), (3)"));
  EXPECT_EQ(must(must(connection_->prepare("update cell set i = 9 where i > 1"))->run()), 2);
  EXPECT_EQ(must(must(connection_->prepare("create table later (x bigint)"))->run()), 0);
  EXPECT_EQ(must(must(connection_->prepare("delete from cell where i = 7"))->run()), 0);
}

TEST_P(StoreContract, WrongSqlIsAnInvalidArgument) {
  for (const std::string_view sql :
       {"selec 1", "select nothing from cell", "select 1; select 2", "select \"nothing\" from cell",
        "insert into nowhere (i) values (1)"}) {
    EXPECT_EQ(code_of(connection_->prepare(sql)), ErrorCode::kInvalidArgument) << sql;
  }
  auto insert = must(connection_->prepare("insert into cell (i) values (?1)"));
  insert->bind(2, 1);
  EXPECT_EQ(code_of(insert->run()), ErrorCode::kInvalidArgument);
  auto select = must(connection_->prepare("select 1"));
  EXPECT_EQ(code_of(select->run()), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of(connection_->execute("drop table nowhere")), ErrorCode::kInvalidArgument);
}

TEST_P(StoreContract, ADuplicateOrBrokenReferenceIsAConflict) {
  must(insert_parent(1, "a"));
  EXPECT_EQ(code_of(insert_parent(1, "b")), ErrorCode::kConflict);
  EXPECT_EQ(code_of(insert_parent(2, "a")), ErrorCode::kConflict);
  auto child = must(connection_->prepare("insert into child (parent, n) values (?1, ?2)"));
  child->bind(1, 99);
  child->bind(2, 1);
  EXPECT_EQ(code_of(child->run()), ErrorCode::kConflict);
  child->bind(1, 1);
  child->bind(2, 1);
  must(child->run());
  EXPECT_EQ(code_of(must(connection_->prepare("delete from parent"))->run()), ErrorCode::kConflict);
}

TEST_P(StoreContract, AMissingOrRefusedValueIsAnInvalidArgument) {
  EXPECT_EQ(code_of(insert_parent(1, std::nullopt)), ErrorCode::kInvalidArgument);
  must(insert_parent(1, "a"));
  auto child = must(connection_->prepare("insert into child (parent, n) values (1, ?1)"));
  child->bind(1, 0);
  EXPECT_EQ(code_of(child->run()), ErrorCode::kInvalidArgument);
}

TEST_P(StoreContract, AnErrorDoesNotTellTheValue) {
  must(insert_parent(1, "secret name"));
  const auto twice = insert_parent(2, "secret name");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().message.find("secret"), std::string::npos) << twice.error().message;
}

TEST_P(StoreContract, ByteOrderIsTheSameOnBoth) {
  must(connection_->execute("insert into cell (t) values ('b'), ('a'), ('B'), ('ä'), ('')"));
  auto select = must(connection_->prepare("select t from cell order by t collate \"C\""));
  std::string all;
  while (must(select->step())) {
    all += select->text(0).value() + ",";
  }
  EXPECT_EQ(all, ",B,a,b,ä,");
}

INSTANTIATE_TEST_SUITE_P(Engines, StoreContract, test::kEngines, test::engine_name);

}  // namespace
}  // namespace thaw::db
