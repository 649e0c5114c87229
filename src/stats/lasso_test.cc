#include "stats/lasso.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace thaw::stats {
namespace {

struct Made {
  Matrix x;
  Vector y;
};

/// Ten columns of which two matter, on scales of their own.
Made made(std::uint64_t seed, Eigen::Index n, bool yes_no) {
  Random random(seed);
  Made m{Matrix(n, 10), Vector(n)};
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < 10; ++j) {
      m.x(i, j) = (1 + static_cast<double>(j)) * random.normal() + 3;
    }
    const double eta = 1.5 * (m.x(i, 0) - 3) - 0.5 * (m.x(i, 1) - 3);
    m.y[i] = yes_no ? (random.bernoulli(1 / (1 + std::exp(-eta))) ? 1 : 0) : eta + random.normal();
  }
  return m;
}

// Law: at an optimum the slope of the loss is the penalty where a column is in, below it where out.
TEST(FitLasso, FulfilsTheConditionsOfAnOptimum) {
  for (const LassoKind kind : {LassoKind::kNumber, LassoKind::kYesNo}) {
    for (const double penalty : {0.01, 0.05, 0.2}) {
      const Made m = made(7, 300, kind == LassoKind::kYesNo);
      const LassoFit fit = fit_lasso_at(m.x, m.y, kind, penalty).value();
      Vector mean = (m.x * fit.coef).array() + fit.intercept;
      if (kind == LassoKind::kYesNo) {
        mean = (1 / (1 + (-mean.array()).exp())).matrix();
      }
      const Vector residual = m.y - mean;
      EXPECT_NEAR(residual.mean(), 0, 1e-6);
      for (Eigen::Index j = 0; j < 10; ++j) {
        const Vector column = m.x.col(j).array() - m.x.col(j).mean();
        const double scale = std::sqrt(column.squaredNorm() / 300);
        const double slope = column.dot(residual) / scale / 300;
        if (fit.coef[j] != 0) {
          EXPECT_NEAR(slope, std::copysign(penalty, fit.coef[j]), 1e-6) << j << " " << penalty;
        } else {
          EXPECT_LE(std::fabs(slope), penalty + 1e-6) << j << " " << penalty;
        }
      }
    }
  }
}

TEST(FitLasso, KeepsWhatMattersAndShrinksTheRest) {
  for (const bool yes_no : {false, true}) {
    const Made m = made(3, 600, yes_no);
    const LassoFit fit =
        fit_lasso(m.x, m.y, yes_no ? LassoKind::kYesNo : LassoKind::kNumber, 5, 1).value();
    EXPECT_NEAR(fit.coef[0], 1.5, yes_no ? 0.5 : 0.15);
    EXPECT_NEAR(fit.coef[1], -0.5, yes_no ? 0.2 : 0.1);
    for (Eigen::Index j = 2; j < 10; ++j) {
      EXPECT_LT(std::fabs(fit.coef[j]), 0.1) << j;
    }
  }
}

TEST(FitLasso, GivesAConstantColumnNothingAndRefusesOneClass) {
  Made m = made(3, 100, true);
  m.x.col(4).setConstant(2);
  EXPECT_EQ(fit_lasso(m.x, m.y, LassoKind::kYesNo, 5, 1)->coef[4], 0);
  m.y.setOnes();
  EXPECT_FALSE(fit_lasso(m.x, m.y, LassoKind::kYesNo, 5, 1));
}

}  // namespace
}  // namespace thaw::stats
