#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace thaw {
namespace {

Result<std::unique_ptr<int>> half(int x) {
  if (x % 2 != 0) {
    return invalid_argument("odd");
  }
  return std::make_unique<int>(x / 2);
}

Result<int> quarter(int x) {
  THAW_TRY(auto once, half(x));
  THAW_TRY(auto twice, half(*once));
  return *twice;
}

Result<Done> must_be_even(int x) {
  THAW_CHECK(half(x));
  return Done{};
}

TEST(Result, TryPassesValuesOnAndReturnsTheFirstError) {
  EXPECT_EQ(quarter(12).value(), 3);
  EXPECT_EQ(quarter(10).error().message, "odd");
}

TEST(Result, CheckReturnsTheErrorAndDropsTheValue) {
  EXPECT_TRUE(must_be_even(2));
  EXPECT_EQ(must_be_even(3).error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace thaw
