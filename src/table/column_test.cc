#include "table/column.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "table/table.h"

namespace thaw {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Table people() {
  Table table;
  EXPECT_TRUE(table.add_column(Column::text("id", {"a", "b", "c", "d"})));
  EXPECT_TRUE(table.add_column(Column::real("age", {54.5, kNan, 61, 70})));
  EXPECT_TRUE(table.add_column(Column::integer("visits", {3, 0, 7, 2}, {0, 0, 1, 0})));
  EXPECT_TRUE(table.add_column(Column::boolean("treated", {1, 0, 7, 0}, {0, 0, 0, 1})));
  EXPECT_TRUE(table.add_column(Column::category("onset", {1, 0, -1, 0}, {"limb", "bulbar"})));
  EXPECT_TRUE(table.add_column(Column::date("seen", {Day{}, Day{}, Day{}, Day{}}, {1, 0, 0, 0})));
  return table;
}

TEST(ColumnType, WordsReadBack) {
  for (const auto type : {ColumnType::kReal, ColumnType::kInteger, ColumnType::kBoolean,
                          ColumnType::kCategory, ColumnType::kDate, ColumnType::kText}) {
    const auto read = parse_column_type(to_string(type));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, type);
  }
  const auto wrong = parse_column_type("float");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("'float'"), std::string::npos);
}

TEST(Column, FactoriesGiveTheTypeOfTheirName) {
  const Table table = people();
  const ColumnType expected[] = {ColumnType::kText,    ColumnType::kReal,     ColumnType::kInteger,
                                 ColumnType::kBoolean, ColumnType::kCategory, ColumnType::kDate};
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    EXPECT_EQ(table.columns()[i].type(), expected[i]);
  }
}

TEST(Column, ValuesBehindMissingMarksAreFixed) {
  EXPECT_EQ(Column::integer("x", {1, 9}, {0, 1}), Column::integer("x", {1, -9}, {0, 1}));
  EXPECT_EQ(Column::text("x", {"hidden"}, {1}), Column::text("x", {""}, {1}));
  EXPECT_NE(Column::text("x", {""}, {1}), Column::text("x", {""}));
  EXPECT_EQ(Column::integer("x", {9}, {1}).integers()[0], 0);
}

TEST(Column, RealIsMissingExactlyWhereItIsNan) {
  const Column column =
      Column::real("x", {kNan, 0, std::numeric_limits<double>::infinity(), -kNan});
  EXPECT_TRUE(column.missing(0));
  EXPECT_FALSE(column.missing(1));
  EXPECT_FALSE(column.missing(2));
  EXPECT_EQ(column.missing_count(), 2U);
  EXPECT_EQ(column, column);
}

TEST(Column, EqualityLooksAtEveryPart) {
  const Column base = Column::category("x", {0, 1}, {"a", "b"});
  EXPECT_NE(base, Column::category("y", {0, 1}, {"a", "b"}));
  EXPECT_NE(base, Column::category("x", {1, 0}, {"a", "b"}));
  EXPECT_NE(base, Column::category("x", {0, 1}, {"a", "b", "c"}));
  EXPECT_NE(base, Column(base).with_unit("m"));
  EXPECT_NE(base, Column(base).with_label("m"));
  EXPECT_NE(Column::real("x", {1}), Column::integer("x", {1}));
  EXPECT_NE(Column::real("x", {1}), Column::real("x", {2}));
}

TEST(Column, NumericTakesNumbersAndBooleansOnly) {
  const Table table = people();
  const auto visits = table.numeric("visits");
  ASSERT_TRUE(visits);
  EXPECT_EQ((*visits)[0], 3);
  EXPECT_TRUE(std::isnan((*visits)[2]));
  const auto treated = table.numeric("treated");
  ASSERT_TRUE(treated);
  EXPECT_EQ((*treated)[0], 1);
  EXPECT_EQ((*treated)[2], 1);
  EXPECT_TRUE(std::isnan((*treated)[3]));
  for (const auto* name : {"onset", "seen", "id"}) {
    const auto wrong = table.numeric(name);
    ASSERT_FALSE(wrong) << name;
    EXPECT_EQ(wrong.error().code, ErrorCode::kInvalidArgument);
    EXPECT_NE(wrong.error().message.find(name), std::string::npos);
  }
}

TEST(Column, LevelsOfTextsAreInOrderOfNumberOrOfBytes) {
  using Levels = std::vector<std::string>;
  EXPECT_EQ(ordered_levels({"10", "9", "-1", "9.5"}), (Levels{"-1", "9", "9.5", "10"}));
  EXPECT_EQ(ordered_levels({"10", "9", "x"}), (Levels{"10", "9", "x"}));
  const Column column = Column::category_of("x", {"m", "f", "m", "zz"}, {0, 0, 0, 1});
  EXPECT_EQ(column, Column::category("x", {1, 0, 1, -1}, {"f", "m"}));
}

TEST(Column, CellTextIsWhatPeopleRead) {
  const Table table = people();
  EXPECT_EQ(table.find("age")->cell_text(0), "54.5");
  EXPECT_EQ(table.find("age")->cell_text(1), "");
  EXPECT_EQ(table.find("visits")->cell_text(0), "3");
  EXPECT_EQ(table.find("treated")->cell_text(0), "true");
  EXPECT_EQ(table.find("onset")->cell_text(0), "bulbar");
  EXPECT_EQ(table.find("seen")->cell_text(1), "1970-01-01");
  EXPECT_EQ(table.find("id")->cell_text(3), "d");
}

}  // namespace
}  // namespace thaw
