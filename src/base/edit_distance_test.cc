#include "base/edit_distance.h"

#include <gtest/gtest.h>

namespace thaw {
namespace {

TEST(EditDistance, CountsChangedAddedAndDroppedBytes) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("riluzol", "riluzole"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("sitting", "kitten"), 3U);
}

}  // namespace
}  // namespace thaw
