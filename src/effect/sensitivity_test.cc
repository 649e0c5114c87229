#include "effect/sensitivity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "effect/made_people.h"
#include "effect/method.h"
#include "effect/refutation.h"

namespace thaw::effect {
namespace {

// Cinelli and Hazlett 2020, the Darfur example: estimate 0.097 (0.023), t = 4.18, 783 df;
// robustness value 13.9 %, of the interval 7.6 %; a confounder as strong as "female" leaves 0.0752
// (0.0219).
TEST(PartialR2, AgreesWithThePublishedDarfurExample) {
  EXPECT_NEAR(robustness_value(4.184, 783, 0), 0.1388, 2e-4);
  EXPECT_NEAR(robustness_value(4.184, 783, 1.963), 0.0763, 2e-4);
  EXPECT_EQ(robustness_value(1.5, 783, 1.963), 0);
  const Shifted left = shifted_by_hidden(0.0973, 0.02326, 783, 0.00916, 0.1246);
  EXPECT_NEAR(left.estimate, 0.0752, 2e-4);
  EXPECT_NEAR(left.se, 0.0219, 1e-4);
}

// Law: the estimate and se by products of columns are those of the regression itself.
TEST(PartialR2, HasTheRegressionsEstimateAndSe) {
  const PointData data = point_data(made_people(3, 300), made_question()).value();
  Settings settings;
  settings.method = Method::kOls;
  const MethodFit fit = fit_method(data, settings).value();
  const PartialR2 found = partial_r2(data).value();
  EXPECT_NEAR(found.estimate, fit.value, 1e-9);
  EXPECT_NEAR(found.se, *fit.se_model, 1e-9);
  EXPECT_EQ(found.like.size(), 2U);  // x, and the levels of z together
  const double t = found.estimate / found.se;
  EXPECT_NEAR(found.r2, t * t / (t * t + found.df), 1e-9);
  // Law: a confounder of the robustness value with both brings the estimate to 0.
  EXPECT_NEAR(
      shifted_by_hidden(found.estimate, found.se, found.df, found.robustness, found.robustness)
          .estimate,
      0, 1e-9);
}

// Law: leaving a measured covariate out moves the estimate no further than the benchmark that is as
// strong as it says for one hidden beside it, when that covariate alone is the model.
TEST(PartialR2, SaysHowStrongAMeasuredOneIs) {
  const PointData data = point_data(made_people(3, 2000), made_question()).value();
  const PartialR2 found = partial_r2(data).value();
  EXPECT_EQ(found.like.front().term, "x");
  EXPECT_GT(found.like.front().r2_treatment, 0.02);
  EXPECT_LT(found.like.front().estimate, found.estimate);
}

TEST(TippingPoint, BringsTheEstimateToZeroWhenMissingOutcomesShift) {
  Table table = made_people(6, 400);
  std::vector<double> y = table.numeric("y").value();
  for (std::size_t i = 0; i < 60; ++i) {
    y[i] = std::nan("");
  }
  const PointData data =
      point_data(with_column(table, Column::real("y", y)), made_question()).value();
  const Estimate estimate = difference_estimate(2, 0.5);
  const TippingPoint point = tipping_point(data, estimate);
  EXPECT_EQ(point.missing_treated + point.missing_untreated, 60U);
  // The mean of all the treated moves by share times shift.
  EXPECT_NEAR(2 + point.share_treated * *point.treated, 0, 1e-12);
  EXPECT_NEAR(2 + (point.share_treated + point.share_untreated) * *point.opposed, 0, 1e-12);
  EXPECT_LT(std::fabs(*point.opposed_limit), std::fabs(*point.opposed));
  EXPECT_FALSE(tipping_point(data, difference_estimate(0.5, 0.5)).opposed_limit);
}

TEST(EValue, OfADifferenceGoesByTheStandardDeviation) {
  // VanderWeele and Ding 2017: RR = exp(0.91 d); d = 0.5 gives 1.576, E-value 2.53.
  const EValue value = e_value_of_difference(5, 1, 10).value();
  const double ratio = std::exp(0.91 * 0.5);
  EXPECT_NEAR(value.value, ratio + std::sqrt(ratio * (ratio - 1)), 1e-12);
  EXPECT_EQ(e_value_of_difference(5, 4, 10)->limit, 1);
}

TEST(ErrorModel, FindsTheSystematicErrorOfManyControls) {
  Random random(5, 1);
  std::vector<double> estimates, se;
  for (int i = 0; i < 2000; ++i) {
    se.push_back(0.05 + 0.1 * random.uniform());
    estimates.push_back(0.2 + 0.15 * random.normal() + se.back() * random.normal());
  }
  const ErrorModel error = fit_error_model(estimates, se);
  EXPECT_NEAR(error.mean, 0.2, 0.015);
  EXPECT_NEAR(error.sd, 0.15, 0.015);
  EXPECT_LT(fit_error_model({0.1, 0.1, 0.1}, {0.1, 0.1, 0.1}).sd, 1e-6);
}

}  // namespace
}  // namespace thaw::effect
