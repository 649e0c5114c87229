#include "table/synthetic_mark.h"

#include <gtest/gtest.h>

namespace thaw {
namespace {

bool marked(Column column) {
  Table table;
  EXPECT_TRUE(table.add_column(Column::real("x", {1, 2})));
  EXPECT_TRUE(table.add_column(std::move(column)));
  return marked_synthetic(table);
}

TEST(SyntheticMark, OneMarkedRowIsEnoughWhereverItStands) {
  EXPECT_TRUE(marked(Column::boolean("synthetic", {0, 1})));
  EXPECT_TRUE(marked(Column::boolean("Synthetic", {1, 0})));
  EXPECT_TRUE(marked(Column::integer("synthetic", {0, 1})));
  EXPECT_TRUE(marked(Column::real("synthetic", {1, 0})));
  EXPECT_TRUE(marked(Column::text("synthetic", {"false", " TRUE "})));
  EXPECT_TRUE(marked(Column::category_of("synthetic", {"no", "yes"})));
}

TEST(SyntheticMark, NoMarkWhereEveryRowSaysNoOrNothing) {
  EXPECT_FALSE(marked(Column::boolean("synthetic", {0, 0})));
  EXPECT_FALSE(marked(Column::boolean("synthetic", {1, 0}, {1, 0})));
  EXPECT_FALSE(marked(Column::real("synthetic", {0, 0})));
  EXPECT_FALSE(marked(Column::text("synthetic", {"False", "0"})));
  EXPECT_FALSE(marked(Column::boolean("made_up", {1, 1})));
  EXPECT_FALSE(marked_synthetic(Table()));
}

}  // namespace
}  // namespace thaw
