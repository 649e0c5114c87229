#include "stats/blas.h"

#include <gtest/gtest.h>

namespace thaw::stats {
namespace {

TEST(Blas, ProductsAreTheSumsTheyStandFor) {
  const Matrix x = Matrix::NullaryExpr(
      7, 3, [](auto row, auto column) { return static_cast<double>(row * row - 3 * column); });
  const Matrix square = cross_product(x);
  const Matrix plain = product(x.transpose(), x);
  for (Eigen::Index i = 0; i < 3; ++i) {
    for (Eigen::Index j = 0; j < 3; ++j) {
      double sum = 0;
      for (Eigen::Index row = 0; row < 7; ++row) {
        sum += x(row, i) * x(row, j);
      }
      EXPECT_DOUBLE_EQ(square(i, j), sum);
      EXPECT_DOUBLE_EQ(plain(i, j), sum);
    }
  }
}

TEST(Blas, ABlockOfAMatrixIsItsOwnMatrix) {
  const Matrix x = Matrix::Random(9, 4);
  EXPECT_TRUE(cross_product(x.block(2, 1, 5, 2))
                  .isApprox(x.block(2, 1, 5, 2).transpose() * x.block(2, 1, 5, 2)));
  EXPECT_EQ(cross_product(Matrix(0, 2)), Matrix::Zero(2, 2));
}

}  // namespace
}  // namespace thaw::stats
