#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "db/db.h"

namespace thaw::db {
namespace {

namespace fs = std::filesystem;

class SqliteStore : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "thaw-sqlite-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path() const { return (folder_ / "store.db").string(); }

  static std::unique_ptr<Connection> open(const std::string& url) {
    return Connection::open(url).value();
  }
  static std::optional<std::string> one(Connection& connection, std::string_view sql) {
    auto statement = connection.prepare(sql).value();
    EXPECT_TRUE(statement->step().value());
    return statement->text(0);
  }
  // What opening `url` fails with.
  static Error refused(const std::string& url) {
    const auto connection = Connection::open(url);
    EXPECT_FALSE(connection) << url;
    return connection ? Error{} : connection.error();
  }

  fs::path folder_;
};

using SqliteOpen = SqliteStore;

TEST_F(SqliteOpen, CommitsAreFsyncedIntoTheLogAndReferencesAreHeld) {
  auto store = open(path());
  EXPECT_EQ(store->engine(), Engine::kSqlite);
  EXPECT_EQ(one(*store, "pragma journal_mode"), "wal");
  EXPECT_EQ(one(*store, "pragma synchronous"), "2");  // full
  EXPECT_EQ(one(*store, "pragma foreign_keys"), "1");
  EXPECT_EQ(one(*store, "pragma busy_timeout"), "30000");
}

TEST_F(SqliteOpen, TheUrlMayNameTheEngineAndAFileInMemoryIsNone) {
  ASSERT_TRUE(open("sqlite:" + path())->execute("create table t (x bigint)"));
  EXPECT_EQ(one(*open(path()), "select count(*) from t"), "0");
  ASSERT_TRUE(open(":memory:")->execute("create table t (x bigint)"));
  EXPECT_FALSE(fs::exists(":memory:"));
}

TEST_F(SqliteOpen, ANewStoreIsReadableByItsOwnerOnly) {
  auto store = open(path());
  ASSERT_TRUE(store->execute("create table t (x bigint)"));
  for (const char* part : {"", "-wal", "-shm"}) {
    EXPECT_EQ(fs::status(path() + part).permissions(),
              fs::perms::owner_read | fs::perms::owner_write)
        << part;
  }
}

TEST_F(SqliteOpen, AFileThatIsNoStoreIsCorruptAndLeftAlone) {
  for (const std::string& text : {std::string("hello"), std::string(5000, 'x')}) {
    std::ofstream(path()) << text;
    const Error error = refused(path());
    EXPECT_EQ(error.code, ErrorCode::kCorrupt);
    EXPECT_EQ(error.message, path() + " is not a thaw store: it is not a SQLite file");
    EXPECT_EQ(fs::file_size(path()), text.size());
  }
}

TEST_F(SqliteOpen, WhatCannotBeOpenedIsToldInOneSentence) {
  const std::string absent = (folder_ / "absent").string();
  EXPECT_EQ(
      refused(absent + "/store.db").message,
      "cannot make the store " + absent + "/store.db: the folder " + absent + " does not exist");
  EXPECT_EQ(refused(absent + "/store.db").code, ErrorCode::kUnavailable);
  EXPECT_EQ(refused(folder_.string()).message,
            "cannot open the store " + folder_.string() + ": it is a folder");
  EXPECT_EQ(refused("sqlite:").code, ErrorCode::kInvalidArgument);
}

TEST_F(SqliteOpen, AFileThatCannotBeWrittenIsUnavailable) {
  ASSERT_TRUE(open(path())->execute("create table t (x bigint)"));
  fs::permissions(path(), fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
  fs::permissions(folder_, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {  // root may write anything, so not as root
    const bool changed = geteuid() != 0 || setuid(65534) == 0;
    const auto connection = Connection::open(path());
    const std::string told = !changed     ? "setuid"
                             : connection ? "opened"
                                          : connection.error().message;
    static_cast<void>(!write(ends[1], told.data(), told.size()));
    _exit(0);
  }
  close(ends[1]);
  std::array<char, 512> told{};
  const ssize_t size = read(ends[0], told.data(), told.size());
  close(ends[0]);
  waitpid(child, nullptr, 0);
  EXPECT_EQ(std::string(told.data(), static_cast<std::size_t>(size)),
            "the store " + path() + " can be read but not written");
}

using SqliteFailure = SqliteStore;

TEST_F(SqliteFailure, AFullDiskIsToldAndNothingOfTheTransactionIsKept) {
  auto store = open(path());
  ASSERT_TRUE(store->execute("create table t (x text); insert into t values ('kept')"));
  ASSERT_TRUE(store->execute("pragma max_page_count = 40"));
  {
    auto transaction = Transaction::begin(*store).value();
    auto insert = store->prepare("insert into t values (?1)").value();
    Result<std::int64_t> row = 0;
    for (int i = 0; i < 1000 && row; ++i) {
      insert->bind(1, std::string(1000, 'x'));
      row = insert->run();
    }
    ASSERT_FALSE(row);
    EXPECT_EQ(row.error().code, ErrorCode::kUnavailable);
    EXPECT_EQ(row.error().message, "the disk of the store " + path() +
                                       " is full: this change was not kept; free space and try "
                                       "again");
    insert->bind(1, "after SQLite has rolled back by itself");
    EXPECT_FALSE(insert->run());
    EXPECT_FALSE(transaction.commit());
  }
  EXPECT_EQ(one(*store, "select count(*) from t"), "1");
  EXPECT_TRUE(store->execute("insert into t values ('small')"));
}

TEST_F(SqliteFailure, ADamagedFileIsCorrupt) {
  {
    auto store = open(path());
    ASSERT_TRUE(store->execute("create table t (x text)"));
    auto insert = store->prepare("insert into t values (?1)").value();
    for (int i = 0; i < 100; ++i) {
      insert->bind(1, std::string(1000, 'x'));
      ASSERT_TRUE(insert->run());
    }
  }
  {
    std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(60'000, '\x7f');
  }
  auto store = open(path());
  auto select = store->prepare("select count(*), max(x) from t").value();
  const auto row = select->step();
  ASSERT_FALSE(row);
  EXPECT_EQ(row.error().code, ErrorCode::kCorrupt);
}

// An insert whose row is read but never stepped past must not stay uncommitted.
TEST_F(SqliteFailure, ReturningIsKeptAtItsFirstStep) {
  auto store = open(path());
  ASSERT_TRUE(store->execute("create table t (id {id}, x bigint)"));
  auto insert = store->prepare("insert into t (x) values (?1), (?2) returning id").value();
  insert->bind(1, 7);
  insert->bind(2, 8);
  ASSERT_TRUE(insert->step().value());
  EXPECT_EQ(insert->integer(0), 1);
  EXPECT_EQ(one(*open(path()), "select count(*) from t"), "2");
  ASSERT_TRUE(insert->step().value());
  EXPECT_EQ(insert->integer(0), 2);
  EXPECT_FALSE(insert->step().value());
}

}  // namespace
}  // namespace thaw::db
