#include "db/postgres_error.h"

#include <gtest/gtest.h>

#include "db/postgres_appender.h"

namespace thaw::db {
namespace {

TEST(PostgresError, EachCodeHasItsKind) {
  const std::pair<std::string_view, ErrorCode> expected[] = {
      {"23505", ErrorCode::kConflict},         // unique_violation
      {"23503", ErrorCode::kConflict},         // foreign_key_violation
      {"23502", ErrorCode::kInvalidArgument},  // not_null_violation
      {"23514", ErrorCode::kInvalidArgument},  // check_violation
      {"40001", ErrorCode::kConflict},         // serialization_failure
      {"40P01", ErrorCode::kConflict},         // deadlock_detected
      {"42601", ErrorCode::kInvalidArgument},  // syntax_error
      {"42501", ErrorCode::kDenied},           // insufficient_privilege
      {"22003", ErrorCode::kInvalidArgument},  // numeric_value_out_of_range
      {"25006", ErrorCode::kUnavailable},      // read_only_sql_transaction
      {"53100", ErrorCode::kUnavailable},      // disk_full
      {"53300", ErrorCode::kUnavailable},      // too_many_connections
      {"55P03", ErrorCode::kUnavailable},      // lock_not_available
      {"57P01", ErrorCode::kUnavailable},      // admin_shutdown
      {"08006", ErrorCode::kUnavailable},      // connection_failure
      {"28P01", ErrorCode::kUnavailable},      // invalid_password
      {"XX001", ErrorCode::kCorrupt},          // data_corrupted
      {"", ErrorCode::kInvalidArgument},
  };
  for (const auto& [state, code] : expected) {
    EXPECT_EQ(postgres_error(state, "words").code, code) << state;
  }
}

TEST(PostgresError, AFullDiskIsToldInOneSentence) {
  EXPECT_EQ(postgres_error("53100", "could not extend file").message,
            "the disk of the PostgreSQL server is full: this change was not kept; free space and "
            "try again");
}

TEST(PostgresError, TheServersWordsAreKeptButNotTheValueInThem) {
  EXPECT_EQ(postgres_error("23505", "duplicate key value {x}").message, "duplicate key value {x}");
  EXPECT_EQ(postgres_error("53300", "too {many}").message,
            "the PostgreSQL server has no room: too {many}");
  EXPECT_EQ(postgres_error("22P02", "invalid input syntax for type bigint: \"Li Wei\"").message,
            "invalid input syntax for type bigint");
}

TEST(PostgresAppender, CopyTextEscapesWhatWouldEndAValueOrRow) {
  std::string row = "1\t";
  add_copy_text(row, "a\tb\nc\rd\\e\\.");
  EXPECT_EQ(row, "1\ta\\tb\\nc\\rd\\\\e\\\\.");
  row.clear();
  add_copy_text(row, "");
  EXPECT_EQ(row, "");
}

}  // namespace
}  // namespace thaw::db
