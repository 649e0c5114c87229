#include "base/shorten.h"

#include <gtest/gtest.h>

namespace thaw {
namespace {

TEST(Shorten, NeverCutsACharacter) {
  EXPECT_EQ(shorten("abc", 10), "abc");
  EXPECT_EQ(shorten("abc", 2), "ab");
  EXPECT_EQ(shorten("a\u51bb\u51bb", 5), "a\u51bb");
  EXPECT_EQ(shorten("\u51bb", 2), "");
  EXPECT_EQ(shorten("ab\xff"
                    "cd",
                    5),
            "ab");
}

}  // namespace
}  // namespace thaw
