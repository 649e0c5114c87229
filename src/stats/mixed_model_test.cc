#include "stats/mixed_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "base/random.h"
#include "stats/shared_csv.h"

namespace thaw::stats {
namespace {

struct Lines {
  Matrix x, z;
  std::vector<double> y;
  std::vector<int> person;

  MixedData data() const { return {x, z, y, person}; }
};

/// Fixed: 1, time, arm, time by arm; random: 1 and time.
Lines simulate(std::uint64_t seed, int people, int visits) {
  Random random(seed);
  Lines s;
  const auto n = static_cast<Eigen::Index>(people) * visits;
  s.x.resize(n, 4);
  s.z.resize(n, 2);
  Eigen::Index row = 0;
  for (int i = 0; i < people; ++i) {
    const double u = 3 * random.normal();
    const double slope = -0.8 + 0.4 * random.normal() + 0.05 * u;
    const double arm = i % 2;
    for (int j = 0; j < visits; ++j, ++row) {
      const double t = 3 * j + random.uniform();
      s.x.row(row) << 1, t, arm, t * arm;
      s.z.row(row) << 1, t;
      s.y.push_back(40 + u + slope * t + 0.2 * arm * t + 1.5 * random.normal());
      s.person.push_back(i);
    }
  }
  return s;
}

double dense_log_likelihood(const Lines& s, bool restricted, const Matrix& random, double sigma2) {
  const auto n = static_cast<Eigen::Index>(s.y.size());
  Matrix v = sigma2 * Matrix::Identity(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      if (s.person[static_cast<std::size_t>(i)] == s.person[static_cast<std::size_t>(j)]) {
        v(i, j) += s.z.row(i).dot(random * s.z.row(j).transpose());
      }
    }
  }
  const Eigen::LLT<Matrix> root(v);
  const Matrix w = root.solve(Matrix::Identity(n, n));
  const Matrix xwx = s.x.transpose() * w * s.x;
  const Vector b = xwx.ldlt().solve(s.x.transpose() * (w * as_vector(s.y)));
  const Vector r = as_vector(s.y) - s.x * b;
  double value = 2 * root.matrixLLT().diagonal().array().log().sum() + r.dot(w * r);
  double df = static_cast<double>(n);
  if (restricted) {
    value += std::log(xwx.determinant());
    df -= static_cast<double>(s.x.cols());
  }
  return -0.5 * (value + df * std::log(2 * std::numbers::pi));
}

TEST(MixedModel, HasTheLikelihoodOfTheDenseMatrices) {
  const Lines s = simulate(1, 6, 4);
  for (const bool restricted : {true, false}) {
    Matrix random(2, 2);
    random << 5, 0.3, 0.3, 0.2;
    EXPECT_NEAR(mixed_log_likelihood(s.data(), restricted, random, 1.7).value(),
                dense_log_likelihood(s, restricted, random, 1.7), 1e-8);
  }
}

TEST(MixedModel, FindsTheMaximum) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const Lines s = simulate(seed, 12, 4);
    const MixedFit fit = fit_mixed(s.data()).value();
    ASSERT_TRUE(fit.converged) << seed;
    if (!fit.singular) {
      EXPECT_NEAR(dense_log_likelihood(s, true, fit.random, fit.sigma2), fit.log_likelihood, 1e-7);
    }
    Random random(seed + 100);
    for (int i = 0; i < 40; ++i) {
      Matrix other = fit.random;
      other(0, 0) *= std::exp(0.3 * random.normal());
      other(1, 1) *= std::exp(0.3 * random.normal());
      other(0, 1) = other(1, 0) = 0.9 * random.uniform() * std::sqrt(other(0, 0) * other(1, 1));
      other += 1e-6 * Matrix::Identity(2, 2);
      const double sigma2 = fit.sigma2 * std::exp(0.2 * random.normal());
      EXPECT_LE(mixed_log_likelihood(s.data(), true, other, sigma2).value(),
                fit.log_likelihood + 1e-7)
          << seed;
    }
  }
}

std::vector<int> person_codes(const SharedCsv& csv, const std::string& name) {
  std::map<double, int> known;
  const std::vector<double> ids = csv.numbers(name);
  for (const double id : ids) {
    known.emplace(id, 0);
  }
  int next = 0;
  for (auto& [id, code] : known) {
    code = next++;
  }
  std::vector<int> codes;
  for (const double id : ids) {
    codes.push_back(known.at(id));
  }
  return codes;
}

// R 4.2.2: log(bili) ~ t * arm on pbcseq with t = day/365.25, arm = trt - 1; lmer of lme4 1.1-31
// and lme of nlme 3.1-162 agree on the log likelihood to 1e-10 and on the rest to about 1e-7.
TEST(MixedModel, AgreesWithNlmeAndLme4OnBilirubin) {
  THAW_SHARED_CSV(csv, "cohort/pbcseq.csv");
  const auto day = csv.numbers("day");
  const auto arm = csv.numbers("trt");
  Lines s;
  const auto n = static_cast<Eigen::Index>(day.size());
  s.x.resize(n, 4);
  s.z.resize(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    const double t = day[static_cast<std::size_t>(i)] / 365.25;
    const double a = arm[static_cast<std::size_t>(i)] - 1;
    s.x.row(i) << 1, t, a, t * a;
    s.z.row(i) << 1, t;
  }
  for (const double bili : csv.numbers("bili")) {
    s.y.push_back(std::log(bili));
  }
  s.person = person_codes(csv, "id");
  const MixedFit fit = fit_mixed(s.data()).value();
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.log_likelihood, -1534.7370759278, 1e-8);
  EXPECT_NEAR(fit.coef[0], 0.429784641828568, 1e-7);
  EXPECT_NEAR(fit.coef[1], 0.175347634251433, 1e-7);
  EXPECT_NEAR(fit.coef[3], -0.004409398206191, 1e-7);
  EXPECT_NEAR(fit.se[1], 0.017397047521849, 1e-7);
  EXPECT_NEAR(fit.se[3], 0.024905104147806, 1e-7);
  EXPECT_NEAR(fit.random(0, 0), 0.997197842938484, 2e-6);
  EXPECT_NEAR(fit.random(1, 1), 0.029657800589439, 2e-7);
  EXPECT_NEAR(fit.random(0, 1), 0.071685575574389, 4e-7);
  EXPECT_NEAR(fit.sigma2, 0.121753323021545, 2e-7);
  EXPECT_NEAR(fit.df[1], 160.5356068, 1e-2);  // lmerTest 3.1-3
  EXPECT_NEAR(fit.df[2], 304.2064193, 1e-2);
  EXPECT_NEAR(fit.df[3], 162.0612164, 1e-2);
  EXPECT_NEAR(fit.blup(0, 0), 2.21170859, 1e-5);
  EXPECT_NEAR(fit.blup(1, 1), 0.00944694, 1e-5);
  const MixedFit ml = fit_mixed(s.data(), {.restricted = false}).value();
  EXPECT_NEAR(ml.log_likelihood, -1525.2594585641, 1e-8);
  EXPECT_NEAR(ml.se[1], 0.017290766712657, 1e-7);
  EXPECT_NEAR(ml.random(1, 1), 0.029229244210771, 2e-7);
}

// R: lmer(CD4 ~ obstime + obstime:drug + (1 | patient)) and with (obstime | patient) on aids;
// lmerTest's degrees of freedom.
TEST(MixedModel, AgreesWithLme4OnCd4Counts) {
  THAW_SHARED_CSV(csv, "cohort/aids.csv");
  const auto time = csv.numbers("obstime");
  const auto& drug = csv.columns.at("drug");
  Lines s;
  const auto n = static_cast<Eigen::Index>(time.size());
  s.x.resize(n, 3);
  s.z = Matrix::Ones(n, 1);
  s.y = csv.numbers("CD4");
  s.person = person_codes(csv, "patient");
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto row = static_cast<std::size_t>(i);
    s.x.row(i) << 1, time[row], time[row] * (drug[row] == "ddI" ? 1 : 0);
  }
  const MixedFit level = fit_mixed(s.data()).value();
  EXPECT_NEAR(level.log_likelihood, -3586.911459, 1e-6);
  EXPECT_NEAR(level.coef[2], 0.01583214598, 1e-6);
  EXPECT_NEAR(level.se[2], 0.02392461654, 1e-6);
  EXPECT_NEAR(level.df[2], 1041.2440737, 0.5);
  s.z.conservativeResize(n, 2);
  s.z.col(1) = as_vector(time);
  const MixedFit slope = fit_mixed(s.data()).value();
  EXPECT_NEAR(slope.log_likelihood, -3566.787574, 1e-6);
  EXPECT_NEAR(slope.coef[2], 0.02827212562, 1e-7);
  EXPECT_NEAR(slope.random(1, 1), 0.03020931214, 1e-6);
  EXPECT_NEAR(slope.df[1], 285.0523661, 0.1);
}

// Balanced lines: the estimate is ordinary least squares, and the difference of slopes has people -
// 2 degrees of freedom.
TEST(MixedModel, OfBalancedDataIsTheComparisonOfPeoplesOwnLines) {
  Random random(8);
  Lines s;
  constexpr int kPeople = 14;
  constexpr int kVisits = 5;
  s.x.resize(kPeople * kVisits, 4);
  s.z.resize(kPeople * kVisits, 2);
  std::vector<double> own;
  Eigen::Index row = 0;
  for (int i = 0; i < kPeople; ++i) {
    const double slope = -1 + 0.5 * random.normal();
    const double u = 2 * random.normal();
    double top = 0;
    for (int j = 0; j < kVisits; ++j, ++row) {
      const double y = 40 + u + slope * j + random.normal();
      s.x.row(row) << 1, j, i % 2, j * (i % 2);
      s.z.row(row) << 1, j;
      s.y.push_back(y);
      s.person.push_back(i);
      top += (j - 2.0) * y / 10;
    }
    own.push_back(top);
  }
  double difference = 0, square = 0;
  std::array<double, 2> mean{};
  for (std::size_t i = 0; i < own.size(); ++i) {
    mean[i % 2] += own[i] / (kPeople / 2);
  }
  difference = mean[1] - mean[0];
  for (std::size_t i = 0; i < own.size(); ++i) {
    square += std::pow(own[i] - mean[i % 2], 2);
  }
  const double se = std::sqrt(square / (kPeople - 2) * 2 / (kPeople / 2.0));
  const MixedFit fit = fit_mixed(s.data()).value();
  ASSERT_FALSE(fit.singular);
  EXPECT_NEAR(fit.coef[3], difference, 1e-8);
  EXPECT_NEAR(fit.se[3], se, 1e-6);
  EXPECT_NEAR(fit.df[3], kPeople - 2, 1e-2);
}

TEST(MixedModel, DoesNotDependOnTheOrderOfRows) {
  const Lines s = simulate(3, 10, 4);
  Lines t = s;
  t.x = s.x.colwise().reverse();
  t.z = s.z.colwise().reverse();
  std::ranges::reverse(t.y);
  std::ranges::reverse(t.person);
  EXPECT_EQ(fit_mixed(s.data())->coef[1], fit_mixed(t.data())->coef[1]);
  EXPECT_EQ(fit_mixed(s.data())->random(1, 1), fit_mixed(t.data())->random(1, 1));
}

TEST(MixedModel, RefusesWhatCannotBeTold) {
  Lines s = simulate(3, 10, 2);
  EXPECT_NE(fit_mixed(s.data()).error().message.find("more visits"), std::string::npos);
  Lines one = simulate(3, 1, 5);
  EXPECT_NE(fit_mixed(one.data()).error().message.find("two people"), std::string::npos);
  Lines twin = simulate(3, 6, 4);
  twin.x.col(3) = twin.x.col(1);
  EXPECT_NE(fit_mixed(twin.data()).error().message.find("column 4"), std::string::npos);
  Lines exact = simulate(3, 6, 4);
  for (Eigen::Index i = 0; i < exact.x.rows(); ++i) {
    exact.y[static_cast<std::size_t>(i)] = 40 - exact.x(i, 1);
  }
  EXPECT_FALSE(fit_mixed(exact.data()));
}

}  // namespace
}  // namespace thaw::stats
