#include "stats/minimise.h"

#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <limits>

namespace thaw::stats {
namespace {

constexpr double kGradientStep = 6e-6;      // cube root of the precision
constexpr double kHessianValueStep = 1e-4;  // its fourth root

double step_size(const MinimiseOptions& options, const Vector& at, Eigen::Index j, double share) {
  const double scale = options.scale.size() > 0 ? options.scale[j] : 1;
  return share * std::max(scale, std::fabs(at[j]));
}

double lower_bound(const MinimiseOptions& options, Eigen::Index j) {
  return options.lower.size() > 0 ? options.lower[j] : -std::numeric_limits<double>::infinity();
}

/// `at` with parameter j moved inwards so that a difference of `share` stays within its bound.
void move_inside(const MinimiseOptions& options, Vector& at, Eigen::Index j, double share) {
  at[j] = std::max(at[j], lower_bound(options, j) + step_size(options, at, j, share));
}

Vector gradient_at(const Objective& f, const Vector& at, const MinimiseOptions& options) {
  if (f.gradient) {
    return f.gradient(at);
  }
  Vector gradient(at.size());
  for (Eigen::Index j = 0; j < at.size(); ++j) {
    Vector up = at;
    move_inside(options, up, j, kGradientStep);
    Vector down = up;
    const double h = step_size(options, up, j, kGradientStep);
    up[j] += h;
    down[j] -= h;
    gradient[j] = (f.value(up) - f.value(down)) / (up[j] - down[j]);
  }
  return gradient;
}

double second_difference(const Objective& f, const Vector& at, const MinimiseOptions& options,
                         Eigen::Index i) {
  Vector centre = at;
  move_inside(options, centre, i, kHessianValueStep);
  const double h = step_size(options, centre, i, kHessianValueStep);
  Vector up = centre;
  Vector down = centre;
  up[i] += h;
  down[i] -= h;
  return (f.value(up) - 2 * f.value(centre) + f.value(down)) / (h * h);
}

double mixed_difference(const Objective& f, const Vector& at, const MinimiseOptions& options,
                        Eigen::Index i, Eigen::Index j) {
  Vector centre = at;
  move_inside(options, centre, i, kHessianValueStep);
  move_inside(options, centre, j, kHessianValueStep);
  const double hi = step_size(options, centre, i, kHessianValueStep);
  const double hj = step_size(options, centre, j, kHessianValueStep);
  const auto shifted = [&](double di, double dj) {
    Vector x = centre;
    x[i] += di;
    x[j] += dj;
    return f.value(x);
  };
  return (shifted(hi, hj) - shifted(hi, -hj) - shifted(-hi, hj) + shifted(-hi, -hj)) /
         (4 * hi * hj);
}

Matrix hessian_of_values(const Objective& f, const Vector& at, const MinimiseOptions& options) {
  Matrix hessian(at.size(), at.size());
  for (Eigen::Index i = 0; i < at.size(); ++i) {
    hessian(i, i) = second_difference(f, at, options, i);
    for (Eigen::Index j = 0; j < i; ++j) {
      hessian(i, j) = mixed_difference(f, at, options, i, j);
      hessian(j, i) = hessian(i, j);
    }
  }
  return hessian;
}

/// The parameters that a bound does not hold back.
std::vector<Eigen::Index> free_parameters(const Vector& at, const Vector& gradient,
                                          const MinimiseOptions& options) {
  std::vector<Eigen::Index> free;
  for (Eigen::Index j = 0; j < at.size(); ++j) {
    if (at[j] > lower_bound(options, j) || gradient[j] < 0) {
      free.push_back(j);
    }
  }
  return free;
}

/// Newton's step over the free parameters, downhill whatever the signs of the curvature.
Vector newton_step(const Vector& gradient, const Matrix& hessian,
                   const std::vector<Eigen::Index>& free, const MinimiseOptions& options,
                   const Vector& at) {
  const auto m = static_cast<Eigen::Index>(free.size());
  Matrix h(m, m);
  Vector g(m);
  Vector unit(m);
  for (Eigen::Index a = 0; a < m; ++a) {
    unit[a] = step_size(options, at, free[static_cast<std::size_t>(a)], 1);
  }
  for (Eigen::Index a = 0; a < m; ++a) {
    g[a] = gradient[free[static_cast<std::size_t>(a)]] * unit[a];
    for (Eigen::Index b = 0; b < m; ++b) {
      h(a, b) = hessian(free[static_cast<std::size_t>(a)], free[static_cast<std::size_t>(b)]) *
                unit[a] * unit[b];
    }
  }
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(h);
  const double largest = eigen.eigenvalues().cwiseAbs().maxCoeff();
  const Vector curvature = eigen.eigenvalues().cwiseAbs().cwiseMax(1e-10 * largest + 1e-300);
  const Vector coordinates = eigen.eigenvectors().transpose() * g;
  const Vector scaled = -(eigen.eigenvectors() * coordinates.cwiseQuotient(curvature));
  Vector step = Vector::Zero(at.size());
  for (Eigen::Index a = 0; a < m; ++a) {
    step[free[static_cast<std::size_t>(a)]] = scaled[a] * unit[a];
  }
  return step;
}

Vector projected(Vector at, const MinimiseOptions& options) {
  for (Eigen::Index j = 0; j < at.size(); ++j) {
    at[j] = std::max(at[j], lower_bound(options, j));
  }
  return at;
}

/// Takes the longest of the halved steps that lowers the value; false if none does.
bool descend(const Objective& f, const Vector& step, const MinimiseOptions& options, Minimum& m) {
  double share = 1;
  for (int halving = 0; halving < 40; ++halving, share /= 2) {
    const Vector next = projected(m.at + share * step, options);
    const double value = f.value(next);
    if (value < m.value) {
      m.at = next;
      m.value = value;
      return true;
    }
  }
  return false;
}

}  // namespace

Matrix hessian_at(const Objective& f, const Vector& at, const MinimiseOptions& options) {
  if (!f.gradient) {
    return hessian_of_values(f, at, options);
  }
  Matrix hessian(at.size(), at.size());
  for (Eigen::Index j = 0; j < at.size(); ++j) {
    Vector up = at;
    move_inside(options, up, j, kGradientStep);
    Vector down = up;
    const double h = step_size(options, up, j, kGradientStep);
    up[j] += h;
    down[j] -= h;
    hessian.col(j) = (f.gradient(up) - f.gradient(down)) / (up[j] - down[j]);
  }
  return 0.5 * (hessian + hessian.transpose());
}

Minimum minimise(const Objective& f, Vector start, const MinimiseOptions& options) {
  Minimum m{std::move(start), 0, {}, {}, false, 0};
  m.value = f.value(m.at);
  while (m.iterations < options.iterations_max) {
    ++m.iterations;
    m.gradient = gradient_at(f, m.at, options);
    m.hessian = hessian_at(f, m.at, options);
    if (!m.gradient.allFinite() || !m.hessian.allFinite()) {
      return m;
    }
    const auto free = free_parameters(m.at, m.gradient, options);
    if (free.empty()) {
      m.converged = true;
      return m;
    }
    const Vector step = newton_step(m.gradient, m.hessian, free, options, m.at);
    const Vector real_step = projected(m.at + step, options) - m.at;
    const bool last =
        std::fabs(m.gradient.dot(real_step)) <= options.tolerance * (1 + std::fabs(m.value));
    const bool fell = descend(f, step, options, m);
    if (last || !fell) {
      // Without a step down near the end the point is at the precision of the function.
      m.converged = last;
      return m;
    }
  }
  return m;
}

double root_between(const std::function<double(double)>& f, double a, double b, double tolerance) {
  double fa = f(a);
  double fb = f(b);
  if (fa == 0 || fb == 0 || (fa > 0) == (fb > 0)) {
    return std::fabs(fa) <= std::fabs(fb) ? a : b;
  }
  if (a > b) {
    std::swap(a, b);
    std::swap(fa, fb);
  }
  const auto close = [tolerance](double low, double high) {
    return high - low <= tolerance * std::max(std::fabs(low), std::fabs(high));
  };
  std::uintmax_t evaluations = 200;
  const auto [low, high] = boost::math::tools::toms748_solve(f, a, b, fa, fb, close, evaluations);
  return 0.5 * (low + high);
}

}  // namespace thaw::stats
