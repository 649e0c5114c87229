#include "effect/sensitivity.h"

#include <algorithm>
#include <cmath>

#include "stats/blas.h"
#include "stats/distributions.h"

namespace thaw::effect {
namespace {

using stats::Matrix;
using stats::Vector;
using Columns = std::vector<Eigen::Index>;

/// Products of standardised columns: covariates (without the ones), treatment, outcome.
Matrix products(const PointData& data) {
  const Eigen::Index p = data.x.cols() - 1;
  Matrix all(data.rows(), p + 2);
  all.leftCols(p) = data.x.rightCols(p);
  all.col(p) = data.treatment;
  all.col(p + 1) = data.outcome;
  all.rowwise() -= all.colwise().mean().eval();
  for (Eigen::Index j = 0; j < all.cols(); ++j) {
    all.col(j) /= all.col(j).norm();
  }
  return stats::cross_product(all);
}

/// The share of `target` that a regression on `columns` leaves.
double left_share(const Matrix& gram, const Columns& columns, Eigen::Index target) {
  if (columns.empty()) {
    return 1;
  }
  const Matrix own = gram(columns, columns);
  const Vector with = gram(columns, target);
  return std::max(1 - with.dot(own.ldlt().solve(with)), 1e-15);
}

/// Covariate columns by what they came from: the levels of one factor stay together.
std::vector<std::pair<std::string, Columns>> groups(const PointData& data) {
  std::vector<std::pair<std::string, Columns>> groups;
  for (std::size_t j = 1; j < data.names.size(); ++j) {
    const std::string& name = data.names[j];
    const bool level = name.find(':') == std::string::npos;
    const std::string key = level ? name.substr(0, name.find('=')) : name;
    const auto column = static_cast<Eigen::Index>(j) - 1;
    const auto known = std::ranges::find(groups, key, [](const auto& g) { return g.first; });
    if (known != groups.end()) {
      known->second.push_back(column);
    } else {
      groups.push_back({key, {column}});
    }
  }
  return groups;
}

HiddenLike like(const PartialR2& found, const Matrix& gram, const Columns& all, const Columns& own,
                const std::string& term) {
  const Eigen::Index treatment = gram.rows() - 2;
  const Eigen::Index outcome = gram.rows() - 1;
  Columns rest;
  std::ranges::copy_if(all, std::back_inserter(rest), [&](Eigen::Index column) {
    return std::ranges::find(own, column) == own.end();
  });
  const auto with = [&](Columns columns) {
    columns.push_back(treatment);
    return columns;
  };
  const double r2_dx = 1 - left_share(gram, all, treatment) / left_share(gram, rest, treatment);
  const double r2_yx =
      1 - left_share(gram, with(all), outcome) / left_share(gram, with(rest), outcome);
  // Equations 17 and 18 of the paper for a confounder once as strong.
  constexpr double kMost = 0.999;
  const double r2_treatment = std::min(r2_dx / (1 - r2_dx), kMost);
  const double r2_zx = r2_dx * r2_dx / ((1 - r2_dx) * (1 - r2_dx));
  double r2_outcome = kMost;
  if (r2_zx < 1) {
    const double eta = (1 + std::sqrt(r2_zx)) / std::sqrt(1 - r2_zx);
    r2_outcome = std::min(eta * eta * r2_yx / (1 - r2_yx), kMost);
  }
  const Shifted left =
      shifted_by_hidden(found.estimate, found.se, found.df, r2_treatment, r2_outcome);
  const double half = stats::student_t_quantile(0.975, found.df - 1) * left.se;
  return {term,
          r2_treatment,
          r2_outcome,
          left.estimate,
          left.estimate - half,
          left.estimate + half,
          r2_treatment < kMost && r2_outcome < kMost};
}

}  // namespace

double robustness_value(double t, double df, double critical_t) {
  const double f = std::fabs(t) / std::sqrt(df);
  const double critical = critical_t > 0 ? critical_t / std::sqrt(df - 1) : 0;
  const double beyond = f - critical;
  if (beyond <= 0) {
    return 0;
  }
  if (critical > 0 && f > 1 / critical) {
    return (f * f - critical * critical) / (1 + f * f);
  }
  const double square = beyond * beyond;
  return (std::sqrt(square * square + 4 * square) - square) / 2;
}

Shifted shifted_by_hidden(double estimate, double se, double df, double r2_treatment,
                          double r2_outcome) {
  const double bias =
      se * std::sqrt(df) * std::sqrt(r2_outcome * r2_treatment / (1 - r2_treatment));
  return {estimate - std::copysign(bias, estimate),
          se * std::sqrt((1 - r2_outcome) / (1 - r2_treatment)) * std::sqrt(df / (df - 1))};
}

double outcome_sd(const PointData& data) {
  return std::sqrt((data.outcome.array() - data.outcome.mean()).square().sum() /
                   static_cast<double>(data.rows() - 1));
}

Result<PartialR2> partial_r2(const PointData& data) {
  const Matrix gram = products(data);
  const Eigen::Index treatment = gram.rows() - 2;
  const Eigen::Index outcome = gram.rows() - 1;
  Columns all;
  for (Eigen::Index j = 0; j < treatment; ++j) {
    all.push_back(j);
  }
  PartialR2 found{};
  found.df = static_cast<double>(data.rows() - data.x.cols() - 1);
  if (found.df < 3) {
    return invalid_argument("too few rows for partial R2");
  }
  const double left_treatment = left_share(gram, all, treatment);
  const double left_outcome = left_share(gram, all, outcome);
  // The partial correlation of treatment and outcome gives estimate and se.
  double cross = gram(treatment, outcome);
  if (!all.empty()) {
    const Vector a = gram(all, treatment);
    const Vector y = gram(all, outcome);
    cross -= a.dot(Matrix(gram(all, all)).ldlt().solve(y));
  }
  const double correlation = cross / std::sqrt(left_treatment * left_outcome);
  const double scale = std::sqrt((data.outcome.array() - data.outcome.mean()).square().sum() /
                                 (data.treatment.array() - data.treatment.mean()).square().sum());
  found.r2 = correlation * correlation;
  if (!(found.r2 < 1 - 1e-12)) {
    return invalid_argument("treatment and covariates explain the outcome without rest");
  }
  found.estimate = cross / left_treatment * scale;
  const double t = correlation * std::sqrt(found.df / (1 - found.r2));
  found.se = scale * std::sqrt(left_outcome / left_treatment * (1 - found.r2) / found.df);
  found.robustness = robustness_value(t, found.df, 0);
  found.robustness_interval =
      robustness_value(t, found.df, stats::student_t_quantile(0.975, found.df - 1));
  for (const auto& [term, own] : groups(data)) {
    found.like.push_back(like(found, gram, all, own, term));
  }
  std::ranges::stable_sort(found.like, [&](const HiddenLike& a, const HiddenLike& b) {
    return std::fabs(a.estimate - found.estimate) > std::fabs(b.estimate - found.estimate);
  });
  return found;
}

TippingPoint tipping_point(const PointData& data, const Estimate& estimate) {
  TippingPoint point{};
  point.missing_untreated = data.outcome_missing[0];
  point.missing_treated = data.outcome_missing[1];
  const double treated = data.treatment.sum();
  const double untreated = static_cast<double>(data.rows()) - treated;
  const auto share = [](std::size_t missing, double there) {
    const auto gone = static_cast<double>(missing);
    return gone / (gone + there);
  };
  point.share_treated = share(point.missing_treated, treated);
  point.share_untreated = share(point.missing_untreated, untreated);
  point.outcome_sd = outcome_sd(data);
  if (point.missing_treated > 0) {
    point.treated = -estimate.estimate / point.share_treated;
  }
  const double both = point.share_treated + point.share_untreated;
  if (both > 0) {
    point.opposed = -estimate.estimate / both;
    const bool holds_null = estimate.ci_low <= 0 && estimate.ci_high >= 0;
    if (!holds_null) {
      point.opposed_limit = -(estimate.estimate > 0 ? estimate.ci_low : estimate.ci_high) / both;
    }
  }
  return point;
}

Result<EValue> e_value_of_difference(double estimate, double se, double sd) {
  constexpr double kLogRiskPerSd = 0.91;
  const double d = kLogRiskPerSd * estimate / sd;
  const double half = kLogRiskPerSd * stats::kZ95 * se / sd;
  return e_value({std::exp(d), std::exp(d - half), std::exp(d + half)}, RatioKind::kRiskRatio);
}

}  // namespace thaw::effect
