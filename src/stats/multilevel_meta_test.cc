#include "stats/multilevel_meta.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "base/random.h"
#include "stats/shared_csv.h"

namespace thaw::stats {
namespace {

struct Clustered {
  Matrix x;
  std::vector<double> y, v;
  std::vector<int> cluster, unit;

  MultilevelData data(bool with_units = true) const {
    return {x, y, v, cluster, with_units ? std::span<const int>(unit) : std::span<const int>()};
  }
};

Clustered simulate(std::uint64_t seed, int clusters, int units, int rows, Eigen::Index p) {
  Random random(seed);
  Clustered s;
  const auto k = static_cast<Eigen::Index>(clusters) * units * rows;
  s.x = Matrix::Ones(k, p);
  Eigen::Index at = 0;
  for (int c = 0; c < clusters; ++c) {
    const double u = 0.4 * random.normal();
    for (int j = 0; j < units; ++j) {
      const double w = 0.3 * random.normal();
      for (int i = 0; i < rows; ++i, ++at) {
        for (Eigen::Index column = 1; column < p; ++column) {
          s.x(at, column) = 2000 + 10 * random.normal();
        }
        s.v.push_back(0.02 + 0.1 * random.uniform());
        s.y.push_back(0.2 + u + w + std::sqrt(s.v.back()) * random.normal());
        s.cluster.push_back(7 - 3 * c);
        s.unit.push_back(j);
      }
    }
  }
  return s;
}

std::vector<int> codes(const SharedCsv& csv, const std::string& name) {
  std::vector<int> out;
  for (const double value : csv.numbers(name)) {
    out.push_back(static_cast<int>(value));
  }
  return out;
}

// R metafor 3.8-1: rma.mv(yi, vi, random = ~ 1 | district/school), its confint(), and the same with
// mods = ~ year, method = "ML". Its confint() searches to about 1e-5.
TEST(Multilevel, AgreesWithMetaforOnSchoolCalendars) {
  THAW_SHARED_CSV(csv, "causal/meta/dat.konstantopoulos2011.csv");
  const std::vector<double> y = csv.numbers("yi");
  const std::vector<double> v = csv.numbers("vi");
  const std::vector<double> year = csv.numbers("year");
  const std::vector<int> district = codes(csv, "district");
  const std::vector<int> school = codes(csv, "school");
  Matrix x = Matrix::Ones(56, 1);
  const auto fit = fit_multilevel({x, y, v, district, school}).value();
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.coef[0], 0.184713163675017, 1e-8);
  EXPECT_NEAR(fit.se[0], 0.0845559187559233, 1e-8);
  EXPECT_NEAR(fit.sigma2_cluster, 0.0650619443021949, 1e-8);
  EXPECT_NEAR(fit.sigma2_unit, 0.0327365170214982, 1e-8);
  EXPECT_NEAR(fit.log_likelihood, -7.95872403371095, 1e-10);
  EXPECT_NEAR(fit.heterogeneity.statistic, 578.8640179582, 1e-9);
  EXPECT_NEAR(fit.cluster_interval->low, 0.02223279, 1e-5);
  EXPECT_NEAR(fit.cluster_interval->high, 0.20724173, 1e-5);
  EXPECT_NEAR(fit.unit_interval->low, 0.01627353, 1e-5);
  EXPECT_NEAR(fit.unit_interval->high, 0.06282546, 1e-5);
  EXPECT_EQ(fit.clusters, 11U);
  EXPECT_EQ(fit.units, 56U);

  x = Matrix::Ones(56, 2);
  x.col(1) = as_vector(year);
  const auto ml = fit_multilevel({x, y, v, district, {}}, {.restricted = false}).value();
  EXPECT_NEAR(ml.sigma2_cluster, 0.0564628521932978, 2e-8);
  EXPECT_NEAR(ml.sigma2_unit, 0.0329390319804502, 2e-8);
  EXPECT_NEAR(ml.log_likelihood, -8.2181425658444, 1e-9);
  EXPECT_NEAR(ml.coef[1], 0.0050737206, 1e-9);
  EXPECT_NEAR(ml.se[0], 16.9446525744, 1e-5);
  EXPECT_NEAR(ml.moderators->statistic, 0.3553495585, 1e-7);
}

double dense_deviance(const Clustered& s, bool restricted, double s1, double s2) {
  const auto k = static_cast<Eigen::Index>(s.y.size());
  Matrix sigma = as_vector(s.v).asDiagonal();
  for (std::size_t i = 0; i < s.y.size(); ++i) {
    for (std::size_t j = 0; j < s.y.size(); ++j) {
      const bool cluster = s.cluster[i] == s.cluster[j];
      sigma(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) +=
          (cluster ? s1 : 0) + (cluster && s.unit[i] == s.unit[j] ? s2 : 0);
    }
  }
  const Matrix w = sigma.inverse();
  const Matrix xwx = s.x.transpose() * w * s.x;
  const Vector b = xwx.inverse() * s.x.transpose() * w * as_vector(s.y);
  const Vector residual = as_vector(s.y) - s.x * b;
  double value = std::log(sigma.determinant()) + residual.dot(w * residual);
  auto n = static_cast<double>(k);
  if (restricted) {
    value += std::log(xwx.determinant()) - std::log((s.x.transpose() * s.x).determinant());
    n -= static_cast<double>(s.x.cols());
  }
  return value + n * std::log(2 * M_PI);
}

TEST(Multilevel, HasTheLikelihoodOfTheDenseMatrices) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const Clustered s = simulate(seed, 4, 3, 1 + static_cast<int>(seed % 3), 2);
    for (const bool restricted : {true, false}) {
      for (const auto& [s1, s2] : {std::pair{0.0, 0.0}, {0.3, 0.0}, {0.0, 0.2}, {0.5, 0.1}}) {
        EXPECT_NEAR(multilevel_deviance(s.data(), restricted, s1, s2).value(),
                    dense_deviance(s, restricted, s1, s2), 1e-5)
            << seed << " " << s1 << " " << s2;
      }
    }
  }
}

TEST(Multilevel, FindsTheLeastDeviance) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Clustered s = simulate(seed, 5, 3, 1, 1);
    const auto fit = fit_multilevel(s.data(), {.intervals = false}).value();
    ASSERT_TRUE(fit.converged) << seed;
    for (double s1 = 0; s1 < 1; s1 += 0.1) {
      for (double s2 = 0; s2 < 0.5; s2 += 0.05) {
        EXPECT_GE(multilevel_deviance(s.data(), true, s1, s2).value(),
                  -2 * fit.log_likelihood - 1e-8)
            << seed;
      }
    }
  }
}

TEST(Multilevel, IsAnOrdinaryPoolWhenClustersDoNotDiffer) {
  Clustered s = simulate(3, 6, 4, 1, 1);
  // Alternate signs within clusters: the best variance between clusters is 0.
  for (std::size_t i = 0; i < s.y.size(); ++i) {
    s.y[i] = (i % 2 == 0 ? 1 : -1) * (0.5 + 0.01 * static_cast<double>(i % 5));
  }
  const auto fit = fit_multilevel(s.data()).value();
  EXPECT_EQ(fit.sigma2_cluster, 0);
  const auto rows = MetaRows::make(s.x, s.y, s.v).value();
  const auto flat = fit_meta(rows, {.stop = {.relative = 1e-12}});
  EXPECT_NEAR(fit.sigma2_unit, flat.tau2.value, 1e-7);
  EXPECT_NEAR(fit.coef[0], flat.coef[0], 1e-8);
  EXPECT_NEAR(fit.log_likelihood, flat.log_likelihood, 1e-8);
}

TEST(Multilevel, DoesNotDependOnTheOrderOfRowsNorOnTheNamesOfClusters) {
  const Clustered s = simulate(9, 5, 3, 2, 2);
  Clustered turned = s;
  turned.x = s.x.colwise().reverse();
  std::ranges::reverse(turned.y);
  std::ranges::reverse(turned.v);
  std::ranges::reverse(turned.cluster);
  std::ranges::reverse(turned.unit);
  for (int& c : turned.cluster) {
    c = -c;
  }
  const auto fit = fit_multilevel(s.data()).value();
  const auto again = fit_multilevel(turned.data()).value();
  EXPECT_EQ(fit.coef[1], again.coef[1]);
  EXPECT_EQ(fit.sigma2_cluster, again.sigma2_cluster);
  EXPECT_EQ(fit.cluster_interval->high, again.cluster_interval->high);
}

TEST(Multilevel, RefusesWhatCannotBeToldApart) {
  Clustered s = simulate(1, 4, 1, 1, 1);
  const auto lonely = fit_multilevel(s.data());
  ASSERT_FALSE(lonely);
  EXPECT_NE(lonely.error().message.find("cannot be told apart"), std::string::npos);
  std::ranges::fill(s.cluster, 1);
  EXPECT_NE(fit_multilevel(s.data()).error().message.find("one cluster"), std::string::npos);
  s.cluster.pop_back();
  EXPECT_FALSE(fit_multilevel(s.data()));
}

}  // namespace
}  // namespace thaw::stats
