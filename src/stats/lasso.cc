#include "stats/lasso.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "base/random.h"
#include "stats/blas.h"

namespace thaw::stats {
namespace {

constexpr int kPenalties = 50;
constexpr double kPathEnd = 1e-3;  // the least penalty, as a share of the one that leaves all out
constexpr int kSweepsMax = 2000;
constexpr int kBoundsMax = 500;
constexpr double kStill = 1e-8;  // change of a standardised coefficient that no longer counts

/// Columns at mean 0 and variance 1, and their products: what all penalties share.
struct Standardised {
  Matrix x;
  Vector mean;
  Vector scale;  // 0 for a constant column
  Matrix gram;   // x'x / n

  explicit Standardised(const Matrix& raw) : x(raw), mean(raw.colwise().mean()) {
    x.rowwise() -= mean.transpose();
    const auto n = static_cast<double>(x.rows());
    scale = (x.colwise().squaredNorm().transpose() / n).cwiseSqrt();
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
      if (scale[j] > 1e-10 * (1 + std::fabs(mean[j]))) {
        x.col(j) /= scale[j];
      } else {
        scale[j] = 0;
        x.col(j).setZero();
      }
    }
    gram = cross_product(x) / n;
  }
};

/// Minimises curvature/2 b'Gb - pull'b + penalty |b|_1 from `b`: coordinate descent.
void descend(const Matrix& gram, const Vector& pull, double curvature, double penalty, Vector& b) {
  Vector fitted = gram * b;
  for (int sweep = 0; sweep < kSweepsMax; ++sweep) {
    double largest = 0;
    for (Eigen::Index j = 0; j < b.size(); ++j) {
      const double diagonal = gram(j, j);
      if (!(diagonal > 0)) {
        continue;
      }
      const double slope = pull[j] - curvature * (fitted[j] - diagonal * b[j]);
      const double size = std::max(std::fabs(slope) - penalty, 0.0) / (curvature * diagonal);
      const double move = std::copysign(size, slope) - b[j];
      if (move != 0) {
        b[j] += move;
        fitted += move * gram.col(j);
        largest = std::max(largest, std::fabs(move));
      }
    }
    if (largest < kStill) {
      return;
    }
  }
}

struct Point {
  double intercept = 0;
  Vector b;  // of the standardised columns
};

Vector probabilities(const Standardised& data, const Point& at) {
  return (1 / (1 + (-(data.x * at.b).array() - at.intercept).exp())).matrix();
}

/// The optimum at `penalty`, searched from `at`.
void solve(const Standardised& data, const Vector& y, LassoKind kind, double penalty, Point& at) {
  const auto n = static_cast<double>(y.size());
  if (kind == LassoKind::kNumber) {
    at.intercept = y.mean();
    descend(data.gram, data.x.transpose() * y / n, 1, penalty, at.b);
    return;
  }
  constexpr double kCurvature = 0.25;
  for (int step = 0; step < kBoundsMax; ++step) {
    const Vector before = at.b;
    const Vector residual = y - probabilities(data, at);
    const double shift = residual.mean() / kCurvature;
    const Vector pull = data.x.transpose() * residual / n + kCurvature * (data.gram * at.b);
    descend(data.gram, pull, kCurvature, penalty, at.b);
    at.intercept += shift;
    if ((at.b - before).cwiseAbs().maxCoeff() < kStill * 10 && std::fabs(shift) < kStill * 10) {
      return;
    }
  }
}

/// Mean loss of new rows: half squared error, or minus log likelihood.
double loss(const Matrix& x, const Vector& y, LassoKind kind, const LassoFit& fit) {
  const Vector eta = (x * fit.coef).array() + fit.intercept;
  if (kind == LassoKind::kNumber) {
    return (y - eta).squaredNorm() / 2 / static_cast<double>(y.size());
  }
  double sum = 0;
  for (Eigen::Index i = 0; i < y.size(); ++i) {
    const double wrong = y[i] > 0.5 ? -eta[i] : eta[i];
    sum += std::max(wrong, 0.0) + std::log1p(std::exp(-std::fabs(wrong)));
  }
  return sum / static_cast<double>(y.size());
}

LassoFit unstandardised(const Standardised& data, const Point& at, double penalty) {
  LassoFit fit{.intercept = at.intercept, .coef = Vector::Zero(at.b.size()), .penalty = penalty};
  for (Eigen::Index j = 0; j < at.b.size(); ++j) {
    fit.coef[j] = data.scale[j] > 0 ? at.b[j] / data.scale[j] : 0;
  }
  fit.intercept -= fit.coef.dot(data.mean);
  return fit;
}

/// Penalties from the one that leaves everything out downwards.
std::vector<double> path(const Standardised& data, const Vector& y) {
  const Vector pull = data.x.transpose() * (y.array() - y.mean()).matrix();
  const double most = pull.cwiseAbs().maxCoeff() / static_cast<double>(y.size());
  std::vector<double> penalties;
  for (int k = 0; k < kPenalties; ++k) {
    penalties.push_back(std::max(most, 1e-300) * std::pow(kPathEnd, k / (kPenalties - 1.0)));
  }
  return penalties;
}

Point nothing(const Vector& y, LassoKind kind, Eigen::Index p) {
  const double mean = y.mean();
  return {.intercept = kind == LassoKind::kNumber ? mean : std::log(mean / (1 - mean)),
          .b = Vector::Zero(p)};
}

Result<Done> check(const Matrix& x, const Vector& y, LassoKind kind, int folds) {
  if (x.rows() != y.size() || x.rows() < 2 * folds || x.cols() == 0) {
    return invalid_argument(fmt::format("{} rows of {} covariates and {} outcomes are too few",
                                        x.rows(), x.cols(), y.size()));
  }
  if (!x.allFinite() || !y.allFinite()) {
    return invalid_argument("a covariate or an outcome is missing or infinite");
  }
  if (y.minCoeff() == y.maxCoeff()) {
    return invalid_argument("all outcomes are alike: there is nothing to explain");
  }
  const bool yes_no = (y.array() == 0 || y.array() == 1).all();
  if (kind == LassoKind::kYesNo && !yes_no) {
    return invalid_argument("an outcome of a logistic regression is not 0 or 1");
  }
  return Done{};
}

/// A part for each row, in balance, drawn by `seed`.
std::vector<int> parts_of(Eigen::Index n, int folds, std::uint64_t seed) {
  std::vector<int> part(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < part.size(); ++i) {
    part[i] = static_cast<int>(i % static_cast<std::size_t>(folds));
  }
  Random random(seed, 0x1a550);
  for (std::size_t i = part.size(); i > 1; --i) {
    std::swap(part[i - 1], part[random.index(i)]);
  }
  return part;
}

/// Adds the loss that fold `k` has at each penalty.
void add_fold(const Matrix& x, const Vector& y, LassoKind kind, const std::vector<int>& part, int k,
              const std::vector<double>& penalties, std::vector<double>& losses) {
  std::vector<Eigen::Index> seen;
  std::vector<Eigen::Index> next;
  for (std::size_t i = 0; i < part.size(); ++i) {
    (part[i] == k ? next : seen).push_back(static_cast<Eigen::Index>(i));
  }
  const Vector seen_y = y(seen);
  if (kind == LassoKind::kYesNo && seen_y.minCoeff() == seen_y.maxCoeff()) {
    return;
  }
  const Standardised data(x(seen, Eigen::all));
  const Matrix next_x = x(next, Eigen::all);
  const Vector next_y = y(next);
  Point at = nothing(seen_y, kind, x.cols());
  for (std::size_t j = 0; j < penalties.size(); ++j) {
    solve(data, seen_y, kind, penalties[j], at);
    losses[j] += loss(next_x, next_y, kind, unstandardised(data, at, penalties[j])) *
                 static_cast<double>(next.size());
  }
}

}  // namespace

Result<LassoFit> fit_lasso_at(const Matrix& x, const Vector& y, LassoKind kind, double penalty) {
  THAW_CHECK(check(x, y, kind, 1));
  const Standardised data(x);
  Point at = nothing(y, kind, x.cols());
  solve(data, y, kind, penalty, at);
  return unstandardised(data, at, penalty);
}

Result<LassoFit> fit_lasso(const Matrix& x, const Vector& y, LassoKind kind, int folds,
                           std::uint64_t seed) {
  THAW_CHECK(check(x, y, kind, folds));
  const Standardised data(x);
  const std::vector<double> penalties = path(data, y);
  const std::vector<int> part = parts_of(x.rows(), folds, seed);
  std::vector<double> losses(penalties.size(), 0);
  for (int k = 0; k < folds; ++k) {
    add_fold(x, y, kind, part, k, penalties, losses);
  }
  const auto best = static_cast<std::size_t>(std::ranges::min_element(losses) - losses.begin());
  Point at = nothing(y, kind, x.cols());
  for (std::size_t j = 0; j <= best; ++j) {
    solve(data, y, kind, penalties[j], at);
  }
  return unstandardised(data, at, penalties[best]);
}

}  // namespace thaw::stats
