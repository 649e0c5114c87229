#include "stats/linear.h"

#include <fmt/format.h>

#include <cmath>

namespace thaw::stats {
namespace {

constexpr double kPivotMin = 1e-14;  // squared length of a column that the earlier ones leave

Vector weights_or_ones(std::span<const double> weights, Eigen::Index n) {
  return weights.empty() ? Vector::Ones(n) : Vector(as_vector(weights));
}

Matrix sandwich(const Matrix& x, const Vector& scores, const Matrix& bread) {
  return bread * weighted_cross_product(x, scores.cwiseAbs2()) * bread;
}

double explained_share(const Vector& y, const Vector& w, double residual_square) {
  const double mean = w.dot(y) / w.sum();
  const double total = w.dot((y.array() - mean).square().matrix());
  return total > 0 ? 1 - residual_square / total : 0;
}

}  // namespace

Result<LinearFit> fit_linear(const Matrix& x, std::span<const double> y,
                             std::span<const double> weights, LinearVariance variance) {
  if (const auto fault = regression_fault(x, y, weights)) {
    return invalid_argument(*fault);
  }
  const Eigen::Index n = x.rows();
  const Eigen::Index p = x.cols();
  const Vector w = weights_or_ones(weights, n);
  const Vector root = w.cwiseSqrt();
  const Matrix scaled = root.asDiagonal() * x;
  const Eigen::HouseholderQR<Matrix> qr(scaled);
  const Matrix r = qr.matrixQR().topRows(p).triangularView<Eigen::Upper>();
  for (Eigen::Index j = 0; j < p; ++j) {
    if (!(r(j, j) * r(j, j) > kPivotMin * scaled.col(j).squaredNorm())) {
      return invalid_argument(
          fmt::format("column {} is constant or a combination of the columns before it", j + 1));
    }
  }
  const Matrix r_inverse = r.triangularView<Eigen::Upper>().solve(Matrix::Identity(p, p));
  const Matrix bread = r_inverse * r_inverse.transpose();
  LinearFit fit;
  fit.coef = qr.solve((root.array() * as_vector(y).array()).matrix());
  fit.residuals = as_vector(y) - x * fit.coef;
  const double residual_square = w.dot(fit.residuals.cwiseAbs2());
  fit.sigma2 = residual_square / static_cast<double>(n - p);
  fit.r_squared = explained_share(as_vector(y), w, residual_square);
  if (variance == LinearVariance::kModel) {
    fit.var = fit.sigma2 * bread;
    return fit;
  }
  fit.var = sandwich(x, (w.array() * fit.residuals.array()).matrix(), bread);
  if (variance == LinearVariance::kHc1) {
    fit.var *= static_cast<double>(n) / static_cast<double>(n - p);
  }
  return fit;
}

}  // namespace thaw::stats
