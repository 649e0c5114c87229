#include "stats/multilevel_meta.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <numeric>
#include <tuple>

#include "stats/distributions.h"
#include "stats/minimise.h"

namespace thaw::stats {
namespace {

/// Sums of one unit: rows weighted by 1 / v.
struct Unit {
  double weight = 0;  // sum of 1 / v
  Vector z;           // (p + 1), weighted sums of the basis and of y
};

/// Units in order, cut into clusters, and what never changes with the variances.
struct Blocks {
  Matrix r;
  Eigen::Index k = 0, p = 0;
  std::vector<Unit> units;
  std::vector<std::size_t> first_unit;  // of each cluster, and one past the last
  Matrix within;                        // (p + 1, p + 1), scatter of rows within units
  double log_v = 0;

  std::size_t clusters() const { return first_unit.size() - 1; }
};

/// Row order with rows of a unit together and those of a cluster, each led by its least row.
std::vector<std::size_t> grouped_order(const MetaRows& rows, const MultilevelData& data) {
  const std::size_t k = data.y.size();
  std::vector<std::size_t> place(k);  // canonical place of an input row
  for (std::size_t i = 0; i < k; ++i) {
    place[rows.order()[i]] = i;
  }
  const auto unit_of = [&](std::size_t row) {
    return data.unit.empty() ? static_cast<long>(row) : static_cast<long>(data.unit[row]);
  };
  std::map<int, std::size_t> cluster_first;
  std::map<std::pair<int, long>, std::size_t> unit_first;
  for (std::size_t row = 0; row < k; ++row) {
    const int c = data.cluster[row];
    const std::pair unit{c, unit_of(row)};
    cluster_first[c] = std::min(cluster_first.try_emplace(c, place[row]).first->second, place[row]);
    unit_first[unit] = std::min(unit_first.try_emplace(unit, place[row]).first->second, place[row]);
  }
  std::vector<std::size_t> order(k);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t row) {
    const int c = data.cluster[row];
    return std::tuple{cluster_first.at(c), unit_first.at({c, unit_of(row)}), place[row]};
  });
  return order;
}

struct Grouping {
  std::vector<std::size_t> order;  // input rows
  std::vector<bool> starts_unit, starts_cluster;
};

Grouping group_rows(const MetaRows& rows, const MultilevelData& data) {
  Grouping g{grouped_order(rows, data), {}, {}};
  for (std::size_t i = 0; i < g.order.size(); ++i) {
    const bool cluster = i == 0 || data.cluster[g.order[i]] != data.cluster[g.order[i - 1]];
    const bool unit =
        cluster || data.unit.empty() || data.unit[g.order[i]] != data.unit[g.order[i - 1]];
    g.starts_cluster.push_back(cluster);
    g.starts_unit.push_back(unit);
  }
  return g;
}

Result<Blocks> make_blocks(const MultilevelData& data) {
  if (data.cluster.size() != data.y.size() ||
      (!data.unit.empty() && data.unit.size() != data.y.size())) {
    return invalid_argument("every study needs the cluster that it belongs to");
  }
  THAW_TRY(const MetaRows rows, MetaRows::make(data.x, data.y, data.v));
  const Grouping grouping = group_rows(rows, data);
  std::vector<Eigen::Index> place(data.y.size());
  for (std::size_t i = 0; i < place.size(); ++i) {
    place[rows.order()[i]] = static_cast<Eigen::Index>(i);
  }
  Blocks blocks;
  blocks.r = rows.r();
  blocks.k = rows.k();
  blocks.p = rows.p();
  blocks.within = Matrix::Zero(rows.p() + 1, rows.p() + 1);
  blocks.log_v = rows.v().array().log().sum();
  std::size_t i = 0;
  while (i < grouping.order.size()) {
    if (grouping.starts_cluster[i]) {
      blocks.first_unit.push_back(blocks.units.size());
    }
    std::size_t end = i + 1;
    while (end < grouping.order.size() && !grouping.starts_unit[end]) {
      ++end;
    }
    Unit unit{0, Vector::Zero(rows.p() + 1)};
    std::vector<Vector> z;
    for (std::size_t j = i; j < end; ++j) {
      const Eigen::Index at = place[grouping.order[j]];
      Vector row(rows.p() + 1);
      row << rows.basis().row(at).transpose(), rows.y()[at];
      unit.weight += 1 / rows.v()[at];
      unit.z += row / rows.v()[at];
      z.push_back(std::move(row));
    }
    const Vector mean = unit.z / unit.weight;
    for (std::size_t j = i; end - i > 1 && j < end; ++j) {
      const Vector apart = z[j - i] - mean;
      blocks.within += apart * apart.transpose() / rows.v()[place[grouping.order[j]]];
    }
    blocks.units.push_back(std::move(unit));
    i = end;
  }
  blocks.first_unit.push_back(blocks.units.size());
  if (blocks.clusters() < 2) {
    return invalid_argument("all studies are in one cluster; at least two are needed");
  }
  if (blocks.clusters() == blocks.units.size()) {
    return invalid_argument(
        "no cluster holds more than one study or unit, so a variance between clusters and one "
        "within cannot be told apart; pool without clusters");
  }
  return blocks;
}

/// [X y]' S^-1 [X y] and log |S| at given variances.
struct Evaluation {
  Matrix cross;  // (p + 1, p + 1)
  double log_determinant;
};

Evaluation evaluate(const Blocks& b, double sigma2_cluster, double sigma2_unit) {
  Evaluation e{b.within, b.log_v};
  const Eigen::Index n = b.p + 1;
  Vector sum(n);
  for (std::size_t c = 0; c < b.clusters(); ++c) {
    double weight = 0;
    sum.setZero();
    double units_determinant = 1;
    for (std::size_t u = b.first_unit[c]; u < b.first_unit[c + 1]; ++u) {
      const Unit& unit = b.units[u];
      const double inflated = 1 + sigma2_unit * unit.weight;
      // A unit's mean has the weight 1 / (sigma2 + 1 / weight).
      const double share = 1 / inflated;
      weight += unit.weight * share;
      sum += share * unit.z;
      for (Eigen::Index i = 0; i < n; ++i) {
        const double left = unit.z[i] * share / unit.weight;
        for (Eigen::Index j = 0; j <= i; ++j) {
          e.cross(i, j) += left * unit.z[j];
        }
      }
      units_determinant *= inflated;
      if (units_determinant > 1e200) {
        e.log_determinant += std::log(units_determinant);
        units_determinant = 1;
      }
    }
    const double inflated = 1 + sigma2_cluster * weight;
    const double factor = sigma2_cluster / inflated;
    for (Eigen::Index i = 0; i < n; ++i) {
      for (Eigen::Index j = 0; j <= i; ++j) {
        e.cross(i, j) -= factor * sum[i] * sum[j];
      }
    }
    e.log_determinant += std::log(units_determinant * inflated);
  }
  e.cross = Matrix(e.cross.selfadjointView<Eigen::Lower>());
  return e;
}

/// Minus twice the log likelihood, with the constants that metafor counts.
double deviance(const Blocks& b, const Evaluation& e, bool restricted) {
  const Eigen::LLT<Matrix> factor(e.cross.topLeftCorner(b.p, b.p));
  if (factor.info() != Eigen::Success) {
    return std::numeric_limits<double>::infinity();
  }
  const Vector right = e.cross.col(b.p).head(b.p);
  const double rss = e.cross(b.p, b.p) - right.dot(factor.solve(right));
  const auto k = static_cast<double>(b.k);
  const auto p = static_cast<double>(b.p);
  double value = e.log_determinant + rss;
  if (restricted) {
    value += 2 * factor.matrixLLT().diagonal().array().log().sum();
  }
  return value + (restricted ? k - p : k) * std::log(2 * std::numbers::pi);
}

class Likelihood {
 public:
  Likelihood(const Blocks& blocks, bool restricted) : blocks_(blocks), restricted_(restricted) {}

  double at(double cluster, double unit) const {
    return deviance(blocks_, evaluate(blocks_, cluster, unit), restricted_);
  }

  /// Least deviance over the other variance when one is held at `fixed`; `guess` is moved along.
  double profile(bool cluster_held, double fixed, double scale, double& guess) const {
    Objective f;
    f.value = [&](const Vector& other) {
      return cluster_held ? at(fixed, other[0]) : at(other[0], fixed);
    };
    const Minimum m = minimise(f, Vector::Constant(1, guess),
                               {.lower = Vector::Zero(1), .scale = Vector::Constant(1, scale)});
    guess = m.at[0];
    return m.value;
  }

 private:
  const Blocks& blocks_;
  bool restricted_;
};

/// Where the profile deviance of one variance rises by the chi-squared quantile.
Tau2Interval profile_interval(const Likelihood& likelihood, bool cluster, const Vector& best,
                              double least, double scale, double level) {
  const double ceiling = least + chi_squared_upper_quantile(1 - level, 1);
  const double estimate = best[cluster ? 0 : 1];
  double guess = best[cluster ? 1 : 0];
  const auto over = [&](double fixed) {
    return likelihood.profile(cluster, fixed, scale, guess) - ceiling;
  };
  Tau2Interval interval;
  constexpr double kDigits = 1e-9;
  interval.low = over(0) <= 0 ? 0 : root_between(over, 0, estimate, kDigits);
  guess = best[cluster ? 1 : 0];
  double outside = std::max(2 * estimate, scale);
  while (outside < 1e8 * scale && over(outside) < 0) {
    outside *= 3;
  }
  interval.unbounded = outside >= 1e8 * scale;
  interval.high = interval.unbounded ? outside : root_between(over, estimate, outside, kDigits);
  return interval;
}

void set_coefficients(const Blocks& b, const Evaluation& e, const MultilevelOptions& options,
                      MultilevelFit& fit) {
  const Matrix inverse = e.cross.topLeftCorner(b.p, b.p).llt().solve(Matrix::Identity(b.p, b.p));
  const Matrix r_inverse = b.r.triangularView<Eigen::Upper>().solve(Matrix::Identity(b.p, b.p));
  fit.coef = r_inverse * (inverse * e.cross.col(b.p).head(b.p));
  fit.var = r_inverse * inverse * r_inverse.transpose();
  fit.se = fit.var.diagonal().cwiseSqrt();
  fit.statistic = fit.coef.cwiseQuotient(fit.se);
  if (options.student) {
    fit.df = static_cast<double>(b.k - b.p);
  }
  const double upper = 1 - (1 - options.level) / 2;
  fit.critical = fit.df ? student_t_quantile(upper, *fit.df) : normal_quantile(upper);
  fit.p_value = fit.statistic.unaryExpr(
      [&](double z) { return fit.df ? student_t_two_sided_p(z, *fit.df) : normal_two_sided_p(z); });
  fit.low = fit.coef - fit.critical * fit.se;
  fit.high = fit.coef + fit.critical * fit.se;
}

/// The common-effect fit that both start from.
struct Start {
  MetaFit common;
  double scale;  // half of the variance that studies show beyond their errors, or a typical error
};

Result<Start> start_of(const MultilevelData& data, Eigen::Index constant_columns) {
  THAW_TRY(const MetaRows rows, MetaRows::make(data.x, data.y, data.v));
  Start start{fit_meta(rows, {.method = Tau2Method::kDl, .constant_columns = constant_columns}), 0};
  start.scale = std::max(start.common.tau2.value / 2, 1e-3 * start.common.typical);
  return start;
}

}  // namespace

Result<double> multilevel_deviance(const MultilevelData& data, bool restricted,
                                   double sigma2_cluster, double sigma2_unit) {
  THAW_TRY(const Blocks blocks, make_blocks(data));
  return Likelihood(blocks, restricted).at(sigma2_cluster, sigma2_unit);
}

Result<MultilevelFit> fit_multilevel(const MultilevelData& data, const MultilevelOptions& options) {
  THAW_TRY(const Blocks blocks, make_blocks(data));
  THAW_TRY(const Start start, start_of(data, options.constant_columns));
  const Likelihood likelihood(blocks, options.restricted);
  Objective f;
  f.value = [&](const Vector& s) { return likelihood.at(s[0], s[1]); };
  const Minimum best =
      minimise(f, Vector::Constant(2, start.scale),
               {.lower = Vector::Zero(2), .scale = Vector::Constant(2, start.scale)});
  MultilevelFit fit;
  fit.converged = best.converged;
  fit.iterations = best.iterations;
  fit.sigma2_cluster = best.at[0];
  fit.sigma2_unit = best.at[1];
  fit.log_likelihood = -best.value / 2;
  fit.clusters = blocks.clusters();
  fit.units = blocks.units.size();
  set_coefficients(blocks, evaluate(blocks, best.at[0], best.at[1]), options, fit);
  const double total = best.at.sum() + start.common.typical;
  fit.i2_cluster = best.at[0] / total;
  fit.i2_unit = best.at[1] / total;
  fit.heterogeneity = start.common.heterogeneity;
  fit.moderators = wald_test(fit.coef, fit.var, options.constant_columns, fit.df);
  if (options.intervals) {
    fit.cluster_interval =
        profile_interval(likelihood, true, best.at, best.value, start.scale, options.level);
    fit.unit_interval =
        profile_interval(likelihood, false, best.at, best.value, start.scale, options.level);
  }
  return fit;
}

}  // namespace thaw::stats
