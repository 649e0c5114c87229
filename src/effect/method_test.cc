#include "effect/method.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "effect/cross_fit.h"
#include "effect/made_people.h"

namespace thaw::effect {
namespace {

Settings by(Method method, Population population = Population::kAll) {
  Settings settings;
  settings.method = method;
  settings.population = population;
  return settings;
}

constexpr Method kAll[] = {Method::kOls,  Method::kGFormula, Method::kIpw, Method::kMatch,
                           Method::kAipw, Method::kTmle,     Method::kDml};
constexpr Method kArms[] = {Method::kGFormula, Method::kIpw, Method::kMatch, Method::kAipw,
                            Method::kTmle};

double se_of(const PointData& data, const MethodFit& fit) {
  return fit.se > 0 ? fit.se : influence_se(data, fit.influence);
}

// R 4.2.2 on lalonde: oracle/lalonde_estimates.json.
TEST(Methods, AgreeWithROnLalonde) {
  THAW_SHARED_PEOPLE(table, "cohort/lalonde.csv");
  const auto read = point_data(table, lalonde_question());
  ASSERT_TRUE(read) << read.error().message;
  const PointData& data = *read;
  const auto value = [&](const Settings& settings) { return fit_method(data, settings)->value; };
  const auto near = [](double got, double expected) {
    EXPECT_NEAR(got / expected, 1, 1e-6) << expected;
  };
  const auto ols = fit_method(data, by(Method::kOls)).value();
  near(ols.value, 1548.24380199961);
  near(*ols.se_model, 781.279297459796);
  near(value(by(Method::kIpw, Population::kTreated)), 1214.07122089147);
  near(value(by(Method::kIpw)), 224.676308271436);
  near(value(by(Method::kGFormula)), 1074.90854139541);
  near(value(by(Method::kGFormula, Population::kTreated)), 1647.58325244024);
  const auto aipw = fit_method(data, by(Method::kAipw)).value();
  near(aipw.value, 469.639983006977);
  near(se_of(data, aipw), 926.1550678012);
}

// LaLonde 1986: the experiment says 1794.34 for the 185 treated. From the same treated beside
// people of a survey every method moves from the crude difference towards it.
TEST(Methods, MoveTowardTheExperimentOnLalonde) {
  struct Case {
    const char* file;
    PointQuestion question;
  };
  PointQuestion dehejia = lalonde_question();
  dehejia.treatment = "trt";
  dehejia.adjust =
      "age + age^2 + educ + black + hisp + marr + nodeg + re74 + re75 + re74^2 + re75^2";
  for (const Case& c : {Case{"cohort/lalonde.csv", lalonde_question()},
                        Case{"causal/effect/nsw74psid1.csv", dehejia}}) {
    THAW_SHARED_PEOPLE(table, c.file);
    const PointData data = point_data(table, c.question).value();
    const double with = data.treatment.dot(data.outcome) / data.treatment.sum();
    const double without = (1 - data.treatment.array()).matrix().dot(data.outcome) /
                           (1 - data.treatment.array()).sum();
    constexpr double kExperiment = 1794.34;
    std::printf("%s: crude %.0f, experiment %.0f\n", c.file, with - without, kExperiment);
    for (const Method method : kArms) {
      const auto fit = fit_method(data, by(method, Population::kTreated));
      ASSERT_TRUE(fit) << to_string(method) << fit.error().message;
      std::printf("  %s of the treated: %.0f (%.0f)\n", std::string(to_string(method)).c_str(),
                  fit->value, se_of(data, *fit));
      EXPECT_LT(std::fabs(fit->value - kExperiment), std::fabs(with - without - kExperiment));
    }
  }
}

// Hill 2011, two replicates: the mean of mu1 - mu0 is 4.016 and 4.051.
TEST(Methods, FindTheKnownEffectOfIhdp) {
  const double truth[] = {4.016067, 4.050839};
  for (const int replicate : {1, 2}) {
    const std::string name = "causal/effect/ihdp_npci_" + std::to_string(replicate) + ".csv";
    if (!std::filesystem::exists(shared_file(name))) {
      GTEST_SKIP() << "no shared test data " << name;
    }
    CsvOptions options;
    options.header = CsvHeader::kNone;
    options.other_type = ColumnType::kReal;
    const Table table = read_csv_file(shared_file(name), options).value();
    PointQuestion question;
    question.treatment = "column_1";
    question.outcome = "column_2";
    for (int column = 6; column <= 30; ++column) {
      question.adjust += (column > 6 ? " + column_" : "column_") + std::to_string(column);
    }
    const PointData data = point_data(table, question).value();
    for (const Method method : kArms) {
      const auto fit = fit_method(data, by(method)).value();
      std::printf("ihdp %d %s: %.3f (%.3f), truth %.3f\n", replicate,
                  std::string(to_string(method)).c_str(), fit.value, se_of(data, fit),
                  truth[replicate - 1]);
      EXPECT_NEAR(fit.value, truth[replicate - 1], 0.5) << to_string(method);
    }
  }
}

// What If, chapters 12 and 13: oracle/nhefs_whatif.json.
TEST(Methods, AgreeWithWhatIfOnNhefs) {
  THAW_SHARED_PEOPLE(table, "cohort/nhefs_complete.csv");
  PointQuestion question = nhefs_question();
  question.outcome_terms = question.adjust + " + qsmk + qsmk:smokeintensity";
  const auto read = point_data(table, question);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->rows(), 1566);
  Settings ipw = by(Method::kIpw);
  const auto weighted = fit_method(*read, ipw).value();
  EXPECT_NEAR(weighted.value / 3.44053542964541, 1, 1e-6);
  EXPECT_NEAR(weighted.weights.mean(), 1.99628406164395, 1e-7);
  EXPECT_NEAR(weighted.weights.maxCoeff(), 16.7000943506466, 1e-5);
  ipw.stabilised = true;
  EXPECT_NEAR(fit_method(*read, ipw)->value / 3.44053542964541, 1, 1e-6);
  const auto standardised = fit_method(*read, by(Method::kGFormula)).value();
  EXPECT_NEAR(standardised.value / 3.51737420088549, 1, 1e-6);
  EXPECT_NEAR(se_of(*read, standardised), 0.48, 0.03);  // What If's bootstrap: 2.6 to 4.5
  EXPECT_NEAR(se_of(*read, weighted), 0.49, 0.03);
}

TEST(Methods, AreNearTheTruthOnMadePeople) {
  World world;
  world.varies = 0.5;
  const Table table = made_people(4, 2000, world);
  const PointData data = point_data(table, made_question()).value();
  double treated_x = 0;
  for (Eigen::Index i = 0; i < data.rows(); ++i) {
    treated_x += data.treatment[i] * data.x(i, 1);
  }
  const double att = 2 + 0.5 * treated_x / data.treatment.sum();
  for (const Method method : kArms) {
    const auto fit = fit_method(data, by(method));
    ASSERT_TRUE(fit) << to_string(method) << fit.error().message;
    const double se = se_of(data, *fit);
    EXPECT_NEAR(fit->value, 2, 3.5 * se) << to_string(method);
    EXPECT_NEAR(se, 0.06, 0.03) << to_string(method);
    const auto treated = fit_method(data, by(method, Population::kTreated)).value();
    EXPECT_NEAR(treated.value, att, 3.5 * se_of(data, treated)) << to_string(method);
    const auto untreated = fit_method(data, by(method, Population::kUntreated)).value();
    const double share = data.treatment.mean();
    if (method != Method::kIpw && method != Method::kMatch) {
      EXPECT_NEAR(share * treated.value + (1 - share) * untreated.value, fit->value, 0.01)
          << to_string(method);
    }
  }
}

TEST(Methods, AreTheSameToTheLastBitInAnyRowOrderAndOnAnyThreads) {
  const Table table = made_people(9, 300);
  std::vector<std::size_t> turned;
  for (std::size_t i = 300; i-- > 0;) {
    turned.push_back((i * 7) % 300);
  }
  const PointData data = point_data(table, made_question()).value();
  const PointData other = point_data(table.take(turned), made_question()).value();
  EXPECT_EQ(data.hash, other.hash);
  for (const Method method : kAll) {
    for (const LearnerKind learner : {LearnerKind::kLinear, LearnerKind::kBoosting}) {
      Settings one = by(method);
      if (method == Method::kAipw || method == Method::kTmle || method == Method::kDml) {
        one.learner = learner;
      }
      one.repeats = 2;
      Settings two = one;
      two.threads = 3;
      const auto a = fit_method(data, one).value();
      const auto b = fit_method(other, two).value();
      EXPECT_EQ(a.value, b.value) << to_string(method);
      EXPECT_EQ(se_of(data, a), se_of(other, b)) << to_string(method);
    }
  }
}

TEST(Methods, ChangeSignWhenTheArmsAreSwapped) {
  const Table table = made_people(5, 400);
  std::vector<double> swapped = table.numeric("a").value();
  for (double& a : swapped) {
    a = 1 - a;
  }
  const PointData data = point_data(table, made_question()).value();
  const PointData other =
      point_data(with_column(table, Column::real("a", swapped)), made_question()).value();
  for (const Method method : kArms) {
    EXPECT_NEAR(fit_method(data, by(method))->value, -fit_method(other, by(method))->value, 1e-7)
        << to_string(method);
    EXPECT_NEAR(fit_method(data, by(method, Population::kTreated))->value,
                -fit_method(other, by(method, Population::kUntreated))->value, 1e-7)
        << to_string(method);
  }
}

// TMLE's mean influence is 0: it solves the efficient equation, which AIPW solves by construction.
TEST(Methods, SolveTheEfficientEquation) {
  for (const bool yes_no : {false, true}) {
    World world;
    world.yes_no = yes_no;
    world.effect = 1;
    const PointData data = point_data(made_people(8, 500, world), made_question()).value();
    for (const Population population :
         {Population::kAll, Population::kTreated, Population::kUntreated}) {
      for (const Method method : {Method::kAipw, Method::kTmle}) {
        const auto fit = fit_method(data, by(method, population)).value();
        EXPECT_NEAR(fit.influence.sum(), 0, 1e-9) << to_string(method);
      }
    }
  }
}

TEST(Methods, GiveTheCrudeDifferenceWithoutCovariates) {
  const Table table = made_people(3, 200);
  PointQuestion question = made_question();
  question.adjust = "";
  const PointData data = point_data(table, question).value();
  const double with = data.treatment.dot(data.outcome) / data.treatment.sum();
  const double without =
      (1 - data.treatment.array()).matrix().dot(data.outcome) / (1 - data.treatment.array()).sum();
  for (const Method method :
       {Method::kOls, Method::kGFormula, Method::kIpw, Method::kAipw, Method::kTmle}) {
    EXPECT_NEAR(fit_method(data, by(method))->value, with - without, 1e-8) << to_string(method);
  }
}

// By hand: each treated at x is matched with the untreated nearest to it.
TEST(Matching, IsTheMeanOverNearestNeighboursAndTiesShare) {
  Table table;
  ASSERT_TRUE(table.add_column(Column::real("a", {1, 1, 0, 0, 0, 1, 0})));
  ASSERT_TRUE(table.add_column(Column::real("x", {1, 4, 0, 2, 6, 9, 9.5})));
  ASSERT_TRUE(table.add_column(Column::real("y", {5, 7, 1, 2, 3, 9, 4})));
  PointQuestion question = made_question();
  question.adjust = "x";
  const PointData data = point_data(table, question).value();
  Settings settings = by(Method::kMatch, Population::kTreated);
  settings.bias_adjusted = false;
  // x = 1 ties between 0 (y 1) and 2 (y 2); x = 4 between 2 (y 2) and 6 (y 3); x = 9 has 9.5 (y 4).
  EXPECT_NEAR(fit_method(data, settings)->value, ((5 - 1.5) + (7 - 2.5) + (9 - 4)) / 3, 1e-12);
}

TEST(Instrument, IsWaldsRatioForOneYesOrNo) {
  Random random(3, 1);
  std::vector<double> z, a, y;
  for (int i = 0; i < 500; ++i) {
    const double u = random.normal();
    z.push_back(random.bernoulli(0.5) ? 1 : 0);
    a.push_back(z.back() + u + random.normal());
    y.push_back(3 * a.back() - 2 * u + random.normal());
  }
  Table table;
  ASSERT_TRUE(table.add_column(Column::real("z", z)));
  ASSERT_TRUE(table.add_column(Column::real("a", a)));
  ASSERT_TRUE(table.add_column(Column::real("y", y)));
  PointQuestion question = made_question();
  question.adjust = "";
  question.instruments = {"z"};
  const PointData data = point_data(table, question).value();
  const auto mean = [&](const std::vector<double>& v, double arm) {
    double sum = 0;
    double count = 0;
    for (std::size_t i = 0; i < v.size(); ++i) {
      sum += z[i] == arm ? v[i] : 0;
      count += z[i] == arm ? 1 : 0;
    }
    return sum / count;
  };
  const auto fit = fit_method(data, by(Method::kIv)).value();
  EXPECT_NEAR(fit.value, (mean(y, 1) - mean(y, 0)) / (mean(a, 1) - mean(a, 0)), 1e-9);
  EXPECT_NEAR(fit.value, 3, 4 * se_of(data, fit));
  EXPECT_GT(fit.first_stage->f, 30);
  EXPECT_TRUE(fit.first_stage->ar_bounded);
  EXPECT_LT(*fit.first_stage->ar_low, 3);
  EXPECT_GT(*fit.first_stage->ar_high, 3);
  EXPECT_LT(*fit.first_stage->ar_low, fit.value);
  EXPECT_GT(*fit.first_stage->ar_high, fit.value);
  EXPECT_GT(std::fabs(fit_method(data, by(Method::kOls))->value - 3), 0.3);  // what u did
}

TEST(Learners, HelpWhereTheOutcomeIsCurved) {
  World world;
  world.curve = 1;
  const PointData data = point_data(made_people(12, 800, world), made_question()).value();
  for (const LearnerKind learner :
       {LearnerKind::kLasso, LearnerKind::kBoosting, LearnerKind::kForest}) {
    for (const Method method : {Method::kAipw, Method::kTmle, Method::kDml}) {
      Settings settings = by(method);
      settings.learner = learner;
      settings.repeats = 1;
      settings.folds = 2;
      const auto fit = fit_method(data, settings);
      ASSERT_TRUE(fit) << fit.error().message;
      EXPECT_NEAR(fit->value, 2, 0.5) << to_string(learner) << to_string(method);
    }
  }
}

TEST(Folds, AreBalancedInEachArmAndKeepClustersTogether) {
  const Table table = made_people(1, 103);
  PointData data = point_data(table, made_question()).value();
  std::vector<int> count(10, 0);
  const auto fold = fold_of_rows(data, 5, 7);
  for (std::size_t i = 0; i < fold.size(); ++i) {
    ++count[static_cast<std::size_t>(fold[i]) +
            (data.treatment[static_cast<Eigen::Index>(i)] == 1 ? 5U : 0U)];
  }
  for (const int part : {0, 5}) {
    const auto [low, high] = std::minmax_element(count.begin() + part, count.begin() + part + 5);
    EXPECT_LE(*high - *low, 1);
  }
  EXPECT_NE(fold, fold_of_rows(data, 5, 8));
  for (std::size_t i = 0; i < 103; ++i) {
    data.cluster.push_back(i % 11);
  }
  const auto together = fold_of_rows(data, 5, 7);
  for (std::size_t i = 0; i < 103; ++i) {
    EXPECT_EQ(together[i], together[i % 11]);
  }
}

}  // namespace
}  // namespace thaw::effect
