#include "effect/row_condition.h"

#include <gtest/gtest.h>

#include <cmath>

namespace thaw::effect {
namespace {

Table people() {
  Table table;
  const double nan = std::nan("");
  EXPECT_TRUE(table.add_column(Column::real("age", {40, 60, nan, 75})));
  EXPECT_TRUE(table.add_column(Column::category("site", {0, 1, 1, -1}, {"bulbar", "limb"})));
  EXPECT_TRUE(table.add_column(Column::boolean("niv", {0, 1, 0, 1})));
  EXPECT_TRUE(table.add_column(Column::integer("总分", {48, 30, 20, 10})));
  return table;
}

/// "1" true, "0" false, "?" unknown, one a row; or the error.
std::string truth(const std::string& text) {
  const auto condition = RowCondition::parse(text);
  if (!condition) {
    return condition.error().message;
  }
  const auto values = condition->evaluate(people());
  if (!values) {
    return values.error().message;
  }
  std::string out;
  for (const Truth value : *values) {
    out += value == Truth::kUnknown ? '?' : (value == Truth::kTrue ? '1' : '0');
  }
  return out;
}

TEST(RowCondition, ComparesNumbersTextsAndTruths) {
  EXPECT_EQ(truth("age >= 60"), "01?1");
  EXPECT_EQ(truth("site == 'limb'"), "011?");
  EXPECT_EQ(truth("'limb' != site"), "100?");
  EXPECT_EQ(truth("niv"), "0101");
  EXPECT_EQ(truth("niv == 1"), "0101");
  EXPECT_EQ(truth("总分 < 25"), "0011");
  EXPECT_EQ(truth("`总分`/2 - 5 > 10"), "1000");
  EXPECT_EQ(truth("true"), "1111");
}

TEST(RowCondition, MissingIsUnknownAndNotFalse) {
  EXPECT_EQ(truth("age >= 60 or niv"), "01?1");
  EXPECT_EQ(truth("age >= 60 and niv"), "0101");  // false decides, whatever the age
  EXPECT_EQ(truth("not (age >= 60)"), "10?0");
  EXPECT_EQ(truth("age is missing"), "0010");
  EXPECT_EQ(truth("age is not missing and age < 50"), "1000");
  EXPECT_EQ(truth("age / 0 > 1"), "????");
}

TEST(RowCondition, AndBindsTighterThanOr) {
  EXPECT_EQ(truth("niv or age > 0 and age < 50"), "11?1");
  EXPECT_EQ(truth("(niv or age > 0) and age < 50"), "10?0");
}

TEST(RowCondition, SaysWhereItCannotBeRead) {
  EXPECT_NE(truth("age >= ").find("byte 8: expected a column"), std::string::npos);
  EXPECT_NE(truth("age = 3").find("byte 5"), std::string::npos);
  EXPECT_NE(truth("age 3").find("byte 5"), std::string::npos);
  EXPECT_NE(truth("(age > 3").find("expected )"), std::string::npos);
  EXPECT_NE(truth("age").find("not a condition"), std::string::npos);
  EXPECT_NE(truth("site == 'spinal'").find("no level 'spinal'"), std::string::npos);
  EXPECT_NE(truth("site > 'limb'").find("== and != only"), std::string::npos);
  EXPECT_NE(truth("agee > 3").find("agee"), std::string::npos);
  EXPECT_NE(truth("age == 'x'").find("in quotes only"), std::string::npos);
  EXPECT_NE(truth("").find("expected a column"), std::string::npos);
  EXPECT_NE(truth(std::string(100, '(') + "niv" + std::string(100, ')')).find("brackets"),
            std::string::npos);
  EXPECT_NE(truth(std::string(5000, 'a')).find("too long"), std::string::npos);
}

TEST(RowCondition, NamesItsColumnsOnce) {
  const auto condition = RowCondition::parse("age > 3 and (niv or age < 80)");
  ASSERT_TRUE(condition);
  EXPECT_EQ(condition->columns(), (std::vector<std::string>{"age", "niv"}));
}

}  // namespace
}  // namespace thaw::effect
