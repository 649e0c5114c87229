#include "discovery/draw_regression.h"

#include <algorithm>
#include <cmath>

namespace thaw::discovery {
namespace {

using stats::Matrix;
using stats::Vector;

constexpr double kRidge = 1e-5;
constexpr int kNewtonSteps = 25;

Vector standard_normals(Eigen::Index n, Random& random) {
  Vector z(n);
  for (double& value : z) {
    value = random.normal();
  }
  return z;
}

/// A draw from the normal of mean `mean` and precision L L' = `factor`.
Vector normal_about(const Vector& mean, const Eigen::LLT<Matrix>& factor, double scale,
                    Random& random) {
  return mean + scale * factor.matrixU().solve(standard_normals(mean.size(), random));
}

double logistic(double x) {
  return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

/// Coefficients of P(yes) drawn about their mode; `x` (n, q), column 0 of ones.
Vector draw_logistic(const Matrix& x, const Vector& yes, Random& random) {
  Vector precision = Vector::Constant(x.cols(), 1 / (2.5 * 2.5));
  precision[0] = 1e-2;
  Vector beta = Vector::Zero(x.cols());
  Eigen::LLT<Matrix> factor;
  // The posterior is concave; a step is cut so that no linear predictor runs away on its way.
  for (int step = 0; step < kNewtonSteps; ++step) {
    const Vector p = (x * beta).unaryExpr(&logistic);
    const Vector weight = p.array() * (1 - p.array());
    Matrix information = x.transpose() * weight.asDiagonal() * x;
    information.diagonal() += precision;
    factor.compute(information);
    Vector move = factor.solve(x.transpose() * (yes - p) - Vector(precision.cwiseProduct(beta)));
    const double longest = move.cwiseAbs().maxCoeff();
    if (longest > 2) {
      move *= 2 / longest;
    }
    beta += move;
    if (longest < 1e-6) {
      break;
    }
  }
  return normal_about(beta, factor, 1, random);
}

}  // namespace

Vector draw_numbers(const Matrix& known, const Vector& y, const Matrix& asked, Random& random) {
  Matrix cross = known.transpose() * known;
  cross.diagonal() *= 1 + kRidge;
  cross.diagonal().array() += 1e-12;
  const Eigen::LLT<Matrix> factor(cross);
  const Vector fitted = factor.solve(known.transpose() * y);
  const double squares = (y - known * fitted).squaredNorm();
  const double freedom =
      static_cast<double>(std::max<Eigen::Index>(1, known.rows() - known.cols()));
  const double sigma = std::sqrt(squares / (2 * random.gamma(freedom / 2)));
  const Vector beta = normal_about(fitted, factor, sigma, random);
  return asked * beta + sigma * standard_normals(asked.rows(), random);
}

std::vector<std::int32_t> draw_levels(const Matrix& known, std::span<const std::int32_t> y,
                                      std::size_t levels, const Matrix& asked, Random& random) {
  std::vector<std::int32_t> drawn(static_cast<std::size_t>(asked.rows()), -1);
  std::vector<Eigen::Index> left;  // rows of `known` at this level or a later one
  for (Eigen::Index row = 0; row < known.rows(); ++row) {
    left.push_back(row);
  }
  for (std::int32_t level = 0; level < static_cast<std::int32_t>(levels); ++level) {
    Matrix x(static_cast<Eigen::Index>(left.size()), known.cols());
    Vector yes(x.rows());
    std::vector<Eigen::Index> later;
    for (Eigen::Index k = 0; k < x.rows(); ++k) {
      const Eigen::Index row = left[static_cast<std::size_t>(k)];
      const bool here = y[static_cast<std::size_t>(row)] == level;
      x.row(k) = known.row(row);
      yes[k] = here ? 1 : 0;
      if (!here) {
        later.push_back(row);
      }
    }
    if (later.size() == left.size()) {
      continue;  // it does not occur
    }
    const bool last = later.empty();
    const Vector beta = last ? Vector() : draw_logistic(x, yes, random);
    for (std::size_t k = 0; k < drawn.size(); ++k) {
      if (drawn[k] < 0 &&
          (last || random.bernoulli(logistic(asked.row(static_cast<Eigen::Index>(k)).dot(beta))))) {
        drawn[k] = level;
      }
    }
    if (last) {
      break;
    }
    left = std::move(later);
  }
  return drawn;
}

}  // namespace thaw::discovery
