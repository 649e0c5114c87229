// Matching with replacement on the nearest of the other arm, all tied ones sharing the match, so
// that no order of rows decides who is compared with whom.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/parallel.h"
#include "effect/analysis_rows.h"
#include "effect/cross_fit.h"
#include "effect/method.h"
#include "stats/linear.h"

namespace thaw::effect {
namespace {

using stats::Matrix;
using stats::Vector;

constexpr double kTie = 1e-10;           // relative difference of distances that counts as none
constexpr double kComparisonsMax = 4e9;  // by Mahalanobis' distance: some ten seconds

/// Coordinates in which the distance is Euclid's.
Result<Matrix> coordinates(const PointData& data, const Propensity& propensity,
                           MatchMetric metric) {
  if (metric == MatchMetric::kPropensity) {
    const auto& e = propensity.probability.array();
    return Matrix((e / (1 - e)).log().matrix());
  }
  const Matrix x = data.x.rightCols(data.x.cols() - 1);
  const Matrix centred = x.rowwise() - x.colwise().mean();
  const Matrix covariance = centred.transpose() * centred / static_cast<double>(data.rows() - 1);
  const Eigen::LLT<Matrix> cholesky(covariance);
  if (cholesky.info() != Eigen::Success) {
    return invalid_argument("the covariates depend on each other; leave one out");
  }
  return Matrix(cholesky.matrixL().solve(centred.transpose()).transpose());
}

/// The `wanted` nearest of `others` to row `i`, and all that tie with the last of them.
std::vector<Eigen::Index> nearest(const Matrix& points, Eigen::Index i,
                                  const std::vector<Eigen::Index>& others, std::size_t wanted) {
  std::vector<double> distance(others.size());
  for (std::size_t k = 0; k < others.size(); ++k) {
    double square = 0;
    for (Eigen::Index j = 0; j < points.rows(); ++j) {
      const double apart = points(j, i) - points(j, others[k]);
      square += apart * apart;
    }
    distance[k] = others[k] == i ? HUGE_VAL : square;
  }
  std::vector<double> sorted = distance;
  const std::size_t last = std::min(wanted, sorted.size()) - 1;
  std::ranges::nth_element(sorted, sorted.begin() + static_cast<std::ptrdiff_t>(last));
  const double reach = sorted[last] * (1 + kTie) + 1e-20;
  std::vector<Eigen::Index> found;
  for (std::size_t k = 0; k < others.size(); ++k) {
    if (distance[k] <= reach) {
      found.push_back(others[k]);
    }
  }
  return found;
}

struct Neighbours {
  std::vector<std::vector<Eigen::Index>> other_arm;
  std::vector<std::vector<Eigen::Index>> own_arm;  // nearest but itself, for the noise
};

Neighbours find_neighbours(const PointData& data, const Matrix& rows, const Settings& settings) {
  const Matrix points = rows.transpose();  // One person a column: together in memory.
  std::vector<Eigen::Index> arm[2];
  for (Eigen::Index i = 0; i < data.rows(); ++i) {
    arm[data.treatment[i] > 0.5 ? 1 : 0].push_back(i);
  }
  const auto n = static_cast<std::size_t>(data.rows());
  Neighbours found{std::vector<std::vector<Eigen::Index>>(n),
                   std::vector<std::vector<Eigen::Index>>(n)};
  for_each_piece(n, settings.threads, [&](std::size_t i) {
    const auto row = static_cast<Eigen::Index>(i);
    const int own = data.treatment[row] > 0.5 ? 1 : 0;
    found.other_arm[i] =
        nearest(points, row, arm[1 - own], static_cast<std::size_t>(settings.matches));
    found.own_arm[i] = nearest(points, row, arm[own], 1);
  });
  return found;
}

/// Linear predictions of the outcome in each arm: what a match is corrected by.
Result<Vector> arm_line(const PointData& data, double arm) {
  std::vector<Eigen::Index> rows;
  for (Eigen::Index i = 0; i < data.rows(); ++i) {
    if (data.treatment[i] == arm) {
      rows.push_back(i);
    }
  }
  const Matrix own_x = data.x(rows, Eigen::all);
  const Vector own_y = data.outcome(rows);
  const auto fit = stats::fit_linear(own_x, as_span(own_y), {}, stats::LinearVariance::kModel);
  if (!fit) {
    return invalid_argument("the bias adjustment of matching: " + fit.error().message +
                            "; or match without it");
  }
  return Vector(data.x * fit->coef);
}

}  // namespace

Result<MethodFit> matched(const PointData& data, const Settings& settings) {
  if (data.x.cols() < 2) {
    return invalid_argument("matching needs covariates to match on; name them with --adjust");
  }
  if (!data.cluster.empty()) {
    return invalid_argument("matching has no interval over clusters here; use aipw or tmle");
  }
  const double treated = data.treatment.sum();
  const double pairs = treated * (static_cast<double>(data.rows()) - treated) + treated * treated +
                       std::pow(static_cast<double>(data.rows()) - treated, 2);
  if (pairs * static_cast<double>(data.x.cols()) > kComparisonsMax * 10) {
    return invalid_argument(fmt::format(
        "matching compares everybody with everybody: {} people are too many; use aipw or tmle",
        data.rows()));
  }
  if (std::min(treated, static_cast<double>(data.rows()) - treated) < settings.matches + 1) {
    return invalid_argument(
        fmt::format("an arm has fewer people than {} matches need", settings.matches));
  }
  THAW_TRY(Propensity propensity, treatment_model(data));
  THAW_TRY(const Matrix rows, coordinates(data, propensity, settings.metric));
  const Neighbours neighbours = find_neighbours(data, rows, settings);
  Vector line1 = Vector::Zero(data.rows());
  Vector line0 = line1;
  if (settings.bias_adjusted) {
    THAW_TRY(line1, arm_line(data, 1));
    THAW_TRY(line0, arm_line(data, 0));
  }
  const Eigen::Index n = data.rows();
  Vector gain(n);
  Vector noise(n);
  Vector share = Vector::Zero(n);    // how often a person stands in for another, ties as parts
  Vector squares = Vector::Zero(n);  // the same, each part squared
  Vector who = Vector::Zero(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const bool is_treated = data.treatment[i] > 0.5;
    const Vector& line = is_treated ? line0 : line1;  // of the arm that the neighbours are in
    const auto& found = neighbours.other_arm[static_cast<std::size_t>(i)];
    const double part = 1 / static_cast<double>(found.size());
    const bool counts = settings.population == Population::kAll ||
                        (settings.population == Population::kTreated) == is_treated;
    who[i] = counts ? 1 : 0;
    double other = 0;
    for (const Eigen::Index j : found) {
      other += part * (data.outcome[j] + line[i] - line[j]);
      share[j] += counts ? part : 0;
      squares[j] += counts ? part * part : 0;
    }
    gain[i] = is_treated ? data.outcome[i] - other : other - data.outcome[i];
    const auto& own = neighbours.own_arm[static_cast<std::size_t>(i)];
    double mean = 0;
    for (const Eigen::Index j : own) {
      mean += (data.outcome[j] + (is_treated ? line1[i] - line1[j] : line0[i] - line0[j])) /
              static_cast<double>(own.size());
    }
    const auto count = static_cast<double>(own.size());
    noise[i] = count / (count + 1) * std::pow(data.outcome[i] - mean, 2);
  }
  const double total = who.sum();
  MethodFit fit;
  fit.value = who.dot(gain) / total;
  double variance = 0;
  for (Eigen::Index i = 0; i < n; ++i) {
    const double whole = who[i] + share[i];
    variance += who[i] * std::pow(gain[i] - fit.value, 2) +
                (whole * whole - who[i] - squares[i]) * noise[i];
  }
  fit.se = std::sqrt(std::max(variance, 0.0)) / total;
  fit.propensity = std::move(propensity.probability);
  fit.weights = who + share;
  return fit;
}

}  // namespace thaw::effect
