#include "effect/refutation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "effect/made_people.h"

namespace thaw::effect {
namespace {

/// 200 people, a covariate of 0 and 1 that moves treatment and outcome (or that nobody adjusts for
/// and that moves the outcome alone), and a true effect of 1.
PointData few_values(std::uint64_t seed, bool adjusted) {
  Random random(seed, 31);
  std::vector<double> x, a, y;
  for (int i = 0; i < 200; ++i) {
    x.push_back(random.bernoulli(0.5) ? 1 : 0);
    a.push_back(random.bernoulli(adjusted && x.back() > 0 ? 0.65 : 0.35) ? 1 : 0);
    y.push_back(a.back() + x.back() + random.normal());
  }
  Table table;
  EXPECT_TRUE(table.add_column(Column::real("x", x)));
  EXPECT_TRUE(table.add_column(Column::real("a", a)));
  EXPECT_TRUE(table.add_column(Column::real("y", y)));
  PointQuestion question;
  question.treatment = "a";
  question.outcome = "y";
  question.adjust = adjusted ? "x" : "";
  auto data = point_data(table, question);
  EXPECT_TRUE(data) << data.error().message;
  return *data;
}

void expect_no_placebo_effect(bool adjusted, Method method) {
  constexpr int kSeeds = 12;
  double mean = 0;
  for (int seed = 1; seed <= kSeeds; ++seed) {
    const PointData data = few_values(static_cast<std::uint64_t>(seed), adjusted);
    Settings settings;
    settings.method = method;
    settings.seed = static_cast<std::uint64_t>(seed);
    const auto fit = fit_method(data, settings);
    ASSERT_TRUE(fit) << fit.error().message;
    const Refits refits = placebo_treatment(data, settings, fit->value, 40);
    EXPECT_EQ(refits.failed, 0);
    EXPECT_LT(std::fabs(refits.mean), 4 * refits.sd / std::sqrt(40)) << "seed " << seed;
    EXPECT_LT(*refits.p, 0.1) << "seed " << seed;  // The real effect is 6 standard errors.
    mean += refits.mean / kSeeds;
  }
  EXPECT_NEAR(mean, 0, 0.03);
}

TEST(Placebo, HasNoEffectUnderACovariateOfTwoValues) {
  expect_no_placebo_effect(true, Method::kAipw);
  expect_no_placebo_effect(true, Method::kOls);
}

TEST(Placebo, HasNoEffectWithoutCovariates) {
  expect_no_placebo_effect(false, Method::kOls);
}

}  // namespace
}  // namespace thaw::effect
