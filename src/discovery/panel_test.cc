#include "discovery/panel.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "table/csv.h"

namespace thaw::discovery {
namespace {

constexpr std::string_view kVisits =
    "id,visit,sex,x,y\n"
    "p2,1,f,1.5,0.5\np1,3,m,3.5,2.25\np1,1,m,1.25,4.5\np1,2,NA,2.5,1.5\np2,2,f,6.5,7.5\np3,1,f,9.5,"
    "1.5\n";

Panel panel_of(std::string_view csv, std::size_t lags = 1) {
  return lag_table(read_csv(csv, "t").value(), {"id", "visit", lags}).value();
}

std::string refusal(std::string_view csv, std::size_t lags = 1) {
  const auto panel = lag_table(read_csv(csv, "t").value(), {"id", "visit", lags});
  return panel ? "" : panel.error().message;
}

TEST(Panel, AWindowHoldsAVisitAndTheOneBefore) {
  const Panel panel = panel_of(kVisits);
  EXPECT_EQ(panel.table.names(), (std::vector<std::string>{"sex", "x@t", "x@t-1", "y@t", "y@t-1"}));
  ASSERT_EQ(panel.table.rows(), 3U);
  EXPECT_EQ(panel.person, (std::vector<std::size_t>{0, 0, 1}));
  EXPECT_EQ(panel.people, 2U);
  EXPECT_EQ(panel.too_short, 1U);
  const Column& before = *panel.table.find("x@t-1");
  EXPECT_EQ(before.reals()[0], 1.25);
  EXPECT_EQ(before.reals()[1], 2.5);
  EXPECT_EQ(panel.table.find("x@t")->reals()[1], 3.5);
  EXPECT_FALSE(panel.table.find("sex")->missing(0));  // known at another visit
}

TEST(Panel, TheRowsOrderChangesNothing) {
  const Panel shuffled = panel_of(
      "id,visit,sex,x,y\n"
      "p3,1,f,9.5,1.5\np1,2,NA,2.5,1.5\np2,2,f,6.5,7.5\np1,1,m,1.25,4.5\np2,1,f,1.5,0.5\np1,3,m,3."
      "5,"
      "2.25\n");
  EXPECT_TRUE(shuffled.table == panel_of(kVisits).table);
}

TEST(Panel, VisitTimeBecomesTiersAndTiersHoldWithinAVisit) {
  const Panel panel = panel_of(kVisits);
  const KnowledgeFile known =
      read_knowledge(R"({"tiers":[["x"],["y"]],"forbidden":[["sex","y"]]})", "k").value();
  const std::vector<std::string> names = panel.table.names();  // by name already
  const Knowledge knowledge = knowledge_about(lag_knowledge(known, panel).value(), names).value();
  const auto at = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  };
  EXPECT_TRUE(knowledge.forbidden(at("x@t"), at("x@t-1")));
  EXPECT_TRUE(knowledge.forbidden(at("x@t-1"), at("sex")));
  EXPECT_TRUE(knowledge.forbidden(at("y@t"), at("x@t")));
  EXPECT_TRUE(knowledge.forbidden(at("y@t-1"), at("x@t-1")));
  EXPECT_FALSE(knowledge.forbidden(at("y@t-1"), at("x@t")));  // an earlier y may cause a later x
  EXPECT_TRUE(knowledge.forbidden(at("sex"), at("y@t-1")));
  EXPECT_TRUE(knowledge.forbidden(at("sex"), at("y@t")));
  EXPECT_FALSE(knowledge.forbidden(at("sex"), at("x@t")));
}

TEST(Panel, KnowledgeMustSayAtWhichVisit) {
  const Panel panel = panel_of(kVisits);
  const auto lagged = [&](std::string_view text) {
    return lag_knowledge(read_knowledge(text, "k").value(), panel);
  };
  EXPECT_TRUE(lagged(R"({"required":[["x@t-1","y@t"]]})"));
  EXPECT_NE(lagged(R"({"required":[["x","y@t"]]})").error().message.find("'x@t-1' or 'x@t'"),
            std::string::npos);
  EXPECT_FALSE(lagged(R"({"tiers":[["x@t"]]})"));
}

TEST(Panel, WhatIsNoPanelIsRefused) {
  EXPECT_NE(refusal("id,visit,x\np1,1,1.5\np1,1,2.5\n").find("two rows at visit 1"),
            std::string::npos);
  EXPECT_NE(refusal("id,visit,x\np1,1,1.5\np1,,2.5\n").find("row 2 has no time"),
            std::string::npos);
  EXPECT_NE(refusal("id,visit,x\np1,1,1.5\n,2,2.5\n").find("row 2"), std::string::npos);
  EXPECT_NE(refusal("id,visit,x\np1,1,1.5\np2,2,2.5\n").find("nobody has 2 visits"),
            std::string::npos);
  EXPECT_NE(refusal("id,visit,x\np1,a,1.5\np1,b,2.5\n").find("numbers or dates"),
            std::string::npos);
  EXPECT_NE(refusal(kVisits, 9).find("lags must be 1 to 5"), std::string::npos);
}

TEST(Panel, AColumnsKindIsOneForAllVisits) {
  std::string csv = "id,visit,score,z\n";
  for (int i = 0; i < 30; ++i) {
    csv += "p" + std::to_string(i) + ",1," + std::to_string(i) + ",0.5\n";
    csv += "p" + std::to_string(i) + ",2,7,1.5\n";
  }
  const Table table = read_csv(csv, "t").value();
  const Panel panel = lag_table(table, {"id", "visit", 1}).value();
  const DataOptions kinds = lag_kinds({}, table, panel).value();
  EXPECT_EQ(kinds.kinds.at("score@t"), VariableKind::kContinuous);
  EXPECT_EQ(kinds.kinds.at("score@t-1"), VariableKind::kContinuous);
}

}  // namespace
}  // namespace thaw::discovery
