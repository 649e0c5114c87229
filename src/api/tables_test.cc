#include "api/tables.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "api/cohort_floor.h"
#include "table/csv.h"

namespace thaw::api {
namespace {

HeldTable held(std::string_view csv, bool cohort = false) {
  HeldTable made;
  made.name = "a.csv";
  made.table = read_csv(csv, "a.csv").value();
  made.cohort = cohort;
  return made;
}

std::string people(int treated, int others) {
  std::string csv = "treatment,age\n";
  for (int i = 0; i < treated + others; ++i) {
    csv += i < treated ? "true," : "false,";
    csv += i == 0 ? "NA\n" : std::to_string(40 + i) + "\n";
  }
  return csv;
}

TEST(Tables, TheNewestAreHeldAndAForgottenOneSaysSo) {
  Tables tables;
  const std::string first = tables.add(held("x,y\n1,2\n")).value()->id;
  EXPECT_EQ(tables.find(first).value()->table.rows(), 1U);
  for (std::size_t i = 0; i < Tables::kTablesMax; ++i) {
    ASSERT_TRUE(tables.add(held("x,y\n1,2\n")));
  }
  EXPECT_EQ(tables.find(first).error().code, ErrorCode::kNotFound);
}

TEST(Tables, ATableWithoutRowsIsRefused) {
  Tables tables;
  EXPECT_EQ(tables.add(held("x,y\n")).error().code, ErrorCode::kInvalidArgument);
}

TEST(Tables, ADocumentTellsTypesMissingValuesAndContent) {
  Tables tables;
  const auto document = table_document(*tables.add(held(people(3, 5))).value());
  const auto& variables = document.at("variables").as_array();
  EXPECT_EQ(document.at("rows"), 8U);
  EXPECT_EQ(variables[0].at("type"), "boolean");
  EXPECT_EQ(variables[0].at("levels").at(1).at("count"), 3);
  EXPECT_EQ(variables[1].at("missing"), 1);
  EXPECT_EQ(variables[1].at("distinct"), 7U);
}

TEST(Tables, ACohortTellsNoCountOfOneToTen) {
  Tables tables;
  const auto document = table_document(*tables.add(held(people(3, 50), true)).value());
  const auto& variables = document.at("variables").as_array();
  EXPECT_TRUE(variables[0].at("levels").at(1).at("count").is_null());
  EXPECT_TRUE(variables[1].at("missing").is_null());
  EXPECT_TRUE(variables[1].at("n").is_null());
}

TEST(CohortFloor, SmallCountsGoAndLargeOnesAreRounded) {
  namespace json = boost::json;
  json::array points;
  for (int month = 0; month < 30; ++month) {
    points.push_back(json::object{{"month", month}});
  }
  json::object answer{{"survival",
                       {{"people", 57},
                        {"excluded", 3},
                        {"treated", 25},
                        {"untreated", 32},
                        {"events", 30},
                        {"curves", json::array{json::object{{"points", points}}}}}}};
  hide_small_counts(answer);
  const json::object& survival = answer.at("survival").as_object();
  EXPECT_EQ(survival.at("people"), 50);
  EXPECT_TRUE(survival.at("excluded").is_null());
  EXPECT_EQ(survival.at("curves").at(0).at("points").as_array().size(), 2U);
}

}  // namespace
}  // namespace thaw::api
