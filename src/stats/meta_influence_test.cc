#include "stats/meta_influence.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "stats/shared_csv.h"

namespace thaw::stats {
namespace {

constexpr MetaOptions kOptimum{.stop = {.relative = 1e-12}};

// R metafor 3.8-1: influence(rma(yi, vi, mods = ~ ablat, control = list(threshold = 1e-13))),
// study 7 of dat.bcg.
TEST(Influence, AgreesWithMetafor) {
  THAW_SHARED_CSV(bcg, "causal/meta/dat.bcg_escalc_RR.csv");
  Matrix x = Matrix::Ones(13, 2);
  const std::vector<double> ablat = bcg.numbers("ablat");
  x.col(1) = as_vector(ablat);
  const auto rows = MetaRows::make(x, bcg.numbers("yi"), bcg.numbers("vi")).value();
  const MetaFit fit = fit_meta(rows, kOptimum);
  const StudyInfluence s = influence(rows, fit, kOptimum)[6];
  ASSERT_TRUE(s.told);
  EXPECT_NEAR(s.rstudent, -2.66868994835159, 1e-7);
  EXPECT_NEAR(s.dffits, -0.640456851838651, 1e-7);
  EXPECT_NEAR(s.cook, 0.36426459731514, 1e-7);
  EXPECT_NEAR(s.cov_ratio, 0.450145904317253, 1e-7);
  EXPECT_NEAR(s.tau2, 0.0404760334524451, 1e-9);
  EXPECT_NEAR(s.q_e, 21.7497929810603, 1e-9);
  EXPECT_NEAR(fit.hat[6], 0.0640400552676763, 1e-9);
  EXPECT_NEAR(fit.weights[6], 3.79003076289209, 1e-8);
  EXPECT_NEAR(s.dfbetas[0], -0.655051722645, 1e-7);
  EXPECT_NEAR(s.dfbetas[1], 0.422993060233, 1e-7);
}

TEST(Influence, IsTheFitOfTheRest) {
  Random random(4);
  Matrix x = Matrix::Ones(9, 2);
  std::vector<double> y, v;
  for (Eigen::Index i = 0; i < 9; ++i) {
    x(i, 1) = random.normal();
    y.push_back(random.normal());
    v.push_back(0.1 + random.uniform());
  }
  const MetaOptions options{.knapp_hartung = true, .stop = {.relative = 1e-12}};
  const auto rows = MetaRows::make(x, y, v).value();
  const auto all = influence(rows, fit_meta(rows, options), options);
  for (Eigen::Index out = 0; out < 9; ++out) {
    Matrix rest(8, 2);
    std::vector<double> rest_y, rest_v;
    for (Eigen::Index i = 0, to = 0; i < 9; ++i) {
      if (i != out) {
        rest.row(to++) = x.row(i);
        rest_y.push_back(y[static_cast<std::size_t>(i)]);
        rest_v.push_back(v[static_cast<std::size_t>(i)]);
      }
    }
    const MetaFit fit = fit_meta(MetaRows::make(rest, rest_y, rest_v).value(), options);
    const StudyInfluence& s = all[static_cast<std::size_t>(out)];
    EXPECT_NEAR(s.coef[1], fit.coef[1], 1e-8);
    EXPECT_NEAR(s.se[0], fit.se[0], 1e-8);
    EXPECT_NEAR(s.tau2, fit.tau2.value, 1e-8);
  }
}

TEST(Influence, SaysWhenACoefficientHangsOnOneStudy) {
  Matrix x = Matrix::Ones(4, 2);
  x.col(1) << 0, 0, 0, 1;
  const std::vector<double> y = {0.1, 0.3, 0.2, 0.9};
  const std::vector<double> v = {0.1, 0.1, 0.2, 0.1};
  const auto rows = MetaRows::make(x, y, v).value();
  const auto all = influence(rows, fit_meta(rows), {});
  EXPECT_TRUE(all[0].told);
  EXPECT_FALSE(all[3].told);
}

}  // namespace
}  // namespace thaw::stats
