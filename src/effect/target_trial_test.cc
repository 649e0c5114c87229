#include "effect/target_trial.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "stats/cox.h"
#include "stats/kaplan_meier.h"

namespace thaw::effect {
namespace {

constexpr double kEnd = 48;  // months, when every made-up trial is closed

struct World {
  Table table;
  double hazard_ratio;  // marginal, from both potential outcomes of the same people
  double survival_difference;
  double rmst_difference;
};

/// `n` people; the sicker are treated more; treatment multiplies the hazard by 0.6 given x and adds
/// 0.3 to the slope. Truth from a large copy of the same law.
World world(std::uint64_t seed, std::size_t n, std::size_t truth_n) {
  Random random(seed);
  const auto death = [&](double x, double a, double u) {
    return u / (0.03 * std::exp(0.8 * x + std::log(0.6) * a));
  };
  std::vector<double> x, a, months, slope;
  std::vector<std::uint8_t> event;
  for (std::size_t i = 0; i < n; ++i) {
    x.push_back(random.normal());
    a.push_back(random.bernoulli(1 / (1 + std::exp(-0.9 * x[i]))) ? 1 : 0);
    const double dies = death(x[i], a[i], random.exponential());
    const double leaves = std::min(kEnd, 150 * random.exponential());
    months.push_back(std::min(dies, leaves));
    event.push_back(dies <= leaves ? 1 : 0);
    slope.push_back(-1 - 0.5 * x[i] + 0.3 * a[i] + 0.4 * random.normal());
  }
  World w;
  EXPECT_TRUE(w.table.add_column(Column::real("x", x)));
  EXPECT_TRUE(w.table.add_column(Column::boolean("treated", {a.begin(), a.end()})));
  EXPECT_TRUE(w.table.add_column(Column::real("months", months)));
  EXPECT_TRUE(w.table.add_column(Column::boolean("died", event)));
  EXPECT_TRUE(w.table.add_column(Column::real("slope", slope)));
  if (truth_n == 0) {
    return w;
  }
  std::vector<double> time[2], arm;
  std::vector<std::uint8_t> dead[2];
  for (std::size_t i = 0; i < truth_n; ++i) {
    const double severity = random.normal();
    const double u = random.exponential();
    const double leaves = std::min(kEnd, 150 * random.exponential());
    for (const int k : {0, 1}) {
      const double dies = death(severity, k, u);
      time[k].push_back(std::min(dies, leaves));
      dead[k].push_back(dies <= leaves ? 1 : 0);
    }
  }
  const auto curve0 = stats::kaplan_meier({time[0], dead[0]}).value();
  const auto curve1 = stats::kaplan_meier({time[1], dead[1]}).value();
  w.survival_difference =
      stats::survival_at(curve1, 24)->value - stats::survival_at(curve0, 24)->value;
  w.rmst_difference =
      stats::restricted_mean(curve1, 24)->value - stats::restricted_mean(curve0, 24)->value;
  stats::Matrix both(static_cast<Eigen::Index>(2 * truth_n), 1);
  both << stats::Vector::Zero(static_cast<Eigen::Index>(truth_n)),
      stats::Vector::Ones(static_cast<Eigen::Index>(truth_n));
  time[0].insert(time[0].end(), time[1].begin(), time[1].end());
  dead[0].insert(dead[0].end(), dead[1].begin(), dead[1].end());
  w.hazard_ratio = std::exp(stats::fit_cox(both, {time[0], dead[0]})->coef[0]);
  return w;
}

TargetTrialSpec spec() {
  TargetTrialSpec s;
  s.treatment = "treated";
  s.months = "months";
  s.event = "died";
  s.covariates = "x";
  s.outcome = "slope";
  return s;
}

bool covers(const Estimate& e, double truth) {
  return e.ci_low <= truth && truth <= e.ci_high;
}

// Law: over made-up registries the weighted estimates cover the marginal truth, the naive does not.
TEST(TargetTrial, CoversTheTruthWhereTheNaiveComparisonIsWrong) {
  const World truth = world(999, 10, 100000);
  EXPECT_GT(truth.hazard_ratio, 0.6);  // marginal: nearer to 1 than the conditional 0.6
  int ratio = 0, ratio_estimated = 0, survival = 0, mean = 0, slope = 0, naive = 0;
  constexpr int kRegistries = 60;
  for (int seed = 0; seed < kRegistries; ++seed) {
    const World w = world(static_cast<std::uint64_t>(seed), 1500, 0);
    const auto result = emulate_target_trial(w.table, spec());
    ASSERT_TRUE(result) << result.error().message;
    ASSERT_TRUE(result->outcome_difference) << result->outcome_problem;
    ratio += covers(result->hazard_ratio, truth.hazard_ratio) ? 1 : 0;
    survival += covers(result->survival_difference, truth.survival_difference) ? 1 : 0;
    mean += covers(result->rmst_difference, truth.rmst_difference) ? 1 : 0;
    slope += covers(*result->outcome_difference, 0.3) ? 1 : 0;
    naive += covers(result->naive_hazard_ratio, truth.hazard_ratio) ? 1 : 0;
    TargetTrialSpec less = spec();
    less.weights_as_estimated = true;
    const auto narrow = emulate_target_trial(w.table, less).value();
    EXPECT_LE(narrow.hazard_ratio.se, result->hazard_ratio.se);
    ratio_estimated += covers(narrow.hazard_ratio, truth.hazard_ratio) ? 1 : 0;
  }
  EXPECT_GE(ratio, 54);
  EXPECT_GE(survival, 54);
  EXPECT_GE(mean, 54);
  EXPECT_GE(slope, 52);
  EXPECT_GE(ratio_estimated, 51);
  EXPECT_EQ(naive, 0);
}

TEST(TargetTrial, CarriesItsBalanceAndCounts) {
  const World w = world(1, 800, 0);
  const auto result = emulate_target_trial(w.table, spec()).value();
  EXPECT_EQ(result.people, 800U);
  EXPECT_EQ(result.treated + result.untreated, 800U);
  const Diagnostics& d = result.hazard_ratio.diagnostics;
  ASSERT_EQ(d.balance.size(), 1U);
  EXPECT_EQ(d.balance[0].term, "x");
  EXPECT_GT(d.balance[0].before, 0.5);
  EXPECT_LT(std::fabs(d.balance[0].after), 0.1);
  EXPECT_GT(d.effective_n, 300);
  EXPECT_LT(d.effective_n, 800);
  EXPECT_GT(result.e_value.value, 1);
  EXPECT_EQ(result.hazard_ratio.unit, "HR");
  EXPECT_FALSE(result.treated_curve.empty());
  for (std::size_t k = 1; k < result.treated_curve.size(); ++k) {
    EXPECT_LE(result.treated_curve[k].survival, result.treated_curve[k - 1].survival);
  }
}

TEST(TargetTrial, IsTheSameInAnyRowOrder) {
  const World w = world(2, 500, 0);
  std::vector<std::size_t> turned;
  for (std::size_t i = 500; i-- > 0;) {
    turned.push_back(i);
  }
  const auto base = emulate_target_trial(w.table, spec()).value();
  const auto other = emulate_target_trial(w.table.take(turned), spec()).value();
  EXPECT_NEAR(base.hazard_ratio.estimate, other.hazard_ratio.estimate, 1e-10);
  EXPECT_NEAR(base.hazard_ratio.se, other.hazard_ratio.se, 1e-10);
  EXPECT_NEAR(base.survival_difference.se, other.survival_difference.se, 1e-10);
  EXPECT_NEAR(base.rmst_difference.estimate, other.rmst_difference.estimate, 1e-10);
}

TEST(TargetTrial, GivesTheReciprocalWhenTheArmsSwap) {
  const World w = world(3, 500, 0);
  std::vector<std::uint8_t> swapped;
  for (const std::uint8_t a : w.table.find("treated")->booleans()) {
    swapped.push_back(a == 0 ? 1 : 0);
  }
  Table table;
  for (const Column& column : w.table.columns()) {
    ASSERT_TRUE(table.add_column(column.name() == "treated" ? Column::boolean("treated", swapped)
                                                            : column));
  }
  const auto base = emulate_target_trial(w.table, spec()).value();
  const auto other = emulate_target_trial(table, spec()).value();
  EXPECT_NEAR(base.hazard_ratio.estimate * other.hazard_ratio.estimate, 1, 1e-8);
  EXPECT_NEAR(base.hazard_ratio.ci_low * other.hazard_ratio.ci_high, 1, 1e-8);
  EXPECT_NEAR(base.survival_difference.estimate, -other.survival_difference.estimate, 1e-8);
  EXPECT_NEAR(base.rmst_difference.se, other.rmst_difference.se, 1e-8);
}

TEST(TargetTrial, CutsFollowUpWhereTold) {
  const World w = world(4, 500, 0);
  TargetTrialSpec cut = spec();
  cut.follow_up_max_months = 24;
  std::vector<double> months = w.table.numeric("months").value();
  const auto died = w.table.find("died")->booleans();
  std::vector<std::uint8_t> event(died.begin(), died.end());
  for (std::size_t i = 0; i < months.size(); ++i) {
    event[i] = months[i] <= 24 ? event[i] : 0;
    months[i] = std::min(months[i], 24.0);
  }
  Table by_hand;
  for (const Column& column : w.table.columns()) {
    ASSERT_TRUE(by_hand.add_column(column.name() == "months" ? Column::real("months", months)
                                   : column.name() == "died" ? Column::boolean("died", event)
                                                             : column));
  }
  const auto told = emulate_target_trial(w.table, cut).value();
  const auto expected = emulate_target_trial(by_hand, spec()).value();
  EXPECT_EQ(told.events, expected.events);
  EXPECT_DOUBLE_EQ(told.hazard_ratio.estimate, expected.hazard_ratio.estimate);
  const auto whole = emulate_target_trial(w.table, spec()).value();
  EXPECT_NEAR(told.survival_difference.estimate, whole.survival_difference.estimate, 1e-12);
}

TEST(TargetTrial, RefusesWhatItCannotAnswer) {
  const World w = world(5, 200, 0);
  const auto message = [&](const TargetTrialSpec& s) {
    const auto result = emulate_target_trial(w.table, s);
    return result ? std::string() : result.error().message;
  };
  TargetTrialSpec s = spec();
  s.horizon_months = 60;
  EXPECT_NE(message(s).find("horizon"), std::string::npos);
  s.horizon_months = 0;
  EXPECT_NE(message(s).find("above 0"), std::string::npos);
  s = spec();
  s.follow_up_max_months = 12;
  EXPECT_NE(message(s).find("does not reach"), std::string::npos);
  s.follow_up_max_months = 0.0001;
  s.horizon_months = 0.0001;
  EXPECT_NE(message(s).find("events among"), std::string::npos);
  s = spec();
  s.treatment = "slope";
  EXPECT_NE(message(s).find("0 or 1"), std::string::npos);
  s = spec();
  s.months = "x";
  EXPECT_NE(message(s).find("above 0"), std::string::npos);
  s = spec();
  s.outcome = "nothing";
  EXPECT_NE(message(s).find("nothing"), std::string::npos);
  s = spec();
  s.covariates = "y";
  EXPECT_NE(message(s).find("y"), std::string::npos);
}

TEST(TargetTrial, SaysWhenCovariatesForetellTreatment) {
  World w = world(6, 300, 0);
  ASSERT_TRUE(w.table.add_column(Column::real("copy", w.table.numeric("treated").value())));
  TargetTrialSpec s = spec();
  s.covariates = "x + copy";
  const auto result = emulate_target_trial(w.table, s);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_FALSE(result->hazard_ratio.converged);
  EXPECT_FALSE(result->rmst_difference.converged);
  EXPECT_TRUE(std::isfinite(result->hazard_ratio.estimate));
  EXPECT_FALSE(result->outcome_difference);
  EXPECT_FALSE(result->outcome_problem.empty());
}

}  // namespace
}  // namespace thaw::effect
