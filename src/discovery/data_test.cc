#include "discovery/data.h"

#include <gtest/gtest.h>

#include <limits>

#include "discovery/correlation.h"
#include "discovery/knowledge.h"
#include "table/csv.h"

namespace thaw::discovery {
namespace {

constexpr std::string_view kRows = "b,a,c\n1.5,yes,3\n2.5,no,1\n0.25,yes,2\nNA,no,1\n";

Data read(std::string_view csv, const DataOptions& options = {}) {
  return Data::from_table(read_csv(csv, "test").value(), options).value();
}

std::string refusal(std::string_view csv, const DataOptions& options = {}) {
  const auto data = Data::from_table(read_csv(csv, "test").value(), options);
  return data ? "" : data.error().message;
}

TEST(Data, PermutedColumnsAndRowsAreTheSameData) {
  const Data first = read(kRows);
  const Data second = read("c,b,a\n2,0.25,yes\n1,NA,no\n3,1.5,yes\n1,2.5,no\n");
  EXPECT_EQ(first.hash(), second.hash());
  EXPECT_EQ(first.variable(0).name, "a");
  EXPECT_NE(first.hash(), read("b,a,c\n1.5,yes,3\n2.5,no,1\n0.25,yes,2\n4,no,1\n").hash());
}

TEST(Data, AColumnsTypeDecidesItsKind) {
  const Data data = read(kRows, {.kinds = {{"c", VariableKind::kContinuous}}, .all = {}});
  EXPECT_TRUE(data.discrete(0));
  EXPECT_FALSE(data.discrete(1));
  EXPECT_FALSE(data.discrete(2));
  EXPECT_TRUE(read(kRows).discrete(2));  // few whole numbers are codes until said otherwise
  EXPECT_EQ(data.variable(1).missing, 1U);
  EXPECT_EQ(data.complete().rows(), 3U);
}

TEST(Data, WhatSaysNothingIsRefusedByName) {
  EXPECT_NE(refusal("a,b\n1.5,2\n1.5,3\n").find("column a"), std::string::npos);
  EXPECT_NE(refusal("a,b\n1.5,1.5\n2.5,2.5\n").find("columns a and b"), std::string::npos);
  EXPECT_NE(refusal("a,b\n2020-01-01,1\n2020-01-02,2\n").find("date"), std::string::npos);
  Table table;
  ASSERT_TRUE(table.add_column(Column::real("x", {1, std::numeric_limits<double>::infinity()})));
  ASSERT_TRUE(table.add_column(Column::real("y", {1, 2})));
  EXPECT_NE(Data::from_table(table).error().message.find("infinite"), std::string::npos);
  EXPECT_EQ(
      Data::from_table(table, {.kinds = {{"z", VariableKind::kDiscrete}}, .all = {}}).error().code,
      ErrorCode::kNotFound);
}

TEST(Data, EveryRowKnowsWhereItCameFrom) {
  const Data data = read("x,y\n1.5,2.5\n2.5,1.5\n3.5,4.5\n4.75,4.25\n");
  const std::vector<double> x = {1.5, 2.5, 3.5, 4.75};
  for (std::size_t row = 0; row < data.rows(); ++row) {
    EXPECT_EQ(data.values(0)[row], x[data.origin()[row]]);
  }
  const std::vector<std::size_t> twice = {2, 2};
  EXPECT_EQ(data.take(twice).origin()[1], data.origin()[2]);
}

TEST(Data, CorrelationIsPearsons) {
  const Data data = read("x,y\n1.5,2.5\n2.5,1.5\n3.5,4.5\n4.75,4.25\n");
  const stats::Matrix r = correlation_matrix(data).value();
  EXPECT_NEAR(r(0, 1), 0.7340418, 1e-6);  // R: cor(c(1.5,2.5,3.5,4.75), c(2.5,1.5,4.5,4.25))
}

TEST(Knowledge, TiersForbidOnlyFromLaterToEarlier) {
  Knowledge knowledge(3);
  EXPECT_TRUE(knowledge.empty());
  knowledge.set_tier(0, 2);
  knowledge.set_tier(1, 1);
  EXPECT_TRUE(knowledge.forbidden(0, 1));
  EXPECT_FALSE(knowledge.forbidden(1, 0));
  EXPECT_FALSE(knowledge.forbidden(2, 1));
  knowledge.require(0, 1);
  EXPECT_FALSE(knowledge.check({"x", "y", "z"}));
}

TEST(Knowledge, RequiredArrowsInACircleAreRefused) {
  Knowledge knowledge(3);
  knowledge.require(0, 1);
  knowledge.require(1, 2);
  EXPECT_TRUE(knowledge.check({"x", "y", "z"}));
  knowledge.require(2, 0);
  EXPECT_FALSE(knowledge.check({"x", "y", "z"}));
}

}  // namespace
}  // namespace thaw::discovery
