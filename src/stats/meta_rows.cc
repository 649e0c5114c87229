#include "stats/meta_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace thaw::stats {
namespace {

// Squared length of a column, beside its own, below which the earlier columns explain it.
constexpr double kPivotMin = 1e-14;

Result<Done> check(const Matrix& x, std::span<const double> y, std::span<const double> v) {
  const auto k = static_cast<std::size_t>(x.rows());
  if (y.size() != k || v.size() != k) {
    return invalid_argument(
        fmt::format("{} rows of moderators, {} estimates and {} variances do not match", k,
                    y.size(), v.size()));
  }
  if (k < 2) {
    return invalid_argument(
        fmt::format("pooling needs at least two studies, there {} {}", k == 1 ? "is" : "are", k));
  }
  for (std::size_t i = 0; i < k; ++i) {
    const double precision = 1 / v[i];
    if (!std::isfinite(y[i]) || !(v[i] > 0) || !std::isfinite(precision) || precision == 0) {
      return invalid_argument(fmt::format(
          "study {} cannot be pooled: estimate {}, variance {}; both must be finite and "
          "the variance above 0",
          i + 1, y[i], v[i]));
    }
  }
  if (!x.allFinite()) {
    return invalid_argument("a moderator is missing or infinite");
  }
  if (x.cols() == 0 || x.rows() <= x.cols()) {
    return invalid_argument(fmt::format("{} studies are too few for {} coefficients", k, x.cols()));
  }
  return Done{};
}

std::vector<std::size_t> canonical_order(const Matrix& x, std::span<const double> y,
                                         std::span<const double> v) {
  std::vector<std::size_t> order(y.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    if (y[a] != y[b]) {
      return y[a] < y[b];
    }
    if (v[a] != v[b]) {
      return v[a] < v[b];
    }
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
      const double left = x(static_cast<Eigen::Index>(a), j);
      const double right = x(static_cast<Eigen::Index>(b), j);
      if (left != right) {
        return left < right;
      }
    }
    return false;
  });
  return order;
}

/// Symmetric sums over rows of w^j b b' for the rows b of the basis.
struct Moments {
  Matrix first, second, third;
};

Moments weighted_moments(const RowMajorMatrix& basis, const Vector& w) {
  const Eigen::Index p = basis.cols();
  Moments m{Matrix::Zero(p, p), Matrix::Zero(p, p), Matrix::Zero(p, p)};
  for (Eigen::Index i = 0; i < basis.rows(); ++i) {
    const double w1 = w[i];
    for (Eigen::Index a = 0; a < p; ++a) {
      const double left = w1 * basis(i, a);
      for (Eigen::Index b = 0; b <= a; ++b) {
        const double product = left * basis(i, b);
        m.first(a, b) += product;
        m.second(a, b) += w1 * product;
        m.third(a, b) += w1 * w1 * product;
      }
    }
  }
  for (Matrix* matrix : {&m.first, &m.second, &m.third}) {
    *matrix = Matrix(matrix->selfadjointView<Eigen::Lower>());
  }
  return m;
}

double trace_product(const Matrix& a, const Matrix& b) {
  return a.cwiseProduct(b.transpose()).sum();
}

}  // namespace

Result<MetaRows> MetaRows::make(const Matrix& x, std::span<const double> y,
                                std::span<const double> v) {
  THAW_CHECK(check(x, y, v));
  MetaRows rows;
  rows.order_ = canonical_order(x, y, v);
  const Eigen::Index k = x.rows();
  const Eigen::Index p = x.cols();
  Matrix sorted(k, p);
  rows.y_.resize(k);
  rows.v_.resize(k);
  for (Eigen::Index i = 0; i < k; ++i) {
    const std::size_t from = rows.order_[static_cast<std::size_t>(i)];
    sorted.row(i) = x.row(static_cast<Eigen::Index>(from));
    rows.y_[i] = y[from];
    rows.v_[i] = v[from];
  }
  const Eigen::HouseholderQR<Matrix> qr(sorted);
  rows.r_ = qr.matrixQR().topRows(p).triangularView<Eigen::Upper>();
  for (Eigen::Index j = 0; j < p; ++j) {
    if (!(rows.r_(j, j) * rows.r_(j, j) > kPivotMin * sorted.col(j).squaredNorm())) {
      return invalid_argument(
          fmt::format("column {} is constant or a combination of the columns before it", j + 1));
    }
  }
  rows.basis_ = qr.householderQ() * Matrix::Identity(k, p);
  return rows;
}

Result<MetaRows> MetaRows::without(Eigen::Index left_out) const {
  MetaRows rows;
  const Eigen::Index rest = k() - 1;
  rows.basis_.resize(rest, p());
  rows.y_.resize(rest);
  rows.v_.resize(rest);
  rows.r_ = r_;
  for (Eigen::Index i = 0, to = 0; i < k(); ++i) {
    if (i != left_out) {
      rows.basis_.row(to) = basis_.row(i);
      rows.y_[to] = y_[i];
      rows.v_[to] = v_[i];
      rows.order_.push_back(order_[static_cast<std::size_t>(i)]);
      ++to;
    }
  }
  if (rest <= p() || first_dependent_column(rows.basis_.transpose() * rows.basis_)) {
    return invalid_argument("without this study a coefficient cannot be told");
  }
  return rows;
}

MetaPass meta_pass(const MetaRows& rows, double tau2) {
  const RowMajorMatrix& basis = rows.basis();
  MetaPass pass;
  pass.weights = (rows.v().array() + tau2).inverse();
  const Moments m = weighted_moments(basis, pass.weights);
  const Vector right = basis.transpose() * pass.weights.cwiseProduct(rows.y());
  const Eigen::LLT<Matrix> factor(m.first);
  pass.inverse = factor.solve(Matrix::Identity(rows.p(), rows.p()));
  pass.coef = factor.solve(right);
  pass.residuals = rows.y() - basis * pass.coef;
  const Vector wr = pass.weights.cwiseProduct(pass.residuals);
  pass.rss = wr.dot(pass.residuals);
  pass.yppy = wr.squaredNorm();
  pass.sum_w = pass.weights.sum();
  pass.sum_w2 = pass.weights.squaredNorm();
  const Matrix second = pass.inverse * m.second;
  pass.trace_p = pass.sum_w - second.trace();
  pass.trace_pp =
      pass.sum_w2 - 2 * trace_product(pass.inverse, m.third) + trace_product(second, second);
  return pass;
}

QValue generalised_q(const MetaRows& rows, double tau2) {
  const RowMajorMatrix& basis = rows.basis();
  const Vector w = (rows.v().array() + tau2).inverse();
  const Eigen::Index p = rows.p();
  Matrix first = Matrix::Zero(p, p);
  Vector right = Vector::Zero(p);
  for (Eigen::Index i = 0; i < rows.k(); ++i) {
    for (Eigen::Index a = 0; a < p; ++a) {
      const double left = w[i] * basis(i, a);
      right[a] += left * rows.y()[i];
      for (Eigen::Index b = 0; b <= a; ++b) {
        first(a, b) += left * basis(i, b);
      }
    }
  }
  const Vector coef = Eigen::LLT<Matrix>(first).solve(right);
  const Vector wr = w.cwiseProduct(rows.y() - basis * coef);
  return {(wr.array().square() / w.array()).sum(), wr.squaredNorm()};
}

MetaLikelihood meta_likelihood(const MetaRows& rows, const MetaPass& pass) {
  const auto k = static_cast<double>(rows.k());
  const auto p = static_cast<double>(rows.p());
  const double log_2pi = std::log(2 * std::numbers::pi);
  const double common = 0.5 * pass.weights.array().log().sum() - 0.5 * pass.rss;
  // log|X'X| - log|X'WX| is the same in any basis of the columns: r cancels, so use the basis.
  const Eigen::LLT<Matrix> gram(rows.basis().transpose() * rows.basis());
  const Eigen::LLT<Matrix> inverse(pass.inverse);
  const double log_gram = 2 * gram.matrixL().toDenseMatrix().diagonal().array().log().sum();
  const double log_inverse = 2 * inverse.matrixL().toDenseMatrix().diagonal().array().log().sum();
  return {common - 0.5 * k * log_2pi,
          common - 0.5 * (k - p) * log_2pi + 0.5 * (log_gram + log_inverse)};
}

QuadraticForm quadratic_form(const MetaRows& rows, const MetaPass& pass, double tau2) {
  const RowMajorMatrix& basis = rows.basis();
  const auto gram = [&](const Vector& weight) -> Matrix {
    return basis.transpose() * weight.asDiagonal() * basis;
  };
  const Vector& w = pass.weights;
  const Vector wv = w.cwiseProduct(rows.v());
  const Matrix& m = pass.inverse;
  const Matrix m_wvw = m * gram(wv.cwiseProduct(w));
  const Matrix m_ww = m * gram(w.cwiseAbs2());
  const double trace_pvpv = wv.squaredNorm() -
                            2 * trace_product(m, gram(wv.cwiseAbs2().cwiseProduct(w))) +
                            trace_product(m_wvw, m_wvw);
  const double trace_pvp = wv.dot(w) - 2 * trace_product(m, gram(wv.cwiseProduct(w.cwiseAbs2()))) +
                           trace_product(m_ww, m_wvw);
  return {wv.sum() - m_wvw.trace(),
          2 * trace_pvpv + 4 * tau2 * trace_pvp + 2 * tau2 * tau2 * pass.trace_pp};
}

}  // namespace thaw::stats
