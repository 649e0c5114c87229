#include "evidence/strength.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "evidence/effect_scale.h"
#include "evidence/explain.h"
#include "evidence/test_knowledge.h"

namespace thaw::evidence {
namespace {

/// Strength of a lone item for its own sign, with smallest effect `d` on `scale`.
double nats_of(Item item, const std::string& scale, double d) {
  const Sign sign = item.sign;
  auto parameters = test_parameters();
  parameters.smallest_effect[scale] = d;
  const auto knowledge = knowledge_of({std::move(item)});
  return StrengthTable(knowledge.facts(), parameters, {}).of(0, sign).nats;
}

Item ratio_item(double value, double low, double high) {
  Item item = item_named("a");
  item.study_kind = "rct_confirmatory";
  item.relation = "extends";
  item.sign = Sign::kRaises;
  item.object = "thaw:survival";
  item.effect = PrintedEffect{.measure = "hazard_ratio", .value = value, .low = low, .high = high};
  item.effect->positive_means = Sign::kLowers;
  return item;
}

// Worked by hand: CENTAUR as printed, difference 0.42 points/month (0.03 to 0.81), d 0.25.
TEST(Strength, CentaurGivesItsWorkedValue) {
  Item item = slope_item("a", 0.42, 0.03, 0.81);
  EXPECT_NEAR(nats_of(item, "alsfrs_r_points_per_month", 0.25), 1.863, 0.0005);
  item.quality = 0.9;
  item.quality_reason = "as in the worked example";
  EXPECT_NEAR(nats_of(item, "alsfrs_r_points_per_month", 0.25), 1.676, 0.001);
}

// Worked by hand: a null printed only as n 664 and p 0.667, with one earlier trial of n 137.
TEST(Strength, PhoenixIsScoredAtZeroAndShowsTheRangeOverBothSigns) {
  Item centaur = slope_item("a", 0.42, 0.03, 0.81);
  centaur.n = 137;
  Item phoenix = item_named("b");
  phoenix.study_kind = "rct";
  phoenix.n = 664;
  phoenix.direction = Direction::kNoEffectSeen;
  phoenix.effect = PrintedEffect{.measure = "alsfrs_r_null", .p = 0.667};
  auto parameters = test_parameters();
  parameters.cap["rct_confirmatory"] = 20;  // as in the example's row "without it"
  const auto knowledge = knowledge_of({centaur, phoenix});
  const auto typical = typical_error(knowledge.facts(), "alsfrs_r_points_per_month", std::nullopt);
  ASSERT_TRUE(typical);
  EXPECT_EQ(typical->trials, 1U);
  const auto strength = StrengthTable(knowledge.facts(), parameters, {}).of(1, Sign::kLowers);
  EXPECT_NEAR(strength.nats, -3.825, 0.005);
  EXPECT_NEAR(strength.nats_low, -5.015, 0.01);
  EXPECT_NEAR(strength.nats_high, -2.635, 0.01);
}

// Worked by hand: tofersen, arimoclomol and riluzole as printed.
TEST(Strength, UnderpoweredNullsSayAlmostNothing) {
  Item valor = item_named("a");
  valor.study_kind = "rct";
  valor.effect =
      PrintedEffect{.measure = "alsfrs_r_rate_difference", .value = 1.2, .low = -3.2, .high = 5.5};
  valor.effect->positive_means = Sign::kLowers;
  EXPECT_NEAR(nats_of(valor, "alsfrs_r_points_per_month", 2), 0.08, 0.005);
  EXPECT_NEAR(nats_of(ratio_item(0.77, 0.32, 1.80), "log_ratio", -std::log(0.75)), 0.17, 0.005);
}

TEST(Strength, AnIntervalIsShownAsItIsPrinted) {
  const auto knowledge = knowledge_of({ratio_item(0.84, 0.698, 0.997)});
  const auto parameters = test_parameters();
  const StrengthTable table(knowledge.facts(), parameters, {});
  const auto strength = item_words(knowledge, table, 0, Sign::kRaises, table.of(0, Sign::kRaises));
  ASSERT_TRUE(strength.effect);
  EXPECT_NEAR(*strength.effect->value, 0.84, 1e-12);
  EXPECT_NEAR(*strength.effect->low, 0.698, 1e-12);
  EXPECT_NEAR(*strength.effect->high, 0.997, 1e-12);
  EXPECT_EQ(strength.effect->better, "lower");
}

TEST(Strength, TheSmallestEffectThatMattersDecidesWhatATrialSays) {
  EXPECT_NEAR(nats_of(ratio_item(0.84, 0.698, 0.997), "log_ratio", -std::log(0.85)), 1.83, 0.005);
  EXPECT_NEAR(nats_of(ratio_item(0.84, 0.698, 0.997), "log_ratio", -std::log(0.75)), 1.06, 0.005);
}

// A reader of prior 0.65, one curator for (+2.251) and one against (-1.253): 0.834 rounded, which
// shrinks CENTAUR's 1.676 to 1.532.
TEST(Strength, ADoubtfulReadingShrinksTowardsNothing) {
  const double faithful = logistic(logit(0.65) + 2.251 - 1.253);
  EXPECT_NEAR(faithful, 0.834, 0.0005);
  EXPECT_NEAR(discount_for_reading(1.676, faithful), 1.532, 0.001);
  EXPECT_NEAR(discount_for_reading(-1.676, faithful), -1.532, 0.001);
  EXPECT_DOUBLE_EQ(discount_for_reading(2, 0), 0);
  EXPECT_NEAR(discount_for_reading(2, 1), 2, 1e-12);
}

TEST(Strength, NoItemExceedsTheCapOfItsKindOfStudy) {
  const auto parameters = test_parameters();
  Random random(3);
  for (const auto& [kind, cap] : parameters.cap) {
    for (int i = 0; i < 50; ++i) {
      const double x = random.normal() * 3;
      Item item = slope_item("a", x, x - 0.05, x + 0.05);
      item.study_kind = kind;
      const auto knowledge = knowledge_of({item});
      for (const Sign sign : {Sign::kLowers, Sign::kRaises}) {
        const double nats = StrengthTable(knowledge.facts(), parameters, {}).of(0, sign).nats;
        EXPECT_LE(std::abs(nats), cap + 1e-12) << kind;
      }
    }
  }
}

TEST(Strength, AWiderIntervalAroundNothingOpposesLess) {
  double last = -1e9;
  for (const double half : {0.1, 0.2, 0.4, 0.8, 1.6, 6.4}) {
    Item item = slope_item("a", 0, -half, half);
    auto parameters = test_parameters();
    parameters.cap["rct_phase2"] = 1e9;
    const auto knowledge = knowledge_of({item});
    const double nats = StrengthTable(knowledge.facts(), parameters, {}).of(0, Sign::kLowers).nats;
    EXPECT_LT(nats, 0);
    EXPECT_GT(nats, last);
    last = nats;
  }
  EXPECT_NEAR(last, 0, 0.01);
}

TEST(Strength, ATrialIsConfirmatoryByPhaseOrBySize) {
  const auto parameters = test_parameters();
  Item item = item_named("a");
  item.study_kind = "rct";
  EXPECT_EQ(effective_kind(item, parameters), "rct_phase2");
  item.n = 199;
  EXPECT_EQ(effective_kind(item, parameters), "rct_phase2");
  item.n = 200;
  EXPECT_EQ(effective_kind(item, parameters), "rct_confirmatory");
  item.n = 20;
  item.phase = 3;
  EXPECT_EQ(effective_kind(item, parameters), "rct_confirmatory");
}

TEST(EffectScale, EveryPrintedFormOfOneEffectGivesTheSameEstimate) {
  // 24 weeks are 5.5195 months of 30.4375 days; a ratio of being alive is the inverse of death's.
  PrintedEffect change{
      .measure = "alsfrs_r_change_difference", .value = 2.32, .low = 0.18, .high = 4.47};
  change.weeks = 24;
  change.positive_means = Sign::kLowers;
  const auto from_change = natural_effect(change, std::nullopt);
  ASSERT_TRUE(from_change);
  EXPECT_NEAR(from_change->x, -2.32 / (168 / 30.4375), 1e-12);
  EXPECT_NEAR(from_change->se, 4.29 / 3.919928 / (168 / 30.4375), 1e-6);
  PrintedEffect alive{.measure = "odds_ratio", .value = 0.71, .low = 0.40, .high = 1.24};
  alive.positive_means = Sign::kRaises;
  PrintedEffect dead{.measure = "odds_ratio", .value = 1 / 0.71, .low = 1 / 1.24, .high = 1 / 0.40};
  dead.positive_means = Sign::kLowers;
  EXPECT_NEAR(natural_effect(alive, std::nullopt)->x, natural_effect(dead, std::nullopt)->x, 1e-12);
  EXPECT_NEAR(natural_effect(alive, std::nullopt)->se, natural_effect(dead, std::nullopt)->se,
              1e-12);
}

// By hand from 57/77 and 45/78 alive: ln((20/77)/(33/78)) and the delta-method error.
TEST(EffectScale, CountsGiveTheLogRiskRatioAndItsError) {
  PrintedEffect e{.measure = "event_counts"};
  e.active = {.n = 77, .events = 20};
  e.control = {.n = 78, .events = 33};
  e.positive_means = Sign::kLowers;
  const auto effect = natural_effect(e, std::nullopt);
  ASSERT_TRUE(effect);
  EXPECT_NEAR(effect->x, 0.48787, 1e-4);
  EXPECT_NEAR(effect->se, 0.23348, 1e-4);
}

TEST(EffectScale, CountsWithoutAnyErrorAreNoFigure) {
  PrintedEffect e{.measure = "event_counts"};
  e.active = {.n = 10, .events = 10};
  e.control = {.n = 10, .events = 10};
  EXPECT_FALSE(natural_effect(e, 20));
}

TEST(EffectScale, APValueAloneGivesTheErrorOfItsEstimate) {
  PrintedEffect e{.measure = "risk_ratio", .value = 0.65, .p = 0.002};
  e.positive_means = Sign::kLowers;
  const auto effect = natural_effect(e, std::nullopt);
  ASSERT_TRUE(effect);
  EXPECT_NEAR(effect->se, std::abs(std::log(0.65)) / 3.0902, 1e-4);
  EXPECT_FALSE(effect->interval_printed);
}

TEST(EffectScale, WhatHasNoNaturalScaleStaysQualitative) {
  EXPECT_FALSE(natural_effect({.measure = "other", .value = 205}, 41));
  EXPECT_FALSE(natural_effect({.measure = "alsfrs_r_null"}, std::nullopt));
  EXPECT_FALSE(natural_effect({.measure = "hazard_ratio", .value = -1}, 100));
}

}  // namespace
}  // namespace thaw::evidence
