#include "stats/logistic_pass.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "stats/blas.h"

namespace thaw::stats {
namespace {

constexpr Eigen::Index kBlockRows = 512;  // 20 columns of it are 80 KiB; also the kernel's limit

/// log(1 + e^-|eta|) and the wrong side's |eta|, for rows that carry weights.
double weighted_loss(const Eigen::Ref<const Vector>& eta, const double* y, const double* w) {
  double loss = 0;
  for (Eigen::Index i = 0; i < eta.size(); ++i) {
    const double wrong = y[i] > 0.5 ? -eta[i] : eta[i];
    loss += w[i] * (std::max(wrong, 0.0) + std::log1p(std::exp(-std::fabs(eta[i]))));
  }
  return loss;
}

double wrong_side(const Eigen::Ref<const Vector>& eta, const double* y) {
  double sum = 0;
  for (Eigen::Index i = 0; i < eta.size(); ++i) {
    sum += std::max(y[i] > 0.5 ? -eta[i] : eta[i], 0.0);
  }
  return sum;
}

}  // namespace

LogisticPass logistic_pass(const Matrix& x, std::span<const double> y,
                           std::span<const double> weights, const Vector& coef,
                           Vector& probabilities) {
  const Eigen::Index n = x.rows();
  LogisticPass pass{.log_likelihood = 0,
                    .score = Vector::Zero(x.cols()),
                    .information = Matrix::Zero(x.cols(), x.cols())};
  probabilities.resize(n);
  Vector eta(kBlockRows);
  Vector residual(kBlockRows);
  Vector root(kBlockRows);
  Matrix scaled(kBlockRows, x.cols());
  for (Eigen::Index row = 0; row < n; row += kBlockRows) {
    const Eigen::Index rows = std::min(kBlockRows, n - row);
    const auto block = x.middleRows(row, rows);
    const double* own_y = y.data() + row;
    auto p = probabilities.segment(row, rows);
    eta.head(rows).noalias() = block * coef;
    const double product = logistic_kernel(eta.data(), static_cast<int>(rows), p.data());
    residual.head(rows) = Eigen::Map<const Vector>(own_y, rows) - p;
    root.head(rows) = p.array() * (1 - p.array());
    if (weights.empty()) {
      pass.log_likelihood -= std::log(product) + wrong_side(eta.head(rows), own_y);
    } else {
      const double* own_w = weights.data() + row;
      const Eigen::Map<const Vector> w(own_w, rows);
      pass.log_likelihood -= weighted_loss(eta.head(rows), own_y, own_w);
      residual.head(rows).array() *= w.array();
      root.head(rows).array() *= w.array();
    }
    root.head(rows) = root.head(rows).cwiseSqrt();
    scaled.topRows(rows).noalias() = root.head(rows).asDiagonal() * block;
    pass.score.noalias() += block.transpose() * residual.head(rows);
    add_cross_product(scaled.topRows(rows), pass.information);
  }
  pass.information.triangularView<Eigen::StrictlyUpper>() = pass.information.transpose();
  return pass;
}

double nudge_probabilities(const Matrix& x, const Vector& step, Vector& probabilities) {
  double largest = 0;
  Vector moved(kBlockRows);
  for (Eigen::Index row = 0; row < x.rows(); row += kBlockRows) {
    const Eigen::Index rows = std::min(kBlockRows, x.rows() - row);
    moved.head(rows).noalias() = x.middleRows(row, rows) * step;
    const auto d = moved.head(rows).array();
    auto p = probabilities.segment(row, rows).array();
    largest = std::max(largest, d.abs().maxCoeff());
    p += p * (1 - p) * d * (1 + (0.5 - p) * d);
  }
  return largest;
}

}  // namespace thaw::stats
