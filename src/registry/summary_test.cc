#include "registry/summary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cmath>

#include "registry/profile.h"
#include "registry/summary_json.h"
#include "registry/synthesize.h"
#include "registry/synthesize_person.h"

namespace thaw::registry {
namespace {

const RegistryData& synthetic() {
  static const RegistryData data = synthesize({.people = 6000, .seed = 12})->data;
  return data;
}

TEST(Summary, EveryVariableHasEachPersonOnceUnlessHidden) {
  const Summary summary = summarize_registry(synthetic());
  EXPECT_EQ(summary.people.count, 6000);
  EXPECT_TRUE(summary.synthetic);
  EXPECT_EQ(summary.counts.size(), 8U);
  for (const VariableCounts& variable : summary.counts) {
    std::int64_t shown = 0;
    std::int64_t hidden = 0;
    for (const LevelCell& level : variable.levels) {
      shown += level.count.count.value_or(0);
      hidden += level.count.hidden ? 1 : 0;
      EXPECT_TRUE(level.count.hidden || *level.count.count == 0 || *level.count.count >= 11)
          << variable.variable << " " << level.value;
      EXPECT_FALSE(level.label.en.empty() || level.label.zh.empty());
    }
    EXPECT_TRUE(hidden == 0 ? shown == 6000 : hidden >= 2 && shown <= 6000 - 11)
        << variable.variable;
  }
}

// The curve of people who had to live long enough to join must be that of all people from onset:
// the generator knows both. Without late entry the median would be far too long.
TEST(Summary, SurvivalFromOnsetIsThatOfAllPeopleThoughOnlySurvivorsJoin) {
  const Summary summary = summarize_registry(synthetic());
  ASSERT_TRUE(summary.survival && summary.survival->median);
  std::vector<double> months;
  for (std::uint64_t i = 0; i < 20000; ++i) {
    Random random(99, i);
    months.push_back(draw_course(random, profile_of(Population::kChina)).months_to_death());
  }
  std::ranges::sort(months);
  const double median = months[months.size() / 2];
  // Longer delay goes with longer survival, which late entry alone cannot put right, and a third
  // is treated: within a fifth.
  EXPECT_NEAR(summary.survival->median->value / median, 1, 0.2);
  double before = 1;
  for (const CurvePoint& p : summary.survival->points) {
    EXPECT_LE(p.survival, before);
    EXPECT_TRUE(p.low <= p.survival && p.survival <= p.high);
    EXPECT_GE(p.at_risk, 11U);
    before = p.survival;
  }
}

TEST(Summary, DeclineAndSlopesGoDownAndTheirQuantilesAreInOrder) {
  const Summary summary = summarize_registry(synthetic());
  ASSERT_GE(summary.decline.size(), 10U);
  EXPECT_EQ(summary.decline[0].month, 0);
  EXPECT_EQ(summary.decline[0].q50, 0);
  for (const DeclinePoint& p : summary.decline) {
    EXPECT_TRUE(p.q10 <= p.q25 && p.q25 <= p.q50 && p.q50 <= p.q75 && p.q75 <= p.q90);
    EXPECT_GE(p.n, 11U);
  }
  EXPECT_LT(summary.decline[4].q50, -4);  // a year at about a point a month
  ASSERT_TRUE(summary.slope);
  EXPECT_LT(summary.slope->q50, -0.5);
  ASSERT_TRUE(summary.slope->q5 && summary.slope->q95);
  EXPECT_TRUE(summary.slope->q5 < summary.slope->q25 && summary.slope->q75 < summary.slope->q95);
}

// Of 300 people a quarter sees a few deaths. What is done is counted here from the histories.
TEST(Summary, BetweenTwoPointsOfTheCurveAtLeastElevenDiedAndNotAFewLeft) {
  RegistryData data = synthetic();
  data.people.resize(300);
  const Summary summary = summarize_registry(data);
  ASSERT_TRUE(summary.survival);
  const auto& points = summary.survival->points;
  ASSERT_GE(points.size(), 4U);
  EXPECT_EQ(points.front().survival, 1);
  bool merged = false;
  for (std::size_t i = 1; i < points.size(); ++i) {
    int died = 0;
    int left = 0;
    for (const History& history : data.people) {
      const auto death = death_of(history);
      const Day onset = middle_day(*history.person.onset);
      const double time = months_between(onset, death ? middle_day(*death) : data.manifest.as_of);
      const bool in = time > points[i - 1].month && time <= points[i].month &&
                      time > months_between(onset, history.reports.front().assessed);
      died += in && death ? 1 : 0;
      left += in && !death ? 1 : 0;
    }
    EXPECT_GE(died, 11) << points[i].month;
    EXPECT_TRUE(left == 0 || left >= 11) << points[i].month;
    EXPECT_TRUE(points[i].at_risk == 11 || points[i].at_risk % 10 == 0) << points[i].at_risk;
    merged = merged || points[i].month - points[i - 1].month > 3;
  }
  EXPECT_TRUE(merged);
  EXPECT_TRUE(summary.survival->n % 10 == 0 && summary.survival->events % 10 == 0);
}

TEST(Summary, AQuantileHasElevenPeopleBeyondIt) {
  RegistryData data = synthetic();
  const auto decline_at_zero = [&](std::size_t people) -> std::optional<DeclinePoint> {
    data.people.resize(people);
    const Summary summary = summarize_registry(data);
    return summary.decline.empty() ? std::nullopt : std::optional(summary.decline[0]);
  };
  const auto many = decline_at_zero(110);
  ASSERT_TRUE(many);
  EXPECT_TRUE(many->q10 && many->q90);
  EXPECT_EQ(many->n, 110U);
  const auto fewer = decline_at_zero(109);
  ASSERT_TRUE(fewer);
  EXPECT_TRUE(!fewer->q10 && !fewer->q90 && fewer->q25 && fewer->q75);
  EXPECT_EQ(fewer->n, 100U);
  EXPECT_TRUE(decline_at_zero(44)->q25);
  const auto few = decline_at_zero(43);
  EXPECT_TRUE(few && !few->q25 && !few->q75);
  const auto document = people_document(summarize_registry(data));
  EXPECT_TRUE(document.at("decline").at("points").at(0).at("q25").is_null());
  EXPECT_TRUE(document.at("reports_per_person").at("q75").is_null());
  EXPECT_TRUE(decline_at_zero(22));
  EXPECT_FALSE(decline_at_zero(21));
}

TEST(Summary, OfAFewPeopleShowsNothingThatCouldBeOneOfThem) {
  RegistryData few = synthetic();
  few.people.resize(8);
  const Summary summary = summarize_registry(few);
  EXPECT_TRUE(summary.people.hidden);
  for (const VariableCounts& variable : summary.counts) {
    for (const LevelCell& level : variable.levels) {
      EXPECT_FALSE(level.count.count.value_or(0) > 0);
    }
  }
  EXPECT_FALSE(summary.survival);
  EXPECT_FALSE(summary.slope);
  EXPECT_FALSE(summary.reports_per_person);
  EXPECT_TRUE(summary.decline.empty());
}

TEST(Summary, OfNobodyIsEmpty) {
  const Summary summary = summarize_registry({});
  EXPECT_EQ(summary.people.count, 0);
  EXPECT_FALSE(summary.survival);
}

TEST(PeopleDocument, HasTheKeysOfTheContract) {
  const auto document = people_document(summarize_registry(synthetic()));
  for (const char* key : {"synthetic", "people", "floor", "as_of", "counts", "age_at_onset",
                          "survival", "decline", "slope", "reports_per_person"}) {
    EXPECT_TRUE(document.contains(key)) << key;
    EXPECT_TRUE(people_document_without_registry().contains(key)) << key;
  }
  EXPECT_EQ(document.at("floor").as_int64(), 11);
  EXPECT_EQ(document.at("as_of").as_string(), "2026-01-01");
  EXPECT_EQ(document.at("survival").at("from").as_string(), "onset");
  EXPECT_EQ(document.at("age_at_onset").as_array().size(), 16U);
}

TEST(PeopleDocument, PrintsNoCountOfOneToTen) {
  RegistryData few = synthetic();
  few.people.resize(60);
  const auto document = people_document(summarize_registry(few));
  for (const auto& variable : document.at("counts").as_array()) {
    for (const auto& level : variable.at("levels").as_array()) {
      const auto& count = level.at("count");
      EXPECT_TRUE(count.is_null() || count.to_number<int>() == 0 || count.to_number<int>() >= 11);
      EXPECT_EQ(count.is_null(), level.at("hidden").as_bool());
    }
  }
}

}  // namespace
}  // namespace thaw::registry
