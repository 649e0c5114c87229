#include "stats/two_by_two.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "stats/shared_csv.h"

namespace thaw::stats {
namespace {

std::vector<Counts> bcg_counts(const SharedCsv& bcg) {
  const auto a = bcg.numbers("tpos");
  const auto b = bcg.numbers("tneg");
  const auto c = bcg.numbers("cpos");
  const auto d = bcg.numbers("cneg");
  std::vector<Counts> counts;
  for (std::size_t i = 0; i < a.size(); ++i) {
    counts.push_back({a[i], b[i], c[i], d[i]});
  }
  return counts;
}

struct Reference {
  CountMeasure measure;
  double value, se, q;
};

// R metafor 3.8-1: rma.mh and rma.peto on dat.bcg.
TEST(CountsPool, AgreesWithMetaforOnTheBcgTrials) {
  THAW_SHARED_CSV(bcg, "causal/meta/dat.bcg_escalc_RR.csv");
  const std::vector<Counts> counts = bcg_counts(bcg);
  for (const Reference& r :
       {Reference{CountMeasure::kLogOddsRatio, -0.473410988388585, 0.0410077784042314,
                  163.942579569193},
        Reference{CountMeasure::kLogRiskRatio, -0.453709604683754, 0.0393373668712944,
                  152.567553586657},
        Reference{CountMeasure::kRiskDifference, -3.28818183261300e-03, 2.86656748527374e-04,
                  386.775941836560},
        Reference{CountMeasure::kPeto, -0.474446310940636, 0.0406590807446483, 167.730167511489}}) {
    const auto pooled = pool_counts(counts, r.measure).value();
    EXPECT_NEAR(pooled.value / r.value, 1, 1e-12) << to_string(r.measure);
    EXPECT_NEAR(pooled.se / r.se, 1, 1e-12) << to_string(r.measure);
    EXPECT_NEAR(pooled.q / r.q, 1, 1e-12) << to_string(r.measure);
    EXPECT_EQ(pooled.df, 12);
  }
  const auto effects = count_effects(counts, CountMeasure::kLogRiskRatio).value();
  for (std::size_t i = 0; i < effects.size(); ++i) {
    EXPECT_NEAR(effects[i].y, bcg.numbers("yi")[i], 1e-12);
    EXPECT_NEAR(effects[i].v, bcg.numbers("vi")[i], 1e-12);
  }
}

// metafor: rma.mh on three trials of which one has an empty cell, and one without events, which
// says nothing of a ratio and something of a difference.
TEST(CountsPool, HandlesEmptyCells) {
  const std::array counts = {Counts{0, 20, 1, 19}, Counts{2, 30, 4, 26}, Counts{5, 45, 9, 41},
                             Counts{0, 10, 0, 12}};
  const auto risks = pool_counts(counts, CountMeasure::kLogRiskRatio).value();
  EXPECT_NEAR(risks.value, -0.711580882248783, 1e-12);
  EXPECT_NEAR(risks.se, 0.436582439407571, 1e-12);
  EXPECT_NEAR(risks.q, 0.117880882149418, 1e-12);
  EXPECT_EQ(risks.df, 2);
  const auto odds = pool_counts(counts, CountMeasure::kLogOddsRatio).value();
  EXPECT_NEAR(odds.value, -0.8087565048365623, 1e-12);
  EXPECT_NEAR(odds.q, 0.0883834591405195, 1e-12);
  const auto differences = pool_counts(counts, CountMeasure::kRiskDifference).value();
  EXPECT_NEAR(differences.value, -0.0642988204456094, 1e-12);
  EXPECT_NEAR(differences.se, 0.0382096897849812, 1e-12);
  const auto effects = count_effects(counts, CountMeasure::kLogOddsRatio).value();
  EXPECT_TRUE(effects[0].corrected);
  EXPECT_NEAR(effects[0].y, -1.1486, 1e-4);
  EXPECT_FALSE(effects[3].informative);
}

// One trial: its own odds ratio and Woolf's variance; swapped arms turn the sign.
TEST(CountsPool, OfOneTrialIsThatTrial) {
  const std::array one = {Counts{8, 12, 15, 5}};
  const auto pooled = pool_counts(one, CountMeasure::kLogOddsRatio).value();
  EXPECT_NEAR(pooled.value, std::log(8.0 * 5 / (12 * 15)), 1e-12);
  EXPECT_NEAR(pooled.se * pooled.se, 1.0 / 8 + 1.0 / 12 + 1.0 / 15 + 1.0 / 5, 1e-12);
  const std::array swapped = {Counts{15, 5, 8, 12}};
  for (const auto measure : {CountMeasure::kLogOddsRatio, CountMeasure::kLogRiskRatio,
                             CountMeasure::kRiskDifference, CountMeasure::kPeto}) {
    EXPECT_NEAR(pool_counts(one, measure)->value, -pool_counts(swapped, measure)->value, 1e-12);
    EXPECT_NEAR(pool_counts(one, measure)->se, pool_counts(swapped, measure)->se, 1e-12);
  }
}

TEST(CountsPool, RefusesWhatAreNoCounts) {
  const auto message = [](Counts counts) {
    const std::array studies = {Counts{1, 2, 3, 4}, counts};
    return count_effects(studies, CountMeasure::kPeto).error().message;
  };
  EXPECT_NE(message({-1, 2, 3, 4}).find("study 2"), std::string::npos);
  EXPECT_NE(message({1.5, 2, 3, 4}).find("whole"), std::string::npos);
  EXPECT_NE(message({0, 0, 3, 4}).find("without people"), std::string::npos);
  const std::array empty = {Counts{0, 5, 0, 5}};
  EXPECT_FALSE(pool_counts(empty, CountMeasure::kLogOddsRatio));
  EXPECT_EQ(parse_count_measure("peto").value(), CountMeasure::kPeto);
  EXPECT_FALSE(parse_count_measure("xx"));
}

}  // namespace
}  // namespace thaw::stats
