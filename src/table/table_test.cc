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
