#include "effect/decline.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cmath>

#include "base/random.h"
#include "table/csv.h"

namespace thaw::effect {
namespace {

struct Made {
  std::string visits, people;
};

/// Eighty people in two arms, falling by 1 a month, the treated by 0.6; fast decliners die early.
Made made(bool reversed) {
  Random random(11);
  std::vector<std::string> visits, people;
  for (int i = 0; i < 80; ++i) {
    const double u = 40 + 3 * random.normal();
    const double slope = (i % 2 == 0 ? -1.0 : -0.6) + 0.4 * random.normal();
    const double end = slope < -1.2 ? 5 + 4 * random.uniform() : 10 + 8 * random.uniform();
    people.push_back(fmt::format("p{},{},{},{}", i, end, slope < -1.2 ? 1 : i % 5 == 0, i % 2));
    for (int visit = 0; 2 * visit < end; ++visit) {
      visits.push_back(fmt::format("p{},{},{},{},{},{}", i, 2 * visit,
                                   u + slope * 2 * visit + random.normal(), end,
                                   slope < -1.2 ? 1 : i % 5 == 0, i % 2));
    }
  }
  if (reversed) {
    std::ranges::reverse(visits);
    std::ranges::reverse(people);
  }
  Made m{"id,t,y,end,died,arm\n", "id,end,died,arm\n"};
  for (const auto& line : visits) {
    m.visits += line + "\n";
  }
  for (const auto& line : people) {
    m.people += line + "\n";
  }
  return m;
}

Table table_of(const std::string& csv) {
  return read_csv(csv, "test").value();
}

JointRequest joint_request() {
  JointRequest request;
  request.id = "id";
  request.time = "t";
  request.outcome = "y";
  request.event_time = "end";
  request.event = "died";
  request.slope_model = "arm";
  request.options.pieces = 3;
  request.options.nodes = 5;
  return request;
}

TEST(Decline, GivesTheSlopeOfEachArm) {
  const SlopeResult s =
      estimate_slopes(table_of(made(false).visits), {"id", "t", "y", "arm*t"}).value();
  ASSERT_EQ(s.terms.size(), 4U);
  const auto document = slope_json(s);
  EXPECT_EQ(document.at("people").as_uint64(), 80U);
  const auto t = std::ranges::find(s.terms, "t") - s.terms.begin();
  EXPECT_NEAR(s.fit.coef[t], -1.0, 0.3);
  EXPECT_NE(slope_text(s, "zh").find("斜率"), std::string::npos);
  const SlopeResult again =
      estimate_slopes(table_of(made(true).visits), {"id", "t", "y", "arm*t"}).value();
  EXPECT_EQ(s.fit.coef[t], again.fit.coef[t]);
  EXPECT_EQ(s.data_hash, again.data_hash);
}

TEST(Decline, JoinsVisitsAndDeathsFromOneTableOrTwo) {
  const Made m = made(false);
  const Table people = table_of(m.people);
  const JointResult two = estimate_joint(table_of(m.visits), &people, joint_request()).value();
  const JointResult one = estimate_joint(table_of(m.visits), nullptr, joint_request()).value();
  EXPECT_TRUE(two.fit.converged);
  EXPECT_EQ(two.fit.log_likelihood, one.fit.log_likelihood);
  EXPECT_EQ(two.slope_terms, (std::vector<std::string>{"1", "arm"}));
  // Death hides the fastest: the line alone looks slower.
  EXPECT_LT(two.fit.slope[0].value, two.line_alone.coef[1]);
  const auto document = joint_json(two);
  EXPECT_EQ(document.at("people").as_uint64(), 80U);
  EXPECT_TRUE(document.at("baseline").as_array().back().at("to").is_null());
  EXPECT_FALSE(joint_text(two, "en").empty());
}

TEST(Decline, RefusesBadTablesInWords) {
  const auto slope = [](const std::string& csv, const SlopeRequest& request) {
    const auto s = estimate_slopes(table_of(csv), request);
    return s ? std::string() : s.error().message;
  };
  EXPECT_NE(slope("id,t,y\na,0,1\na,1,2\nb,0,3\nb,1,1\n", {"id", "t", "y", ""}).find("more visits"),
            std::string::npos);
  EXPECT_NE(slope("id,t,y\na,0,1\n", {"id", "t", "z", ""}).find("z"), std::string::npos);
  Made m = made(false);
  JointRequest request = joint_request();
  const auto changed =
      estimate_joint(table_of("id,t,y,end,died\na,0,1,9,1\na,1,2,8,1\n"), nullptr, [] {
        JointRequest r = joint_request();
        r.slope_model = "";
        return r;
      }());
  ASSERT_FALSE(changed);
  EXPECT_NE(changed.error().message.find("same at all visits"), std::string::npos);
  request.event = "arm2";
  EXPECT_FALSE(estimate_joint(table_of(m.visits), nullptr, request));
}

TEST(Decline, WithholdsIntervalsOfAFitThatDidNotConverge) {
  const Made m = made(false);
  const Table visits = table_of(m.visits);
  SlopeResult slopes = estimate_slopes(visits, {.id = "id", .time = "t", .outcome = "y"}).value();
  JointResult joint = estimate_joint(visits, nullptr, joint_request()).value();
  slopes.fit.converged = joint.fit.converged = false;
  const boost::json::object line = slope_json(slopes);
  const boost::json::object both = joint_json(joint);
  for (const auto* row : {&line.at("coefficients").at(1), &both.at("slope").at(0)}) {
    EXPECT_TRUE(row->at("estimate").is_double());
    for (const char* name : {"se", "p", "ci_low", "ci_high"}) {
      EXPECT_TRUE(row->at(name).is_null()) << name;
    }
  }
  EXPECT_TRUE(both.at("link").at(0).at("hazard_ratio").at("ci_low").is_null());
  EXPECT_NE(slope_text(slopes, "en").find("-          -  -\n"), std::string::npos)
      << slope_text(slopes, "en");
  EXPECT_NE(joint_text(joint, "en").find("-          -  -\n"), std::string::npos);
}

}  // namespace
}  // namespace thaw::effect
