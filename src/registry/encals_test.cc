#include "registry/encals.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace thaw::registry {
namespace {

struct Golden {
  EncalsInput input;
  double predictor, quarter_dead, median, s12, s24, s36, s60;
};

// Cases E1 to E6: the arithmetic was redone from the published formula in another program; the
// coefficients themselves have not been checked against the paper.
const std::vector<Golden> kCases = {
    {{60, 0.8, 11, 90, 0, 0, 0, 0}, -4.1340, 24.2, 32.7, 0.9706, 0.7545, 0.4144, 0.1160},
    {{70, 2.0, 6, 60, 1, 1, 1, 1}, -1.1071, 9.9, 13.9, 0.6157, 0.1297, 0.0332, 0.0063},
    {{45, 0.3, 24, 105, 0, 0, 0, 0}, -6.9125, 53.6, 77.1, 0.9981, 0.9802, 0.9193, 0.6787},
    {{63, 1.2, 9, 80, 1, 1, 0, 0}, -2.9037, 17.0, 23.3, 0.9062, 0.4732, 0.1714, 0.0369},
    {{50, 0.55, 14, 85, 0, 0, 0, 0}, -5.0720, 31.3, 42.7, 0.9883, 0.8871, 0.6439, 0.2511},
    {{60, 0.0, 11, 90, 0, 0, 0, 0}, -8.0067, 77.0, 114.6, 0.9994, 0.9933, 0.9714, 0.8632}};

TEST(Encals, GivesTheGoldenPredictorsAndSurvival) {
  for (const Golden& c : kCases) {
    const double lp = encals_linear_predictor(c.input);
    EXPECT_NEAR(lp, c.predictor, 5.1e-5);
    EXPECT_NEAR(encals_survival(lp, 12), c.s12, 5.1e-5);
    EXPECT_NEAR(encals_survival(lp, 24), c.s24, 5.1e-5);
    EXPECT_NEAR(encals_survival(lp, 36), c.s36, 5.1e-5);
    EXPECT_NEAR(encals_survival(lp, 60), c.s60, 5.1e-5);
    EXPECT_NEAR(encals_months_at(lp, std::log(4.0 / 3)), c.quarter_dead, 0.051);
    EXPECT_NEAR(encals_months_at(lp, std::log(2.0)), c.median, 0.051);
  }
}

// A known mistake elsewhere leaves out the cube at the last knot and gives 0.02768 here.
TEST(Encals, KeepsTheCubeAtTheLastKnot) {
  EXPECT_NEAR(encals_survival(-8, 500), 0.02715, 5.1e-6);
}

TEST(Encals, TheInverseUndoesTheBaselineAndBothIncrease) {
  double before = -1e9;
  for (double months = 0.01; months < 5000; months *= 1.013) {
    const double value = encals_baseline(months);
    EXPECT_GT(value, before) << months;
    EXPECT_NEAR(encals_baseline_inverse(value) / months, 1, 1e-6) << months;
    before = value;
  }
}

TEST(Encals, TheMonthAtAHazardHasThatHazard) {
  for (const double lp : {-9.0, -5.0, -2.0}) {
    for (const double hazard : {1e-6, 0.01, 0.5, 2.0, 6.0}) {
      const double months = encals_months_at(lp, hazard);
      EXPECT_NEAR(encals_cumulative_hazard(lp, months) / hazard, 1, 1e-5) << lp << " " << hazard;
    }
  }
}

}  // namespace
}  // namespace thaw::registry
