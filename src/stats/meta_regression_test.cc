#include "stats/meta_regression.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "base/random.h"
#include "stats/shared_csv.h"

namespace thaw::stats {
namespace {

constexpr std::array kAll = {Tau2Method::kFe,   Tau2Method::kDl, Tau2Method::kHe,
                             Tau2Method::kHs,   Tau2Method::kSj, Tau2Method::kMl,
                             Tau2Method::kReml, Tau2Method::kEb, Tau2Method::kPm};

constexpr StopRule kOptimum{.relative = 1e-12};

struct Simulated {
  Matrix x;
  std::vector<double> y, v;
};

Simulated simulate(std::uint64_t seed, Eigen::Index k, Eigen::Index p, double tau) {
  Random random(seed);
  Simulated s;
  s.x = Matrix::Ones(k, p);
  for (Eigen::Index i = 0; i < k; ++i) {
    for (Eigen::Index j = 1; j < p; ++j) {
      s.x(i, j) = 50 + 10 * random.normal();
    }
    s.v.push_back(0.01 + 0.2 * random.uniform());
    s.y.push_back(0.3 + tau * random.normal() + std::sqrt(s.v.back()) * random.normal());
  }
  return s;
}

MetaRows rows_of(const Simulated& s) {
  return MetaRows::make(s.x, s.y, s.v).value();
}

MetaRows bcg_rows(const SharedCsv& bcg, bool latitude, bool allocation) {
  const std::vector<double> ablat = bcg.numbers("ablat");
  const auto& alloc = bcg.columns.at("alloc");
  Matrix x = Matrix::Ones(13, 1 + (latitude ? 1 : 0) + (allocation ? 2 : 0));
  for (Eigen::Index i = 0; i < 13; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (latitude) {
      x(i, 1) = ablat[at];
    }
    if (allocation) {
      x(i, 2) = alloc[at] == "random" ? 1 : 0;
      x(i, 3) = alloc[at] == "systematic" ? 1 : 0;
    }
  }
  return MetaRows::make(x, bcg.numbers("yi"), bcg.numbers("vi")).value();
}

void expect_relative(double value, double reference, double tolerance, const char* what) {
  EXPECT_NEAR(value / reference, 1, tolerance) << what;
}

struct Reference {
  Tau2Method method;
  double b, se, low, high, tau2, se_tau2, i2, h2, ll;
};

// R metafor 3.8-1, rma(yi, vi, method = ...) on dat.bcg with its own stopping rule, a step of tau2
// below 1e-5 for ML and REML. EB and PM solve one equation; metafor stops PM's search at 1.2e-4 and
// EB's at 1e-5, so both are compared to 1e-4 with it, and to each other exactly.
TEST(MetaRegression, AgreesWithMetaforOnTheBcgTrials) {
  THAW_SHARED_CSV(bcg, "causal/meta/dat.bcg_escalc_RR.csv");
  const MetaRows rows = bcg_rows(bcg, false, false);
  const std::array references = {
      Reference{Tau2Method::kDl, -0.714117222073227, 0.178742089535403, -1.06444528008405,
                -0.363789164062403, 0.308760262862376, 0.229869992511026, 92.117346854562,
                12.6860840068644, -12.6823357814279},
      Reference{Tau2Method::kHe, -0.715878588758735, 0.183279985988782, -1.07510076038375,
                -0.356656417133716, 0.328563857995769, 0.207087178298934, 92.5570974066271,
                13.435618529932, -12.71099505101},
      Reference{Tau2Method::kHs, -0.704535373916257, 0.158652093056656, -1.0154877623792,
                -0.393582985453315, 0.228362863676907, 0.127904556613279, 89.6299666640896,
                9.64317054350343, -12.7426653012772},
      Reference{Tau2Method::kSj, -0.717248592557584, 0.187059458416427, -1.08387839402135,
                -0.35061879109382, 0.345515701598595, 0.149680511347343, 92.8963240955401,
                14.0772188012148, -12.7440226514002},
      Reference{Tau2Method::kMl, -0.711199139190282, 0.171896817022674, -1.04811070961179,
                -0.374287568768771, 0.280028171049595, 0.144251964039114, 91.3782847398471,
                11.598620110104, -12.6650763482768},
      Reference{Tau2Method::kReml, -0.714532348365101, 0.179781531780361, -1.06689767574005,
                -0.36216702099015, 0.313243325980895, 0.166425783098725, 92.2213860749656,
                12.8557608031121, -12.2023714154937},
      Reference{Tau2Method::kEb, -0.714968159161362, 0.180892206115034, -1.06951036823083,
                -0.360425950091899, 0.318068515771305, 0.173663055452438, 92.3303393693825,
                13.0383865487863, -12.6943370074177},
      Reference{Tau2Method::kPm, -0.714970405632446, 0.180897984125838, -1.06952393939499,
                -0.360416871869904, 0.318093711863015, 0.173674149828009, 92.3309002898848,
                13.039340180713, -12.694373167225}};
  for (const Reference& r : references) {
    const double tolerance = r.method == Tau2Method::kPm ? 1e-4 : 1e-6;
    const MetaFit fit = fit_meta(rows, {.method = r.method});
    const char* what = to_string(r.method).data();
    EXPECT_TRUE(fit.tau2.converged) << what;
    expect_relative(fit.coef[0], r.b, tolerance, what);
    expect_relative(fit.se[0], r.se, tolerance, what);
    expect_relative(fit.low[0], r.low, tolerance, what);
    expect_relative(fit.high[0], r.high, tolerance, what);
    expect_relative(fit.tau2.value, r.tau2, tolerance, what);
    expect_relative(*fit.tau2.se, r.se_tau2, tolerance, what);
    expect_relative(100 * fit.i2, r.i2, tolerance, what);
    expect_relative(fit.h2, r.h2, tolerance, what);
    expect_relative(fit.log_likelihood, r.ll, tolerance, what);
    EXPECT_NEAR(fit.heterogeneity.statistic, 152.233008082373, 1e-9) << what;
  }
  const MetaFit common = fit_meta(rows, {.method = Tau2Method::kFe});
  EXPECT_NEAR(common.coef[0], -0.430285163654091, 1e-12);
  EXPECT_NEAR(common.log_likelihood, -70.2235699044309, 1e-9);
  EXPECT_NEAR(common.h2, 12.6860840068644, 1e-10);
  EXPECT_NEAR(common.i2, 0.92117346854562, 1e-12);
}

// rma(..., control = list(threshold = 1e-13)): the optimum itself, which metafor's default of 1e-5
// misses by 1e-5 to 1e-4 of tau2 here. By default ours stops where it stops.
TEST(MetaRegression, StopsWhereMetaforDoesAndGoesOnToTheOptimumIfAsked) {
  THAW_SHARED_CSV(bcg, "causal/meta/dat.bcg_escalc_RR.csv");
  const MetaRows plain = bcg_rows(bcg, false, false);
  expect_relative(fit_meta(plain, {.stop = kOptimum}).tau2.value, 0.313243258136481, 1e-12, "REML");
  expect_relative(fit_meta(plain, {.method = Tau2Method::kMl, .stop = kOptimum}).tau2.value,
                  0.280028137268644, 1e-12, "ML");
  expect_relative(fit_meta(plain, {.method = Tau2Method::kPm}).tau2.value, 0.318068452205024, 1e-12,
                  "PM");
  expect_relative(fit_meta(plain).tau2.value, 0.313243325980895, 1e-12, "REML");
  const MetaRows alloc = bcg_rows(bcg, true, true);
  const MetaFit exact = fit_meta(alloc, {.stop = kOptimum});
  expect_relative(exact.tau2.value, 0.144594297359145, 1e-12, "alloc");
  expect_relative(exact.moderators->statistic, 11.0606124553676, 1e-11, "QM");
  expect_relative(exact.moderators->p, 0.0114025957300394, 1e-11, "QMp");
  EXPECT_EQ(exact.moderators->df, 3);
  expect_relative(100 * *explained_heterogeneity(0.313243258136481, exact.tau2.value),
                  53.8396139092177, 1e-11, "R2");
  const MetaFit stopped = fit_meta(alloc);
  expect_relative(stopped.tau2.value, 0.144595655709332, 1e-9, "alloc, metafor's stop");
  expect_relative(stopped.coef[3], 0.0584619738158708, 1e-9, "alloc, metafor's stop");
  expect_relative(stopped.log_likelihood, -7.39828205444763, 1e-10, "ll");
}

TEST(MetaRegression, AgreesWithMetaforOnLatitude) {
  THAW_SHARED_CSV(bcg, "causal/meta/dat.bcg_escalc_RR.csv");
  const MetaFit fit = fit_meta(bcg_rows(bcg, true, false));
  expect_relative(fit.coef[0], 0.251464294374286, 1e-6, "intercept");
  expect_relative(fit.coef[1], -0.0291016609280149, 1e-6, "latitude");
  expect_relative(fit.se[1], 0.00719555475708092, 1e-6, "se");
  expect_relative(fit.p_value[1], 5.24585597430599e-05, 1e-9, "p");
  expect_relative(fit.tau2.value, 0.0763546947056598, 1e-9, "tau2");
  expect_relative(100 * fit.i2, 68.3931305090481, 1e-9, "I2");
  expect_relative(fit.heterogeneity.statistic, 30.7330900107493, 1e-10, "QE");
  expect_relative(fit.heterogeneity.p, 0.00121429098742, 1e-9, "QEp");
  expect_relative(fit.log_likelihood, -8.08732006198063, 1e-9, "ll");
}

TEST(MetaRegression, TestsWithKnappAndHartung) {
  THAW_SHARED_CSV(bcg, "causal/meta/dat.bcg_escalc_RR.csv");
  const MetaFit fit =
      fit_meta(bcg_rows(bcg, false, false), {.knapp_hartung = true, .stop = kOptimum});
  expect_relative(fit.se[0], 0.1807917455191, 1e-6, "se");
  expect_relative(fit.statistic[0], -3.95223988967799, 1e-6, "t");
  expect_relative(fit.p_value[0], 0.00192001508513394, 1e-6, "p");
  expect_relative(fit.low[0], -1.10844372300005, 1e-6, "low");
  expect_relative(fit.high[0], -0.320620973730153, 1e-6, "high");
}

TEST(MetaRegression, TellsNothingOfChanceFromStudiesThatAgreeExactly) {
  const std::vector<double> y{0.3, 0.3, 0.3};
  const std::vector<double> v{0.04, 0.09, 0.05};
  const MetaRows rows = MetaRows::make(Matrix::Ones(3, 1), y, v).value();
  const MetaFit fit = fit_meta(rows, {.knapp_hartung = true});
  EXPECT_TRUE(fit.no_spread);
  EXPECT_NEAR(fit.coef[0], 0.3, 1e-12);
  const MetaPrediction at = predict(fit, Vector::Ones(1));
  for (const double none : {fit.se[0], fit.p_value[0], fit.low[0], at.se, at.low, at.new_high}) {
    EXPECT_TRUE(std::isnan(none));
  }
  // Held at 1 or above: the plain standard error. R metafor 3.8-1 calls it test = "adhoc".
  const MetaFit careful = fit_meta(rows, {.knapp_hartung = true, .widen_only = true});
  EXPECT_FALSE(careful.no_spread);
  EXPECT_DOUBLE_EQ(careful.scale, 1);
  EXPECT_NEAR(careful.se[0], fit_meta(rows).se[0], 1e-15);
  EXPECT_EQ(careful.df, 2);
}

TEST(MetaRegression, PredictsANewStudy) {
  THAW_SHARED_CSV(bcg, "causal/meta/dat.bcg_escalc_RR.csv");
  const MetaPrediction at = predict(fit_meta(bcg_rows(bcg, false, false)), Vector::Ones(1));
  expect_relative(at.value, -0.714532348365101, 1e-6, "value");
  expect_relative(at.new_low, -1.86669234660707, 1e-6, "low");
  expect_relative(at.new_high, 0.437627649876867, 1e-6, "high");
}

// metafor 3.8-1, confint(rma(yi, vi), control = list(tol = 1e-14)) and type = "PL"; its default
// tolerance gives 0.119695 and 1.111486.
TEST(MetaRegression, GivesProfileIntervalsOfHeterogeneity) {
  THAW_SHARED_CSV(bcg, "causal/meta/dat.bcg_escalc_RR.csv");
  const MetaRows rows = bcg_rows(bcg, false, false);
  const Tau2Interval q = q_profile_interval(rows);
  expect_relative(q.low, 0.119718361141261, 1e-10, "QP");
  expect_relative(q.high, 1.11147908406093, 1e-10, "QP");
  const Tau2Interval likelihood = likelihood_interval(rows, true, 0.313243258136481);
  expect_relative(likelihood.low, 0.115266105748054, 1e-9, "PL");
  expect_relative(likelihood.high, 0.964695326514208, 1e-9, "PL");
  const Tau2Interval alloc = q_profile_interval(bcg_rows(bcg, true, true));
  expect_relative(alloc.low, 0.0228611437352043, 1e-9, "QP alloc");
  expect_relative(alloc.high, 0.919476120283502, 1e-9, "QP alloc");
}

/// P and the likelihoods by dense matrices.
struct Dense {
  Matrix p;
  double full, restricted;
};

Dense dense(const Simulated& s, double tau2) {
  const auto k = static_cast<Eigen::Index>(s.y.size());
  const Matrix sigma = (as_vector(s.v).array() + tau2).matrix().asDiagonal();
  const Matrix w = sigma.inverse();
  const Matrix xwx = s.x.transpose() * w * s.x;
  Dense d;
  d.p = w - w * s.x * xwx.inverse() * s.x.transpose() * w;
  const double rss = as_vector(s.y).dot(d.p * as_vector(s.y));
  const double log_2pi = std::log(2 * M_PI);
  const auto n = static_cast<double>(k);
  const auto q = static_cast<double>(s.x.cols());
  d.full = -0.5 * (n * log_2pi + std::log(sigma.determinant()) + rss);
  d.restricted =
      -0.5 * ((n - q) * log_2pi + std::log(sigma.determinant()) + rss +
              std::log(xwx.determinant()) - std::log((s.x.transpose() * s.x).determinant()));
  return d;
}

TEST(MetaPass, EqualsTheDenseMatrices) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Simulated s = simulate(seed, 12, 1 + static_cast<Eigen::Index>(seed % 4), 0.4);
    const MetaRows rows = rows_of(s);
    const double tau2 = 0.1 * static_cast<double>(seed % 5);
    const MetaPass pass = meta_pass(rows, tau2);
    const Dense d = dense(s, tau2);
    const Vector y = as_vector(s.y);
    const Matrix pv = d.p * as_vector(s.v).asDiagonal();
    EXPECT_NEAR(pass.rss, y.dot(d.p * y), 1e-8);
    EXPECT_NEAR(pass.yppy, (d.p * y).squaredNorm(), 1e-6);
    EXPECT_NEAR(pass.trace_p, d.p.trace(), 1e-7);
    EXPECT_NEAR(pass.trace_pp, (d.p * d.p).trace(), 1e-5);
    const MetaLikelihood likelihood = meta_likelihood(rows, pass);
    EXPECT_NEAR(likelihood.full, d.full, 1e-8);
    EXPECT_NEAR(likelihood.restricted, d.restricted, 1e-6);
    const QuadraticForm form = quadratic_form(rows, pass, 0.2);
    EXPECT_NEAR(form.trace_pv, pv.trace(), 1e-7);
    EXPECT_NEAR(form.variance /
                    (2 * (pv * pv).trace() + 0.8 * (pv * d.p).trace() + 0.08 * (d.p * d.p).trace()),
                1, 1e-8);
    const QValue q = generalised_q(rows, tau2);
    EXPECT_NEAR(q.q, pass.rss, 1e-10);
    EXPECT_NEAR(q.slope, pass.yppy, 1e-8);
  }
}

// No point of a fine grid has a higher likelihood; few studies, so that many have their maximum at
// 0.
TEST(MetaRegression, FindsTheMaximumOfTheLikelihood) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Simulated s = simulate(seed, 5 + static_cast<Eigen::Index>(seed % 4),
                                 1 + static_cast<Eigen::Index>(seed % 2), 0.3);
    const MetaRows rows = rows_of(s);
    for (const Tau2Method method : {Tau2Method::kMl, Tau2Method::kReml}) {
      const bool restricted = method == Tau2Method::kReml;
      const MetaFit fit = fit_meta(rows, {.method = method, .stop = kOptimum});
      ASSERT_TRUE(fit.tau2.converged) << seed;
      for (double tau2 = 0; tau2 < 2; tau2 += 0.02) {
        const MetaLikelihood at = meta_likelihood(rows, meta_pass(rows, tau2));
        EXPECT_LE(restricted ? at.restricted : at.full, fit.log_likelihood + 1e-9)
            << seed << " " << tau2 << " beats " << fit.tau2.value;
      }
    }
  }
}

TEST(MetaRegression, PauleMandelBringsQToItsExpectation) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const MetaRows rows = rows_of(simulate(seed, 9, 2, 0.5));
    const Tau2Estimate tau2 = estimate_tau2(rows, Tau2Method::kPm);
    EXPECT_EQ(tau2.value, estimate_tau2(rows, Tau2Method::kEb).value);
    const double q = generalised_q(rows, tau2.value).q;
    EXPECT_TRUE(tau2.value > 0 ? std::fabs(q - 7) < 1e-9 : q <= 7) << seed;
  }
}

// The order of studies changes no bit; shift, unit and offset of a moderator change what they must.
TEST(MetaRegression, DoesNotDependOnTheOrderOfStudiesNorOnUnits) {
  for (const Tau2Method method : kAll) {
    const Simulated s = simulate(5, 20, 2, 0.4);
    Simulated turned = s;
    turned.x = s.x.colwise().reverse();
    std::ranges::reverse(turned.y);
    std::ranges::reverse(turned.v);
    const MetaFit fit =
        fit_meta(rows_of(s), {.method = method, .knapp_hartung = true, .stop = kOptimum});
    const MetaFit again =
        fit_meta(rows_of(turned), {.method = method, .knapp_hartung = true, .stop = kOptimum});
    EXPECT_EQ(fit.coef[1], again.coef[1]);
    EXPECT_EQ(fit.tau2.value, again.tau2.value);
    EXPECT_EQ(fit.weights[3], again.weights[16]);
    EXPECT_EQ(fit.hat[3], again.hat[16]);
    Simulated scaled = s;
    for (std::size_t i = 0; i < s.y.size(); ++i) {
      scaled.y[i] = 5 - 10 * s.y[i];
      scaled.v[i] = 100 * s.v[i];
    }
    scaled.x.col(1) = (s.x.col(1).array() + 1e5) / 1000;
    const MetaFit other =
        fit_meta(rows_of(scaled), {.method = method, .knapp_hartung = true, .stop = kOptimum});
    EXPECT_NEAR(other.coef[1] / (-1e4 * fit.coef[1]), 1, 1e-7) << to_string(method);
    EXPECT_NEAR(other.se[1] / (1e4 * fit.se[1]), 1, 1e-7) << to_string(method);
    EXPECT_NEAR(other.tau2.value, 100 * fit.tau2.value, 1e-7) << to_string(method);
  }
}

TEST(MetaRegression, RefusesWhatCannotBePooled) {
  const double inf = std::numeric_limits<double>::infinity();
  const Matrix one = Matrix::Ones(3, 1);
  const std::array<double, 3> y = {0.1, 0.2, 0.4};
  const auto message = [&](const Matrix& x, std::span<const double> values,
                           std::span<const double> v) {
    const auto rows = MetaRows::make(x, values, v);
    return rows ? std::string() : rows.error().message;
  };
  EXPECT_NE(message(one, y, std::array{0.1, 0.0, 0.1}).find("study 2"), std::string::npos);
  EXPECT_NE(message(one, y, std::array{0.1, 0.1, -1.0}).find("study 3"), std::string::npos);
  EXPECT_NE(message(one, std::array{inf, 0., 0.}, std::array{1., 1., 1.}).find("study 1"),
            std::string::npos);
  EXPECT_NE(message(Matrix::Ones(1, 1), std::array{1.}, std::array{1.}).find("at least two"),
            std::string::npos);
  EXPECT_NE(message(Matrix::Ones(3, 2), y, std::array{1., 1., 1.}).find("column 2"),
            std::string::npos);
  EXPECT_NE(message(Matrix::Random(3, 3), y, std::array{1., 1., 1.}).find("too few"),
            std::string::npos);
  EXPECT_EQ(message(one, y, std::array{1., 1., 1.}), "");
}

TEST(Heterogeneity, SaysWhenStudiesAgreeBetterThanChance) {
  const Matrix x = Matrix::Ones(5, 1);
  const std::vector<double> v(5, 1.0);
  const std::vector<double> y = {0.1, 0.1001, 0.0999, 0.1, 0.1};
  const MetaRows rows = MetaRows::make(x, y, v).value();
  EXPECT_TRUE(q_profile_interval(rows).empty);
  for (const Tau2Method method : {Tau2Method::kDl, Tau2Method::kReml, Tau2Method::kPm}) {
    EXPECT_EQ(estimate_tau2(rows, method).value, 0) << to_string(method);
  }
}

TEST(Heterogeneity, ReadsTheNamesOfItsMethods) {
  for (const Tau2Method method : kAll) {
    EXPECT_EQ(parse_tau2_method(to_string(method)).value(), method);
  }
  EXPECT_EQ(parse_tau2_method("reml").value(), Tau2Method::kReml);
  EXPECT_FALSE(parse_tau2_method("magic"));
}

}  // namespace
}  // namespace thaw::stats
