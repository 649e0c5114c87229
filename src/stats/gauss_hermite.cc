#include "stats/gauss_hermite.h"

#include <cmath>
#include <numbers>

namespace thaw::stats {

Quadrature gauss_hermite(int n) {
  Matrix jacobi = Matrix::Zero(n, n);
  for (int i = 1; i < n; ++i) {
    jacobi(i, i - 1) = std::sqrt(i / 2.0);
    jacobi(i - 1, i) = jacobi(i, i - 1);
  }
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(jacobi);
  return {eigen.eigenvalues(),
          std::sqrt(std::numbers::pi) * eigen.eigenvectors().row(0).cwiseAbs2().transpose()};
}

}  // namespace thaw::stats
