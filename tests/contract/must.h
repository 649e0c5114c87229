// Short ways to say in a test what a Result must be.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "db/db.h"

namespace thaw::test {

/// The value of `result`; the test has failed when there is none.
template <class T>
T must(Result<T> result) {
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return std::move(result).value();
}

/// The kind of error that `result` holds; the test has failed when it holds none.
template <class T>
ErrorCode code_of(const Result<T>& result) {
  EXPECT_FALSE(result);
  return result.error().code;
}

/// Rows of `from`: a table, and if you like a where clause.
inline std::int64_t count(db::Connection& connection, std::string_view from) {
  auto statement = must(connection.prepare("select count(*) from " + std::string(from)));
  EXPECT_TRUE(must(statement->step()));
  return statement->integer(0).value();
}

}  // namespace thaw::test
