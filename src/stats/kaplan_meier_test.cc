#include "stats/kaplan_meier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "stats/log_rank.h"
#include "stats/shared_csv.h"

namespace thaw::stats {
namespace {

struct People {
  std::vector<double> time, entry, weights;
  std::vector<std::uint8_t> event;
  std::vector<int> group;

  SurvivalData data() const { return {time, event, entry, weights}; }
  SurvivalData unweighted() const { return {time, event, entry, {}}; }
};

/// Tied times, censoring, weights 1 to 3, and late entry when asked for.
People people(std::uint64_t seed, int n, bool late_entry) {
  Random random(seed);
  People p;
  for (int i = 0; i < n; ++i) {
    p.time.push_back(2 + std::ceil(6 * random.exponential()));
    p.event.push_back(random.bernoulli(0.7) ? 1 : 0);
    p.weights.push_back(1 + static_cast<double>(random.index(3)));
    p.group.push_back(static_cast<int>(random.index(3)));
    if (late_entry) {
      p.entry.push_back(0.6 * p.time.back() * random.uniform());
    }
  }
  return p;
}

People replicated(const People& p) {
  People copy;
  for (std::size_t i = 0; i < p.time.size(); ++i) {
    for (int k = 0; k < static_cast<int>(p.weights[i]); ++k) {
      copy.time.push_back(p.time[i]);
      copy.event.push_back(p.event[i]);
      copy.group.push_back(p.group[i]);
      if (!p.entry.empty()) {
        copy.entry.push_back(p.entry[i]);
      }
    }
  }
  return copy;
}

/// The men (1) or women (2) of the lung study; event = death.
People lung(const SharedCsv& csv, double sex) {
  People p;
  for (std::size_t i = 0; i < csv.numbers("time").size(); ++i) {
    if (sex == 0 || csv.numbers("sex")[i] == sex) {
      p.time.push_back(csv.numbers("time")[i]);
      p.event.push_back(csv.numbers("status")[i] == 2 ? 1 : 0);
      p.group.push_back(csv.numbers("sex")[i] == 1 ? 0 : 1);
      p.weights.push_back(csv.numbers("age")[i] / 60);
    }
  }
  return p;
}

TEST(KaplanMeier, IsOneMinusTheEmpiricalDistributionWithoutCensoring) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    People p = people(seed, 30, false);
    std::ranges::fill(p.event, 1);
    const auto curve = kaplan_meier(p.unweighted()).value();
    for (const SurvivalPoint& point : curve.points) {
      const auto later = std::ranges::count_if(p.time, [&](double t) { return t > point.time; });
      const double share = static_cast<double>(later) / 30;
      EXPECT_NEAR(point.survival, share, 1e-12);
      EXPECT_NEAR(point.se, std::sqrt(share * (1 - share) / 30), 1e-12);
    }
    double mean = 0;
    for (const double t : p.time) {
      mean += std::min(t, 8.0) / 30;
    }
    EXPECT_NEAR(restricted_mean(curve, 8)->value, mean, 1e-12);
  }
}

TEST(KaplanMeier, TakesAWeightAsThatManyRows) {
  for (const bool late : {false, true}) {
    const People p = people(7, 40, late);
    const auto weighted = kaplan_meier(p.data()).value();
    const auto copied = kaplan_meier(replicated(p).data()).value();
    ASSERT_EQ(weighted.points.size(), copied.points.size());
    for (std::size_t k = 0; k < weighted.points.size(); ++k) {
      EXPECT_NEAR(weighted.points[k].survival, copied.points[k].survival, 1e-12);
      EXPECT_NEAR(weighted.points[k].se, copied.points[k].se, 1e-12);
      EXPECT_NEAR(weighted.points[k].low, copied.points[k].low, 1e-12);
    }
  }
}

TEST(KaplanMeier, HasTheSameRobustAndGreenwoodErrorWithoutWeights) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const People p = people(seed, 40, false);
    const auto greenwood = kaplan_meier(p.unweighted()).value();
    const auto robust = kaplan_meier(p.unweighted(), SurvivalVariance::kRobust).value();
    for (std::size_t k = 0; k < greenwood.points.size(); ++k) {
      EXPECT_NEAR(robust.points[k].se, greenwood.points[k].se, 1e-10) << seed << ' ' << k;
    }
  }
}

// The derivative of the curve by one row's weight, taken by moving it, is the row's influence.
TEST(KaplanMeier, HasTheInfluenceOfEachRowAsItsDerivative) {
  for (const bool late : {false, true}) {
    const People p = people(11, 25, late);
    const Vector at = survival_influence(p.data(), 9);
    const Vector mean = restricted_mean_influence(p.data(), 9);
    EXPECT_NEAR(at.sum(), 0, 1e-12);
    for (std::size_t i = 0; i < p.time.size(); ++i) {
      constexpr double kMove = 1e-6;
      People up = p;
      People down = p;
      up.weights[i] += kMove;
      down.weights[i] -= kMove;
      const auto high = kaplan_meier(up.data()).value();
      const auto low = kaplan_meier(down.data()).value();
      const auto row = static_cast<Eigen::Index>(i);
      EXPECT_NEAR(
          at[row],
          p.weights[i] * (survival_at(high, 9)->value - survival_at(low, 9)->value) / (2 * kMove),
          1e-6);
      EXPECT_NEAR(mean[row],
                  p.weights[i] *
                      (restricted_mean(high, 9)->value - restricted_mean(low, 9)->value) /
                      (2 * kMove),
                  1e-6);
    }
    const auto robust = kaplan_meier(p.data(), SurvivalVariance::kRobust).value();
    ASSERT_GT(survival_at(robust, 9)->value, 0);
    for (const SurvivalPoint& point : robust.points) {
      EXPECT_NEAR(point.se, survival_influence(p.data(), point.time).norm(), 1e-10) << point.time;
    }
  }
}

// By hand: entries 0, 0, 4; at 3 one of two dies, at 5 one of two, at 6 the last is censored.
TEST(KaplanMeier, CountsLateEntrantsOnlyFromTheirEntry) {
  const std::vector<double> time = {3, 5, 6};
  const std::vector<double> entry = {0, 0, 4};
  const std::vector<std::uint8_t> event = {1, 1, 0};
  const auto curve = kaplan_meier({time, event, entry}).value();
  ASSERT_EQ(curve.points.size(), 2U);
  EXPECT_EQ(curve.points[0].n_at_risk, 2U);
  EXPECT_DOUBLE_EQ(curve.points[0].survival, 0.5);
  EXPECT_EQ(curve.points[1].n_at_risk, 2U);
  EXPECT_DOUBLE_EQ(curve.points[1].survival, 0.25);
}

TEST(KaplanMeier, StaysAtOneWithoutEventsAndEndsAtZeroWithoutNaN) {
  const std::vector<double> time = {1, 2, 3};
  const auto none = kaplan_meier({time, std::vector<std::uint8_t>{0, 0, 0}}).value();
  EXPECT_TRUE(none.points.empty());
  EXPECT_EQ(survival_at(none, 3)->value, 1);
  EXPECT_FALSE(survival_at(none, 3.1));
  EXPECT_FALSE(median_time(none).value);
  EXPECT_FALSE(restricted_mean(none, 4));
  EXPECT_NEAR(restricted_mean(none, 3)->value, 3, 1e-15);
  for (const auto variance : {SurvivalVariance::kGreenwood, SurvivalVariance::kRobust}) {
    const auto all = kaplan_meier({time, std::vector<std::uint8_t>{1, 1, 1}}, variance).value();
    EXPECT_EQ(all.points.back().survival, 0);
    EXPECT_EQ(all.points.back().low, 0);
    EXPECT_GT(all.points.back().high, 0);
    EXPECT_EQ(survival_at(all, 100)->value, 0);
    EXPECT_NEAR(restricted_mean(all, 100)->value, 2, 1e-12);
  }
}

TEST(KaplanMeier, RefusesRowsThatAreNoSurvivalTimes) {
  const std::vector<double> time = {1, 2};
  const std::vector<std::uint8_t> event = {1, 0};
  EXPECT_FALSE(kaplan_meier({{}, {}}));
  EXPECT_FALSE(kaplan_meier({time, std::vector<std::uint8_t>{1, 2}}));
  EXPECT_FALSE(kaplan_meier({time, event, std::vector<double>{0, 2}}));
  EXPECT_FALSE(kaplan_meier({time, event, {}, std::vector<double>{0, 0}}));
  EXPECT_FALSE(kaplan_meier({time, event, {}, std::vector<double>{1, -1}}));
  EXPECT_FALSE(kaplan_meier({std::vector<double>{1, std::nan("")}, event}));
}

// R survival 3.5-3: survfit of lung by sex, summary at days 11, 270, 800; survfit(weights = age /
// 60, robust = TRUE); print(fit, rmean = 365).
TEST(KaplanMeier, AgreesWithRsSurvfitOnTheLungStudy) {
  THAW_SHARED_CSV(csv, "causal/survival/cancer.csv");
  const People men = lung(csv, 1);
  const auto log =
      kaplan_meier(men.unweighted(), SurvivalVariance::kGreenwood, SurvivalInterval::kLog).value();
  const auto log_log = kaplan_meier(men.unweighted()).value();
  const double expected[3][7] = {
      {11, 0.9782608695652, 0.0124139182765, 0.9542301162492, 1, 0.9341215825252, 0.992936557511},
      {270, 0.4936987683370, 0.0436120481982, 0.4152112791275, 0.587022766746, 0.4057365786283,
       0.575628974019},
      {800, 0.0669635068003, 0.0258525310873, 0.0314206886203, 0.142712061380, 0.0279653627559,
       0.129562598092}};
  for (const auto& row : expected) {
    const auto at = survival_at(log, row[0]).value();
    EXPECT_NEAR(at.value, row[1], 1e-10);
    EXPECT_NEAR(at.se, row[2], 1e-10);
    EXPECT_NEAR(at.low, row[3], 1e-10);
    EXPECT_NEAR(at.high, row[4], 1e-10);
    EXPECT_NEAR(survival_at(log_log, row[0])->low, row[5], 1e-10);
    EXPECT_NEAR(survival_at(log_log, row[0])->high, row[6], 1e-10);
  }
  const MedianTime median = median_time(log_log);
  EXPECT_EQ(median.value, 270);
  EXPECT_EQ(median.low, 210);
  EXPECT_EQ(median.high, 306);
  EXPECT_EQ(median_time(log).low, 212);
  EXPECT_EQ(median_time(log).high, 310);
  const auto women = kaplan_meier(lung(csv, 2).unweighted()).value();
  EXPECT_EQ(median_time(women).value, 426);
  EXPECT_NEAR(restricted_mean(log, 365)->value, 241.495085192057, 1e-8);
  EXPECT_NEAR(restricted_mean(log, 365)->se, 10.3582264911, 1e-8);
  EXPECT_NEAR(restricted_mean(women, 365)->value, 297.465409532037, 1e-8);
  EXPECT_NEAR(restricted_mean(women, 365)->se, 10.7913239788, 1e-8);
  const auto robust = kaplan_meier(lung(csv, 0).data(), SurvivalVariance::kRobust).value();
  EXPECT_NEAR(survival_at(robust, 270)->value, 0.5719008039630, 1e-10);
  EXPECT_NEAR(survival_at(robust, 270)->se, 0.0341427378277, 1e-10);
  EXPECT_NEAR(survival_at(robust, 800)->se, 0.0236518462786, 1e-10);
}

// R survival 3.5-3: survfit(Surv(start, stop, event)) of the transplanted rows of heart.
TEST(KaplanMeier, AgreesWithRsSurvfitUnderLateEntry) {
  THAW_SHARED_CSV(csv, "causal/survival/heart.csv");
  People p;
  for (std::size_t i = 0; i < csv.numbers("stop").size(); ++i) {
    if (csv.numbers("transplant")[i] == 1) {
      p.time.push_back(csv.numbers("stop")[i]);
      p.entry.push_back(csv.numbers("start")[i]);
      p.event.push_back(csv.numbers("event")[i] == 1 ? 1 : 0);
    }
  }
  const auto curve = kaplan_meier(p.data()).value();
  EXPECT_NEAR(survival_at(curve, 10)->value, 0.909090909091, 1e-10);
  EXPECT_NEAR(survival_at(curve, 50)->value, 0.684908448851, 1e-10);
  EXPECT_NEAR(survival_at(curve, 50)->se, 0.0974915981051, 1e-10);
  EXPECT_NEAR(survival_at(curve, 300)->value, 0.357687850385, 1e-10);
  EXPECT_NEAR(survival_at(curve, 300)->se, 0.0691898686560, 1e-10);
}

// R survival 3.5-3: survdiff of lung by sex, rho = 0 and 1.
TEST(LogRank, AgreesWithRsSurvdiffOnTheLungStudy) {
  THAW_SHARED_CSV(csv, "causal/survival/cancer.csv");
  const People p = lung(csv, 0);
  const auto test = log_rank(p.unweighted(), p.group).value();
  EXPECT_DOUBLE_EQ(test.observed[0], 112);
  EXPECT_DOUBLE_EQ(test.observed[1], 53);
  EXPECT_NEAR(test.expected[0], 91.5817390295728, 1e-9);
  EXPECT_NEAR(test.var(0, 0), 40.3714339796426, 1e-9);
  EXPECT_NEAR(test.var(0, 1), -40.3714339796426, 1e-9);
  EXPECT_NEAR(test.chi_squared, 10.3267419548856, 1e-9);
  EXPECT_NEAR(test.p, 0.00131, 5e-6);
  EXPECT_NEAR(log_rank(p.unweighted(), p.group, 1)->chi_squared, 12.7141514011575, 1e-9);
}

TEST(LogRank, DoesNotDependOnWeightsAsRowsOrOnNames) {
  for (const bool late : {false, true}) {
    const People p = people(5, 60, late);
    const People copy = replicated(p);
    const auto base = log_rank(p.data(), p.group).value();
    EXPECT_NEAR(log_rank(copy.data(), copy.group)->chi_squared, base.chi_squared, 1e-9);
    std::vector<int> renamed;
    for (const int g : p.group) {
      renamed.push_back(2 - g);
    }
    EXPECT_NEAR(log_rank(p.data(), renamed)->chi_squared, base.chi_squared, 1e-9);
    EXPECT_NEAR(base.observed[0] + base.observed[1] + base.observed[2],
                base.expected[0] + base.expected[1] + base.expected[2], 1e-9);
  }
}

TEST(LogRank, RefusesOneGroupAndNothingToCompare) {
  const std::vector<double> time = {1, 2, 3};
  const std::vector<std::uint8_t> event = {1, 1, 0};
  EXPECT_FALSE(log_rank({time, event}, std::vector<int>{0, 0, 0}));
  EXPECT_FALSE(log_rank({time, event}, std::vector<int>{0, 2, 0}));
  EXPECT_FALSE(log_rank({time, event}, std::vector<int>{0, -1, 1}));
  EXPECT_FALSE(log_rank({time, event}, std::vector<int>{0, 1}));
  EXPECT_FALSE(log_rank({time, std::vector<std::uint8_t>{0, 0, 0}}, std::vector<int>{0, 1, 1}));
}

}  // namespace
}  // namespace thaw::stats
