#include "stats/mixed_model.h"

#include <cmath>
#include <limits>
#include <numbers>

#include "stats/distributions.h"
#include "stats/minimise.h"
#include "stats/mixed_sums.h"

namespace thaw::stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What one relative factor gives.
struct Profile {
  Matrix inverse;  // (p, p), of X'V^-1 X in the basis
  Vector coef;     // (p), of the basis
  double rss;
  double log_v, log_x;  // log |V|, log |X'V^-1 X| of the basis
  bool valid;
};

Profile profile(const MixedSums& sums, const Vector& theta) {
  const MixedEvaluation e = evaluate(sums, factor_of(theta, sums.q));
  const Eigen::LLT<Matrix> root(e.cross.topLeftCorner(sums.p, sums.p));
  Profile out{{}, {}, 0, e.log_determinant, 0, root.info() == Eigen::Success};
  if (!out.valid) {
    return out;
  }
  const Vector right = e.cross.col(sums.p).head(sums.p);
  out.coef = root.solve(right);
  out.rss = e.cross(sums.p, sums.p) - right.dot(out.coef);
  out.log_x = 2 * root.matrixLLT().diagonal().array().log().sum();
  out.inverse = root.solve(Matrix::Identity(sums.p, sums.p));
  return out;
}

double degrees(const MixedSums& sums, bool restricted) {
  return static_cast<double>(restricted ? sums.n - sums.p : sums.n);
}

double log_r(const MixedSums& sums) {
  return 2 * sums.r.diagonal().cwiseAbs().array().log().sum();
}

/// Minus twice the log likelihood at theta and a residual variance.
double deviance_at(const MixedSums& sums, const Profile& p, bool restricted, double sigma2) {
  const double df = degrees(sums, restricted);
  return p.log_v + df * std::log(2 * std::numbers::pi * sigma2) + p.rss / sigma2 +
         (restricted ? p.log_x + log_r(sums) : 0);
}

/// The same at the best residual variance.
double profiled_deviance(const MixedSums& sums, const Profile& p, bool restricted) {
  if (!p.valid || !(p.rss > 0)) {
    return kInfinity;
  }
  return deviance_at(sums, p, restricted, p.rss / degrees(sums, restricted));
}

Eigen::Index theta_size(Eigen::Index q) {
  return q * (q + 1) / 2;
}

Vector diagonal_theta(Eigen::Index q, double diagonal) {
  Vector theta = Vector::Zero(theta_size(q));
  Eigen::Index next = 0;
  for (Eigen::Index column = 0; column < q; ++column) {
    theta[next] = diagonal;
    next += q - column;
  }
  return theta;
}

bool is_singular(const Matrix& factor) {
  return (factor.diagonal().array().abs() < 1e-4).any();
}

/// The factor is left without bounds: the likelihood is even in each diagonal entry, so 0 is always
/// a flat point there, and a search held at a bound could rest on it. Hence also the second start.
Minimum best_factor(const MixedSums& sums, bool restricted) {
  Objective f;
  f.value = [&](const Vector& theta) {
    return profiled_deviance(sums, profile(sums, theta), restricted);
  };
  Minimum best = minimise(f, diagonal_theta(sums.q, 1), {});
  if (!best.converged || is_singular(factor_of(best.at, sums.q))) {
    const Minimum other = minimise(f, diagonal_theta(sums.q, 0.2), {});
    if (other.value < best.value - 1e-9 || (other.converged && !best.converged)) {
      best = other;
    }
  }
  return best;
}

/// Satterthwaite's degrees of freedom of each coefficient: 2 v^2 over the variance of v, where v is
/// the variance of the coefficient as a function of theta and log sigma2.
Vector satterthwaite(const MixedSums& sums, bool restricted, const Vector& theta, double sigma2,
                     const Matrix& to_x) {
  const Eigen::Index m = theta.size();
  Vector at(m + 1);
  at << theta, std::log(sigma2);
  Objective deviance;
  deviance.value = [&](const Vector& v) {
    return deviance_at(sums, profile(sums, v.head(m)), restricted, std::exp(v[m]));
  };
  const MinimiseOptions options;
  const Matrix hessian = hessian_at(deviance, at, options);
  Vector df = Vector::Constant(sums.p, kInfinity);
  const Eigen::LLT<Matrix> root(hessian);
  if (root.info() != Eigen::Success) {
    return df;
  }
  const Matrix covariance = 2 * root.solve(Matrix::Identity(m + 1, m + 1));
  const auto variances = [&](const Vector& v) -> Vector {
    const Matrix var = to_x * profile(sums, v.head(m)).inverse * to_x.transpose();
    return std::exp(v[m]) * var.diagonal();
  };
  Matrix gradient(sums.p, m + 1);
  constexpr double kStep = 1e-5;
  for (Eigen::Index j = 0; j <= m; ++j) {
    Vector up = at;
    Vector down = at;
    up[j] += kStep;
    down[j] -= kStep;
    gradient.col(j) = (variances(up) - variances(down)) / (2 * kStep);
  }
  const Vector v = variances(at);
  for (Eigen::Index k = 0; k < sums.p; ++k) {
    const double spread = gradient.row(k) * covariance * gradient.row(k).transpose();
    df[k] = spread > 0 ? 2 * v[k] * v[k] / spread : kInfinity;
  }
  return df;
}

void set_tests(MixedFit& fit, double level) {
  const double upper = 1 - (1 - level) / 2;
  const Eigen::Index p = fit.coef.size();
  fit.statistic = fit.coef.cwiseQuotient(fit.se);
  fit.p_value.resize(p);
  fit.low.resize(p);
  fit.high.resize(p);
  for (Eigen::Index j = 0; j < p; ++j) {
    const bool normal = std::isinf(fit.df[j]);
    const double critical = normal ? normal_quantile(upper) : student_t_quantile(upper, fit.df[j]);
    fit.p_value[j] = normal ? normal_two_sided_p(fit.statistic[j])
                            : student_t_two_sided_p(fit.statistic[j], fit.df[j]);
    fit.low[j] = fit.coef[j] - critical * fit.se[j];
    fit.high[j] = fit.coef[j] + critical * fit.se[j];
  }
}

/// Predictions L (I + L'Z'ZL)^-1 L'Z'(y - Xb) in the units of z.
Matrix predictions(const MixedSums& sums, const Matrix& factor, const Vector& basis_coef) {
  Matrix out(static_cast<Eigen::Index>(sums.persons.size()), sums.q);
  Eigen::Index row = 0;
  for (const PersonSums& person : sums.persons) {
    const Vector residual = person.zc.col(sums.p) - person.zc.leftCols(sums.p) * basis_coef;
    const Matrix inner = Matrix::Identity(sums.q, sums.q) + factor.transpose() * person.zz * factor;
    const Vector u = factor * inner.llt().solve(factor.transpose() * residual);
    out.row(row++) = u.cwiseQuotient(sums.z_scale).transpose();
  }
  return out;
}

}  // namespace

Result<MixedFit> fit_mixed(const MixedData& data, const MixedOptions& options) {
  THAW_TRY(const MixedSums sums, MixedSums::make(data));
  const Minimum best = best_factor(sums, options.restricted);
  const Profile at = profile(sums, best.at);
  const double spread = sums.total(sums.p, sums.p) + sums.offset.squaredNorm();
  if (!at.valid || !std::isfinite(best.value) || !(at.rss > 1e-14 * spread)) {
    return invalid_argument(
        "the lines fit every value exactly: there is no error to estimate from");
  }
  MixedFit fit;
  fit.converged = best.converged;
  fit.iterations = best.iterations;
  fit.rows = static_cast<std::size_t>(sums.n);
  fit.persons = sums.persons.size();
  fit.sigma2 = at.rss / degrees(sums, options.restricted);
  fit.log_likelihood = -best.value / 2;
  const Matrix to_x = sums.r.triangularView<Eigen::Upper>().solve(Matrix::Identity(sums.p, sums.p));
  fit.coef = to_x * (at.coef + sums.offset);
  fit.var = fit.sigma2 * to_x * at.inverse * to_x.transpose();
  fit.se = fit.var.diagonal().cwiseSqrt();
  const Matrix factor = factor_of(best.at, sums.q);
  fit.singular = is_singular(factor);
  const Matrix unscaled = sums.z_scale.cwiseInverse().asDiagonal() * factor;
  fit.random = fit.sigma2 * unscaled * unscaled.transpose();
  fit.blup = predictions(sums, factor, at.coef);
  fit.df = options.satterthwaite && !fit.singular
               ? satterthwaite(sums, options.restricted, best.at, fit.sigma2, to_x)
               : Vector::Constant(sums.p, kInfinity);
  set_tests(fit, options.level);
  return fit;
}

Result<double> mixed_log_likelihood(const MixedData& data, bool restricted, const Matrix& random,
                                    double sigma2) {
  THAW_TRY(const MixedSums sums, MixedSums::make(data));
  const Matrix scaled = sums.z_scale.asDiagonal() * random * sums.z_scale.asDiagonal();
  const Matrix factor = Eigen::LLT<Matrix>(scaled / sigma2).matrixL();
  Vector theta(theta_size(sums.q));
  Eigen::Index next = 0;
  for (Eigen::Index column = 0; column < sums.q; ++column) {
    for (Eigen::Index row = column; row < sums.q; ++row) {
      theta[next++] = factor(row, column);
    }
  }
  return -deviance_at(sums, profile(sums, theta), restricted, sigma2) / 2;
}

}  // namespace thaw::stats
