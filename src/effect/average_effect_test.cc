#include "effect/average_effect.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "base/random.h"
#include "table/csv.h"

namespace thaw::effect {
namespace {

std::filesystem::path shared(const std::string& name) {
  const char* folder = std::getenv("THAW_SHARED");  // NOLINT(concurrency-mt-unsafe)
  const std::string root = folder != nullptr ? folder : THAW_SOURCE_DIR "/../shared";
  return std::filesystem::path(root) / "data" / name;
}

/// People whose treatment follows x (a number) and z (three levels); the true effect is 2 for all,
/// or 2 + x when `varies`.
Table people(std::uint64_t seed, std::size_t n, bool varies) {
  Random random(seed);
  std::vector<double> x, a, y;
  std::vector<std::int32_t> z;
  for (std::size_t i = 0; i < n; ++i) {
    x.push_back(random.normal());
    z.push_back(static_cast<std::int32_t>(random.index(3)));
    const double eta = -0.3 + 0.8 * x[i] + 0.4 * z[i];
    a.push_back(random.bernoulli(1 / (1 + std::exp(-eta))) ? 1 : 0);
    y.push_back(a[i] * (2 + (varies ? x[i] : 0)) + 3 * x[i] - z[i] + random.normal());
  }
  Table t;
  EXPECT_TRUE(t.add_column(Column::real("x", x)));
  EXPECT_TRUE(t.add_column(Column::category("z", z, {"p", "q", "r"})));
  EXPECT_TRUE(t.add_column(Column::real("a", a)));
  EXPECT_TRUE(t.add_column(Column::real("y", y)));
  return t;
}

const PointTreatment kParts{.treatment = "a", .outcome = "y", .covariates = "x + z", .unit = "u"};

/// What If, chapters 12 and 13: the confounders of quitting smoking and weight gain.
const PointTreatment kNhefs{
    .treatment = "qsmk",
    .outcome = "wt82_71",
    .covariates =
        "factor(sex) + factor(race) + age + age^2 + factor(education) + smokeintensity + "
        "smokeintensity^2 + smokeyrs + smokeyrs^2 + factor(exercise) + factor(active) + "
        "wt71 + wt71^2",
    .unit = "kg"};

const PointTreatment kLalonde{.treatment = "treat",
                              .outcome = "re78",
                              .covariates = "age + educ + race + married + nodegree + re74 + re75",
                              .unit = "dollars"};

/// Declares `table` from a shared file or skips the test.
#define THAW_SHARED_TABLE(table, name)                                  \
  if (!std::filesystem::exists(shared(name))) {                         \
    GTEST_SKIP() << "no shared test data at " << shared(name).string(); \
  }                                                                     \
  const Result<Table> table##_read = read_csv_file(shared(name));       \
  ASSERT_TRUE(table##_read) << table##_read.error().message;            \
  const Table& table = *table##_read

TEST(AverageEffect, AgreesWithWhatIfOnNhefs) {
  THAW_SHARED_TABLE(nhefs, "cohort/nhefs_complete.csv");
  EXPECT_NEAR(crude_difference(nhefs, kNhefs)->estimate, 2.54058145495589, 1e-9);
  const auto weighted = weighted_difference(nhefs, kNhefs);
  ASSERT_TRUE(weighted) << weighted.error().message;
  EXPECT_EQ(weighted->n, 1566U);
  EXPECT_NEAR(weighted->estimate, 3.44053542964541, 1e-7);
  EXPECT_NEAR(weighted->ci_low, 2.41, 0.01);  // published 2.41 to 4.47
  EXPECT_NEAR(weighted->ci_high, 4.47, 0.01);
  EXPECT_NEAR(weighted->diagnostics.weight_mean, 1.99628406164395, 1e-8);
  EXPECT_NEAR(weighted->diagnostics.weight_max, 16.7000943506466, 1e-6);
  WeightingOptions stabilised;
  stabilised.weights.stabilised = true;
  const auto other = weighted_difference(nhefs, kNhefs, stabilised).value();
  EXPECT_NEAR(other.estimate, 3.44053542964541, 1e-7);
  EXPECT_NEAR(other.diagnostics.weight_mean, 0.9988443, 1e-7);
  EXPECT_NEAR(other.diagnostics.weight_max, 4.297662, 1e-6);
  for (const CovariateBalance& covariate : weighted->diagnostics.balance) {
    EXPECT_LT(std::fabs(covariate.after), 0.1) << covariate.term;
  }
  const auto g =
      standardised_difference(nhefs, kNhefs, kNhefs.covariates + " + qsmk + qsmk:smokeintensity",
                              Population::kAll, {.replicates = 50});
  ASSERT_TRUE(g) << g.error().message;
  EXPECT_NEAR(g->estimate, 3.51737420088549, 1e-7);
  EXPECT_NEAR(g->se, 0.48, 0.1);
  // R 4.2.2, lm in each arm and glm, put together by hand; and the sandwich of the weighted lm.
  EXPECT_NEAR(doubly_robust_difference(nhefs, kNhefs)->estimate, 3.37326463190207, 1e-7);
  EXPECT_NEAR(doubly_robust_difference(nhefs, kNhefs)->se, 0.47284439309593, 1e-7);
  EXPECT_NEAR(weighted->se, 0.52549355301407, 1e-7);
}

TEST(AverageEffect, AgreesWithROnLalonde) {
  THAW_SHARED_TABLE(lalonde, "cohort/lalonde.csv");
  EXPECT_NEAR(crude_difference(lalonde, kLalonde)->estimate, -635.026212037422, 1e-7);
  const auto all = weighted_difference(lalonde, kLalonde);
  ASSERT_TRUE(all) << all.error().message;
  EXPECT_NEAR(all->estimate, 224.676308271436, 1e-4);
  WeightingOptions treated;
  treated.weights.population = Population::kTreated;
  EXPECT_NEAR(weighted_difference(lalonde, kLalonde, treated)->estimate, 1214.07122089147, 1e-4);
  const Bootstrap few{.replicates = 2};
  EXPECT_NEAR(standardised_difference(lalonde, kLalonde, "", Population::kAll, few)->estimate,
              1074.90854139541, 1e-5);
  EXPECT_NEAR(standardised_difference(lalonde, kLalonde, "", Population::kTreated, few)->estimate,
              1647.58325244024, 1e-5);
  const auto doubly = doubly_robust_difference(lalonde, kLalonde).value();
  EXPECT_NEAR(doubly.estimate, 469.639983006977, 1e-4);
  EXPECT_NEAR(doubly.se, 926.1550679012, 1e-3);
}

TEST(AverageEffect, AgreesWithTheExperimentsMeans) {
  THAW_SHARED_TABLE(nsw, "cohort/nsw_mixtape.csv");
  EXPECT_NEAR(
      crude_difference(nsw, {.treatment = "treat", .outcome = "re78", .covariates = "", .unit = ""})
          ->estimate,
      1794.3423818501, 1e-6);
}

// Law: over many made-up worlds the adjusted estimates cover the truth and the crude does not.
TEST(AverageEffect, CoversTheTruthWhereTheCrudeDoesNot) {
  int weighted = 0;
  int estimated = 0;
  int doubly = 0;
  int crude = 0;
  constexpr int kWorlds = 100;
  for (int world = 0; world < kWorlds; ++world) {
    const Table t = people(static_cast<std::uint64_t>(world), 600, true);
    const auto covers = [](const Estimate& e) { return e.ci_low <= 2 && 2 <= e.ci_high ? 1 : 0; };
    WeightingOptions less;
    less.uncertainty = Uncertainty::kRobustEstimated;
    weighted += covers(weighted_difference(t, kParts).value());
    estimated += covers(weighted_difference(t, kParts, less).value());
    doubly += covers(doubly_robust_difference(t, kParts).value());
    crude += covers(crude_difference(t, kParts).value());
  }
  EXPECT_GE(weighted, 93);
  EXPECT_GE(estimated, 88);
  EXPECT_GE(doubly, 88);
  EXPECT_LE(doubly, 99);
  EXPECT_EQ(crude, 0);
}

TEST(AverageEffect, IsTheSameInAnyOrderAndOnAnyThreads) {
  const Table t = people(1, 300, false);
  std::vector<std::size_t> turned;
  for (std::size_t i = 300; i-- > 0;) {
    turned.push_back(i);
  }
  const Table other = t.take(turned);
  PointTreatment reordered = kParts;
  reordered.covariates = "z + x";
  const auto base = weighted_difference(t, kParts).value();
  const auto same = weighted_difference(other, reordered).value();
  EXPECT_NEAR(base.estimate, same.estimate, 1e-10);
  EXPECT_NEAR(base.se, same.se, 1e-10);
  WeightingOptions one;
  one.uncertainty = Uncertainty::kBootstrap;
  one.bootstrap.replicates = 40;
  WeightingOptions two = one;
  two.bootstrap.threads = 2;
  EXPECT_EQ(weighted_difference(t, kParts, one)->se, weighted_difference(t, kParts, two)->se);
  EXPECT_EQ(standardised_difference(t, kParts, "", Population::kAll, one.bootstrap)->se,
            standardised_difference(t, kParts, "", Population::kAll, two.bootstrap)->se);
  two.bootstrap.seed = 2;
  EXPECT_NE(weighted_difference(t, kParts, one)->se, weighted_difference(t, kParts, two)->se);
}

// With no covariates the propensity is the treated share and every way is the crude difference.
TEST(AverageEffect, IsTheCrudeDifferenceWithoutCovariates) {
  const Table t = people(3, 200, false);
  PointTreatment bare = kParts;
  bare.covariates = "";
  const double crude = crude_difference(t, bare)->estimate;
  WeightingOptions sums;
  sums.horvitz_thompson = true;
  EXPECT_NEAR(weighted_difference(t, bare)->estimate, crude, 1e-9);
  EXPECT_NEAR(weighted_difference(t, bare, sums)->estimate, crude, 1e-9);
  EXPECT_NEAR(doubly_robust_difference(t, bare)->estimate, crude, 1e-9);
  EXPECT_NEAR(standardised_difference(t, bare, "", Population::kAll, {.replicates = 2})->estimate,
              crude, 1e-9);
}

TEST(AverageEffect, ChangesItsSignWithTheTreatment) {
  const Table t = people(5, 400, false);
  std::vector<double> swapped = t.numeric("a").value();
  for (double& a : swapped) {
    a = 1 - a;
  }
  Table other;
  for (const Column& column : t.columns()) {
    ASSERT_TRUE(other.add_column(column.name() == "a" ? Column::real("a", swapped) : column));
  }
  EXPECT_NEAR(weighted_difference(t, kParts)->estimate,
              -weighted_difference(other, kParts)->estimate, 1e-8);
  EXPECT_NEAR(doubly_robust_difference(t, kParts)->estimate,
              -doubly_robust_difference(other, kParts)->estimate, 1e-8);
}

TEST(AverageEffect, LeavesOutRowsWithGapsAndSaysSeparation) {
  Table t = people(2, 200, false);
  std::vector<double> gap = t.numeric("x").value();
  gap[0] = gap[5] = std::nan("");
  ASSERT_TRUE(t.add_column(Column::real("gap", gap)));
  PointTreatment parts = kParts;
  parts.covariates = "gap";
  EXPECT_EQ(weighted_difference(t, parts)->n, 198U);
  ASSERT_TRUE(t.add_column(Column::real("copy", t.numeric("a").value())));
  parts.covariates = "copy";
  const auto separated = weighted_difference(t, parts);
  ASSERT_TRUE(separated) << separated.error().message;
  EXPECT_FALSE(separated->converged);
  EXPECT_TRUE(std::isfinite(separated->estimate) && std::isfinite(separated->se));
}

TEST(AverageEffect, RefusesWhatCannotBeCompared) {
  Table t = people(2, 50, false);
  ASSERT_TRUE(t.add_column(Column::real("ones", std::vector<double>(50, 1))));
  ASSERT_TRUE(t.add_column(Column::real("twice", [&] {
    auto x = t.numeric("x").value();
    for (double& v : x) {
      v = 2 * v + 1;
    }
    return x;
  }())));
  const auto fails = [&](const char* treatment, const char* outcome, const char* covariates) {
    const PointTreatment parts{
        .treatment = treatment, .outcome = outcome, .covariates = covariates, .unit = ""};
    const auto result = weighted_difference(t, parts);
    return result ? std::string() : result.error().message;
  };
  EXPECT_NE(fails("ones", "y", "x").find("each arm"), std::string::npos);
  EXPECT_NE(fails("x", "y", "z").find("must be 0 or 1"), std::string::npos);
  EXPECT_NE(fails("a", "nothing", "x").find("nothing"), std::string::npos);
  EXPECT_NE(fails("a", "y", "x + twice").find("twice"), std::string::npos);
  EXPECT_NE(fails("a", "y", "ones").find("ones"), std::string::npos);
  EXPECT_NE(fails("a", "y", "x + a").find("cannot be one of the covariates"), std::string::npos);
}

}  // namespace
}  // namespace thaw::effect
