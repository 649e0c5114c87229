// The person's own ALSFRS-R through a Site: kept, scored, replaced, and refused where it cannot be.
#include "api/speaker_fixture.h"

namespace thaw::api {
namespace {

class ReportRoutes : public SpeakerFixture {
 protected:
  static json::object body(std::string_view date = "2026-11-26") {
    return {{"date", date},
            {"answers", json::array{4, 3, nullptr, 1, 0, 1, 2, 3, 4, 3, 2, 1}},
            {"gastrostomy", true}};
  }
  json::array reports() { return get("/api/care/reports").body.at("reports").as_array(); }
};

TEST_F(ReportRoutes, AReportComesBackWithItsDomainsAndARangeWhereAnItemIsOpen) {
  EXPECT_TRUE(reports().empty());
  const Answer kept = post("/api/care/report", body());
  ASSERT_EQ(kept.status, 200) << json::serialize(kept.body);
  EXPECT_EQ(kept.body.at("at"), "2026-11-26T08:00:00Z");
  ASSERT_EQ(reports().size(), 1U);
  const json::value report = reports()[0];
  EXPECT_EQ(report.at("id"), kept.body.at("id"));
  EXPECT_EQ(report.at("answers"), body().at("answers"));
  EXPECT_EQ(json::serialize(report.at("domains").at("bulbar")), R"({"low":7,"high":11})");
  EXPECT_EQ(json::serialize(report.at("domains").at("fine_motor")), R"({"low":2,"high":2})");
  EXPECT_EQ(json::serialize(report.at("total")), R"({"low":24,"high":28})");
}

TEST_F(ReportRoutes, ASecondReportOfADayTakesTheFirstOnesPlaceAndDaysStandInOrder) {
  ASSERT_EQ(post("/api/care/report", body()).status, 200);
  ASSERT_EQ(post("/api/care/report", body("2026-02-01")).status, 200);
  json::object second = body();
  second["answers"].as_array()[0] = 0;
  const Answer kept = post("/api/care/report", second);
  ASSERT_EQ(reports().size(), 2U);
  EXPECT_EQ(reports()[0].at("date"), "2026-02-01");
  EXPECT_EQ(reports()[1].at("id"), kept.body.at("id"));
  EXPECT_EQ(post("/api/care/report/remove", {{"id", kept.body.at("id")}}).status, 200);
  EXPECT_EQ(reports().size(), 1U);
  EXPECT_EQ(post("/api/care/report/remove", {{"id", "report-x"}}).status, 404);
}

TEST_F(ReportRoutes, WhatCannotBeIsRefusedAndKeepsNothing) {
  const auto refused = [this](std::string_view key, json::value value) {
    json::object bad = body();
    bad[key] = std::move(value);
    const Answer answer = post("/api/care/report", bad);
    EXPECT_EQ(answer.status, 400) << json::serialize(bad);
  };
  refused("date", "2026-11-27");  // tomorrow, on the wall too
  refused("date", "2026-02-30");
  refused("date", "1998-01-01");
  refused("date", nullptr);
  refused("answers", json::array{4, 3});
  refused("answers", json::array{5, 3, nullptr, 1, 0, 1, 2, 3, 4, 3, 2, 1});
  refused("answers", json::array{3.5, 3, nullptr, 1, 0, 1, 2, 3, 4, 3, 2, 1});
  refused("answers", json::array(12));
  refused("gastrostomy", nullptr);  // item 5 is answered
  refused("gastrostomy", "yes");
  refused("total", 48);
  EXPECT_TRUE(reports().empty());
}

TEST_F(ReportRoutes, ReportsAreThePersonsOwn) {
  pair_phone();
  EXPECT_EQ(phone("GET", "/api/care/reports").status, 403);
  EXPECT_EQ(phone("POST", "/api/care/report", body()).status, 403);
  EXPECT_EQ(phone("POST", "/api/care/report/remove", {{"id", "x"}}).status, 403);
}

}  // namespace
}  // namespace thaw::api
