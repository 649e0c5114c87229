#include "evidence/calibration.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "evidence/test_knowledge.h"
#include "evidence/weigh.h"

namespace thaw::evidence {
namespace {

GradedItem graded(const std::string& claim, const std::string& paper, int direction,
                  const std::string& kind = "animal", const std::string& unit = "d") {
  return {.unit = unit, .claim = claim, .paper = paper, .kind = kind, .direction = direction};
}

TEST(GradedCases, EveryPaperOfAClaimIsHeldOutOnce) {
  const auto cases = graded_cases(
      {graded("a", "1", 1), graded("a", "2", -1), graded("a", "3", 0), graded("alone", "4", 1)});
  ASSERT_EQ(cases.size(), 3U);
  EXPECT_TRUE(cases[0].supports);
  EXPECT_FALSE(cases[1].supports);
  EXPECT_FALSE(cases[2].supports);
  for (const auto& one : cases) {
    EXPECT_EQ(one.others.size(), 2U);
  }
}

TEST(GradedCases, TwoItemsOfOnePaperAreOneFinding) {
  const auto cases = graded_cases({graded("a", "1", 1), graded("a", "1", 1), graded("a", "2", 1)});
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[1].others.size(), 1U);
}

TEST(GradedCases, OneClaimOfTwoDiseasesIsTwoClaims) {
  EXPECT_TRUE(
      graded_cases({graded("a", "1", 1, "animal", "d1"), graded("a", "2", 1, "animal", "d2")})
          .empty());
}

/// Cases drawn from known caps: what is fitted must come back.
std::vector<GradedCase> drawn(Random& random, std::size_t count, double prior,
                              const std::map<std::string, double>& caps) {
  std::vector<GradedCase> out;
  std::vector<std::string> kinds;
  for (const auto& [kind, cap] : caps) {
    kinds.push_back(kind);
  }
  for (std::size_t i = 0; i < count; ++i) {
    GradedCase one{.unit = "d" + std::to_string(i % 40)};
    for (std::size_t k = 0; k < 1 + random.index(4); ++k) {
      one.others.push_back(graded("a", std::to_string(k), random.bernoulli(0.5) ? 1 : -1,
                                  kinds[random.index(kinds.size())]));
    }
    one.supports = random.bernoulli(fitted_belief(one, {prior, caps}));
    out.push_back(std::move(one));
  }
  return out;
}

TEST(FitCaps, CapsThatMadeTheDataComeBack) {
  Random random(5);
  const std::map<std::string, double> truth = {{"animal", 2.0}, {"in_vitro", 0.4}};
  const auto cases = drawn(random, 20'000, 0.3, truth);
  const auto fitted = fit_caps(cases, test_parameters(), 0.01).value();
  EXPECT_NEAR(fitted.prior_nats, 0.3, 0.06);
  EXPECT_NEAR(fitted.cap.at("animal"), 2.0, 0.15);
  EXPECT_NEAR(fitted.cap.at("in_vitro"), 0.4, 0.15);
}

TEST(FitCaps, AStrongRidgeKeepsTheStartingCaps) {
  Random random(6);
  const auto start = test_parameters();
  const auto cases = drawn(random, 500, 0, {{"animal", 3.0}});
  EXPECT_NEAR(fit_caps(cases, start, 1e9).value().cap.at("animal"), start.cap.at("animal"), 1e-3);
  EXPECT_GT(fit_caps(cases, start, 0.01).value().cap.at("animal"), 1.5);
  EXPECT_FALSE(fit_caps({}, start, 1));
}

TEST(FitCaps, ACapIsNeverBelowZero) {
  Random random(7);
  auto cases = drawn(random, 800, 0, {{"animal", 2.0}});
  for (auto& one : cases) {
    one.supports = !one.supports;  // the evidence now speaks the wrong way round
  }
  EXPECT_GE(fit_caps(cases, test_parameters(), 0.01).value().cap.at("animal"), 0);
}

TEST(Reliability, AFormulaThatKnowsHasNoMissAndOneThatGuessesAQuarter) {
  Random random(8);
  const auto cases = drawn(random, 400, 0, {{"animal", 1.0}});
  std::vector<double> right;
  for (const auto& one : cases) {
    right.push_back(one.supports ? 1 : 0);
  }
  const std::vector<double> half(cases.size(), 0.5);
  const auto perfect = reliability("p", cases, right, half, 1);
  EXPECT_EQ(perfect.brier, 0);
  EXPECT_NEAR(perfect.better, 0.25, 1e-12);
  EXPECT_EQ(perfect.bins.size(), 2U);
  const auto guess = reliability("g", cases, half, half, 1);
  EXPECT_NEAR(guess.brier, 0.25, 1e-12);
  EXPECT_NEAR(guess.log_loss, std::log(2), 1e-12);
  ASSERT_EQ(guess.bins.size(), 1U);
  EXPECT_LT(guess.bins[0].low, guess.bins[0].observed);
  EXPECT_GT(guess.bins[0].high, guess.bins[0].observed);
}

// Wilson 1927: 8 of 10 gives 0.490 to 0.943.
TEST(Reliability, TheIntervalOfABinIsWilsons) {
  std::vector<GradedCase> cases(10);
  for (std::size_t i = 0; i < 8; ++i) {
    cases[i].supports = true;
  }
  const std::vector<double> p(10, 0.75);
  const auto curve = reliability("x", cases, p, p, 1);
  EXPECT_NEAR(curve.bins[0].low, 0.4902, 5e-5);
  EXPECT_NEAR(curve.bins[0].high, 0.9433, 5e-5);
}

TEST(Calibrate, TheSameSeedGivesTheSameFigures) {
  Random random(9);
  const auto start = test_parameters();
  const auto cases = drawn(random, 600, 1, {{"animal", 2.0}, {"review", 0.5}});
  const auto one = calibrate(cases, start, 5, 3).value();
  const auto two = calibrate(cases, start, 5, 3).value();
  ASSERT_EQ(one.curves.size(), 8U);
  for (std::size_t i = 0; i < one.curves.size(); ++i) {
    EXPECT_EQ(one.curves[i].brier, two.curves[i].brier);
    EXPECT_EQ(one.curves[i].brier_low, two.curves[i].brier_low);
    EXPECT_LE(one.curves[i].brier_low, one.curves[i].brier);
    EXPECT_GE(one.curves[i].brier_high, one.curves[i].brier);
  }
  EXPECT_FALSE(calibrate(cases, start, 41, 3));  // more parts than diseases
}

// Caps that are right already leave nothing to gain; wrong ones do.
TEST(Calibrate, FittedCapsAreCalledBetterOnlyWhenTheyAre) {
  Random random(10);
  const auto start = test_parameters();
  const auto right =
      drawn(random, 3000, 0.5,
            {{"animal", start.cap.at("animal")}, {"in_vitro", start.cap.at("in_vitro")}});
  EXPECT_FALSE(calibrate(right, start, 5, 1).value().caps_better);
  const auto wrong = drawn(random, 3000, 0.5, {{"animal", 5.0}, {"in_vitro", 0.0}});
  EXPECT_TRUE(calibrate(wrong, start, 5, 1, 0.5).value().caps_better);
}

}  // namespace
}  // namespace thaw::evidence
