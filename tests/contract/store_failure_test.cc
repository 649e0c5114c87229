// What is left of a store when a program is killed, the server goes away or cannot be reached.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "contract/must.h"
#include "contract/store_fixture.h"

namespace thaw::db {
namespace {

using test::code_of;
using test::count;
using test::must;

constexpr std::array<std::string_view, 1> kColumns = {"n"};

class StoreFailure : public test::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    if (!IsSkipped() && !HasFatalFailure()) {
      must(open()->execute("create table item (n bigint)"));
    }
  }

  // Runs `work(told)` in another process, lets it write `bytes` bytes to `told`, and kills it.
  template <class Work>
  void kill_after(std::size_t bytes, Work work) const {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      close(pipe_ends[0]);
      work(pipe_ends[1]);
      _exit(0);
    }
    close(pipe_ends[1]);
    char byte = 0;
    std::size_t heard = 0;
    while (heard < bytes && read(pipe_ends[0], &byte, 1) == 1) {
      ++heard;
    }
    EXPECT_EQ(heard, bytes);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    close(pipe_ends[0]);
  }

  static void append(Connection& connection, int rows) {
    auto appender = must(connection.append("item", kColumns));
    for (int n = 0; n < rows; ++n) {
      appender->put(n);
      must(appender->end_row());
    }
    must(appender->finish());
  }
};

void tell(int pipe_end) {
  const char byte = '.';
  static_cast<void>(!write(pipe_end, &byte, 1));
}

TEST_P(StoreFailure, AnImportKilledInTheMiddleLeavesNothing) {
  kill_after(1, [this](int told) {
    auto connection = open();
    auto transaction = must(Transaction::begin(*connection));
    append(*connection, 100'000);  // more than SQLite's cache of the log, and COPY's piece
    tell(told);
    pause();
  });
  auto connection = open();
  EXPECT_EQ(count(*connection, "item"), 0);
  auto transaction = must(Transaction::begin(*connection));  // and no lock is left
  append(*connection, 3);
  must(transaction.commit());
  EXPECT_EQ(count(*connection, "item"), 3);
}

TEST_P(StoreFailure, EveryCommitThatWasAcknowledgedOutlivesTheProgram) {
  constexpr std::size_t kCommits = 40;
  constexpr int kRowsEach = 25;
  kill_after(kCommits, [this](int told) {
    auto connection = open();
    while (true) {
      auto transaction = must(Transaction::begin(*connection));
      append(*connection, kRowsEach);
      must(transaction.commit());
      tell(told);
    }
  });
  const std::int64_t rows = count(*open(), "item");
  EXPECT_GE(rows, static_cast<std::int64_t>(kCommits) * kRowsEach);
  EXPECT_EQ(rows % kRowsEach, 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, StoreFailure, test::kEngines, test::engine_name);

class PostgresFailure : public StoreFailure {
 protected:
  // Has the server end the connection that `connection` stands for.
  void cut(Connection& connection) const {
    auto ask = must(connection.prepare("select pg_backend_pid()"));
    ASSERT_TRUE(must(ask->step()));
    must(open()->execute("select pg_terminate_backend(" + std::to_string(*ask->integer(0)) +
                         ", 10000)"));
  }
  // The URL with `part` in place of `old`.
  std::string changed(std::string_view old, std::string_view part) const {
    std::string text = url();
    return text.replace(text.find(old), old.size(), part);
  }
};

TEST_P(PostgresFailure, ALostConnectionIsToldAndTheNextCallConnectsAnew) {
  auto connection = open();
  auto select = must(connection->prepare("select count(*) from item"));
  cut(*connection);
  EXPECT_EQ(code_of(select->step()), ErrorCode::kUnavailable);
  ASSERT_TRUE(must(select->step()));  // the same statement, prepared again
  EXPECT_EQ(select->integer(0), 0);
}

TEST_P(PostgresFailure, ATransactionDoesNotOutliveItsConnection) {
  auto connection = open();
  {
    auto transaction = must(Transaction::begin(*connection));
    must(connection->execute("insert into item values (1)"));
    cut(*connection);
    EXPECT_EQ(code_of(connection->execute("insert into item values (2)")), ErrorCode::kUnavailable);
    EXPECT_EQ(code_of(connection->execute("insert into item values (3)")), ErrorCode::kConflict);
    EXPECT_FALSE(transaction.commit());
  }
  EXPECT_EQ(count(*connection, "item"), 0);
}

TEST_P(PostgresFailure, ACommitThatLostItsConnectionDoesNotClaimToKnow) {
  auto connection = open();
  auto transaction = must(Transaction::begin(*connection));
  must(connection->execute("insert into item values (1)"));
  cut(*connection);
  const auto done = transaction.commit();
  EXPECT_EQ(code_of(done), ErrorCode::kUnavailable);
  EXPECT_NE(done.error().message.find("is not known"), std::string::npos);
}

TEST_P(PostgresFailure, RowsAppendedToALostConnectionFail) {
  auto connection = open();
  auto transaction = must(Transaction::begin(*connection));
  auto rows = must(connection->append("item", kColumns));
  rows->put(1);
  must(rows->end_row());
  must(
      open()->execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                      " where datname = current_database() and pid <> pg_backend_pid()"));
  EXPECT_EQ(code_of(rows->finish()), ErrorCode::kUnavailable);
  EXPECT_FALSE(transaction.commit());
}

TEST_P(PostgresFailure, AWriterWaitsForOthersNotForever) {
  auto show = must(open()->prepare("show lock_timeout"));
  ASSERT_TRUE(must(show->step()));
  EXPECT_EQ(show->text(0), "30s");
}

TEST_P(PostgresFailure, ManyDifferentStatementsStayUsable) {
  auto connection = open();
  auto first = must(connection->prepare("select 0"));
  for (int i = 1; i <= 600; ++i) {
    auto select = must(connection->prepare("select " + std::to_string(i)));
    ASSERT_TRUE(must(select->step()));
    ASSERT_EQ(select->integer(0), i);
  }
  ASSERT_TRUE(must(first->step()));
  auto held = must(connection->prepare("select count(*) from pg_prepared_statements"));
  ASSERT_TRUE(must(held->step()));
  EXPECT_LE(held->integer(0), 257);
}

TEST_P(PostgresFailure, WhatCannotBeReachedIsToldWithoutThePassword) {
  const std::string password = test::kPostgresPassword;
  const std::size_t port = url().find(':', url().find('@'));
  const std::string refused = url().substr(0, port) + ":1" + url().substr(url().find('/', port));
  for (const std::string& wrong : {refused, changed("thaw_test:", "nobody:"),
                                   changed(password, password + "x"), url() + "_absent"}) {
    const auto connection = Connection::open(wrong);
    ASSERT_EQ(code_of(connection), ErrorCode::kUnavailable);
    EXPECT_EQ(connection.error().message.find("lantern"), std::string::npos);
    EXPECT_EQ(connection.error().message.find('\n'), std::string::npos);
  }
}

TEST_P(PostgresFailure, AUrlThatCannotBeReadIsToldWithoutThePassword) {
  for (const std::string odd : {"lantern/thaw?user=", "lan/tern", "lan@tern", "lan?tern",
                                "lan#tern", "lan%tern", "12/@x", "12?lan=tern@x", "[lantern"}) {
    const auto connection = Connection::open("postgresql://me:" + odd + "@127.0.0.1:1/thaw");
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().message.find("lan"), std::string::npos)
        << connection.error().message;
    EXPECT_EQ(connection.error().message.find("tern"), std::string::npos)
        << connection.error().message;
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, PostgresFailure, testing::Values(Engine::kPostgres),
                         test::engine_name);

}  // namespace
}  // namespace thaw::db
