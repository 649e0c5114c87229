#include "table/table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

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

TEST(Table, FindsColumnsByNameAndSuggestsTheNearest) {
  const Table table = people();
  EXPECT_EQ(table.rows(), 4U);
  EXPECT_EQ(table.names().at(3), "treated");
  EXPECT_EQ((*table.column("age"))->name(), "age");
  EXPECT_EQ(table.find("Age"), nullptr);
  const auto wrong = table.column("onse");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::kNotFound);
  EXPECT_NE(wrong.error().message.find("the nearest names are 'onset'"), std::string::npos)
      << wrong.error().message;
}

TEST(Table, RefusesColumnsThatDoNotFit) {
  Table table = people();
  EXPECT_EQ(table.add_column(Column::real("age", {1, 2, 3, 4})).error().code, ErrorCode::kConflict);
  EXPECT_EQ(table.add_column(Column::real("new", {1, 2, 3})).error().code,
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(table.add_column(Column::real("", {1, 2, 3, 4})).error().code,
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(table, people());
}

TEST(Table, SelectKeepsTheOrderAsked) {
  const std::vector<std::string> names = {"onset", "id"};
  const auto selected = people().select(names);
  ASSERT_TRUE(selected);
  EXPECT_EQ(selected->names(), names);
  EXPECT_EQ(*selected->find("onset"), *people().find("onset"));
  const std::vector<std::string> absent = {"id", "nothing"};
  EXPECT_EQ(people().select(absent).error().code, ErrorCode::kNotFound);
  const std::vector<std::string> twice = {"id", "id"};
  EXPECT_EQ(people().select(twice).error().code, ErrorCode::kConflict);
}

TEST(Table, TakeAndFilterAgree) {
  const Table table = people();
  for (unsigned bits = 0; bits < 16; ++bits) {  // Every subset of the four rows.
    std::vector<std::uint8_t> keep;
    std::vector<std::size_t> rows;
    for (unsigned row = 0; row < 4; ++row) {
      keep.push_back(static_cast<std::uint8_t>(bits >> row & 1U));
      if (keep.back() != 0) {
        rows.push_back(row);
      }
    }
    const Table kept = table.filter(keep);
    EXPECT_EQ(kept, table.take(rows));
    EXPECT_EQ(kept.rows(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = 0; j < table.columns().size(); ++j) {
        EXPECT_EQ(kept.columns()[j].cell_text(i), table.columns()[j].cell_text(rows[i]));
        EXPECT_EQ(kept.columns()[j].missing(i), table.columns()[j].missing(rows[i]));
      }
    }
  }
  const std::vector<std::size_t> repeated = {2, 2, 0};
  EXPECT_EQ(table.take(repeated).find("id")->cell_text(1), "c");
  EXPECT_EQ(table.take(repeated).find("age")->reals()[2], 54.5);
}

TEST(Table, CompleteRowsDropsRowsMissingInTheColumnsNamed) {
  const Table table = people();
  const std::vector<std::string> age = {"age"};
  EXPECT_EQ(table.complete_rows(age)->rows(), 3U);
  const std::vector<std::string> both = {"age", "visits"};
  const auto complete = table.complete_rows(both);
  ASSERT_TRUE(complete);
  EXPECT_EQ(complete->rows(), 2U);
  EXPECT_EQ(complete->find("id")->cell_text(1), "d");
  const std::vector<std::string> absent = {"nothing"};
  EXPECT_FALSE(table.complete_rows(absent));
  EXPECT_EQ(*table.complete_rows({}), table);
}

}  // namespace
}  // namespace thaw
