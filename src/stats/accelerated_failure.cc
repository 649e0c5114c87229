#include "stats/accelerated_failure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include "stats/distributions.h"
#include "stats/newton.h"

namespace thaw::stats {
namespace {

/// Log density (event) or log survival (censored) at z, with its first two derivatives.
struct LogTerm {
  double value;
  double slope;
  double curve;
};

LogTerm extreme_value(double z, bool event) {
  const double e = std::exp(z);
  return event ? LogTerm{z - e, 1 - e, -e} : LogTerm{-e, -e, -e};
}

LogTerm logistic(double z, bool event) {
  // Log survival is -log(1 + e^z); the log density twice that, plus z.
  const double upper = 1 / (1 + std::exp(-z));
  const double log_upper = z > 0 ? -std::log1p(std::exp(-z)) : z - std::log1p(std::exp(z));
  const double log_survival = log_upper - z;
  const double curve = -upper * (1 - upper);
  return event ? LogTerm{z + 2 * log_survival, 1 - 2 * upper, 2 * curve}
               : LogTerm{log_survival, -upper, curve};
}

/// The standard normal density over its upper tail.
double mills(double z) {
  if (z < 30) {
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    return density / normal_cdf(-z);
  }
  const double s = 1 / (z * z);
  return z / (1 - s + 3 * s * s - 15 * s * s * s);
}

LogTerm gaussian(double z, bool event) {
  const double log_density = -z * z / 2 - 0.5 * std::log(2 * std::numbers::pi);
  if (event) {
    return {log_density, -z, -1};
  }
  const double ratio = mills(z);
  return {log_density - std::log(ratio), -ratio, -ratio * (ratio - z)};
}

LogTerm log_term(FailureLaw law, double z, bool event) {
  switch (law) {
    case FailureLaw::kLognormal:
      return gaussian(z, event);
    case FailureLaw::kLoglogistic:
      return logistic(z, event);
    default:
      return extreme_value(z, event);
  }
}

/// The likelihood in theta = (coef / scale, 1 / scale), or coef alone for the exponential law.
class Model {
 public:
  Model(const Matrix& x, const SurvivalData& data, FailureLaw law)
      : x_(x), data_(data), law_(law), log_time_(x.rows()) {
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
      log_time_[i] = std::log(data.time[static_cast<std::size_t>(i)]);
    }
  }

  bool scaled() const { return law_ != FailureLaw::kExponential; }
  Eigen::Index parameters() const { return x_.cols() + (scaled() ? 1 : 0); }
  const Vector& log_time() const { return log_time_; }

  LikelihoodPoint at(const Vector& theta) const {
    const Eigen::Index p = x_.cols();
    LikelihoodPoint point{.coef = theta,
                          .log_likelihood = -std::numeric_limits<double>::infinity(),
                          .score = Vector::Zero(theta.size()),
                          .information = Matrix::Zero(theta.size(), theta.size())};
    const double inverse_scale = scaled() ? theta[p] : 1;
    if (!(inverse_scale > 0)) {
      return point;
    }
    Vector slope(x_.rows());
    Vector curve(x_.rows());
    const Vector z = inverse_scale * log_time_ - x_ * theta.head(p);
    double sum = 0;
    double events = 0;
    for (Eigen::Index i = 0; i < x_.rows(); ++i) {
      const bool event = data_.event[static_cast<std::size_t>(i)] != 0;
      const double w = weight(i);
      const LogTerm term = log_term(law_, z[i], event);
      sum += w > 0 ? w * (term.value + (event ? std::log(inverse_scale) - log_time_[i] : 0)) : 0;
      events += event ? w : 0;
      slope[i] = w > 0 ? w * term.slope : 0;
      curve[i] = w > 0 ? -w * term.curve : 0;
    }
    point.score.head(p) = -x_.transpose() * slope;
    point.information.topLeftCorner(p, p) = weighted_cross_product(x_, curve);
    if (scaled()) {
      point.score[p] = slope.dot(log_time_) + events / inverse_scale;
      const Vector weighted = curve.cwiseProduct(log_time_);
      point.information.col(p).head(p) = -x_.transpose() * weighted;
      point.information.row(p).head(p) = point.information.col(p).head(p).transpose();
      point.information(p, p) = weighted.dot(log_time_) + events / (inverse_scale * inverse_scale);
    }
    if (std::isfinite(sum) && point.information.allFinite()) {
      point.log_likelihood = sum;
    }
    return point;
  }

  /// Each row's weighted score at `theta`, (n, parameters).
  Matrix row_scores(const Vector& theta) const {
    const Eigen::Index p = x_.cols();
    const double inverse_scale = scaled() ? theta[p] : 1;
    const Vector z = inverse_scale * log_time_ - x_ * theta.head(p);
    Matrix scores(x_.rows(), theta.size());
    for (Eigen::Index i = 0; i < x_.rows(); ++i) {
      const bool event = data_.event[static_cast<std::size_t>(i)] != 0;
      const double slope = log_term(law_, z[i], event).slope;
      scores.row(i).head(p) = -weight(i) * slope * x_.row(i);
      if (scaled()) {
        scores(i, p) = weight(i) * (slope * log_time_[i] + (event ? 1 / inverse_scale : 0));
      }
    }
    return scores;
  }

 private:
  double weight(Eigen::Index i) const {
    return data_.weights.empty() ? 1 : data_.weights[static_cast<std::size_t>(i)];
  }
  const Matrix& x_;
  const SurvivalData& data_;
  FailureLaw law_;
  Vector log_time_;
};

/// A start near the data: the intercept at the mean log time, the spread that of log times.
Vector start_of(const Model& model, Eigen::Index columns) {
  Vector theta = Vector::Zero(model.parameters());
  const double mean = model.log_time().mean();
  const double sd = std::sqrt((model.log_time().array() - mean).square().mean());
  const double scale = model.scaled() ? std::max(sd, 1e-3) : 1;
  theta[0] = mean / scale;
  if (model.scaled()) {
    theta[columns] = 1 / scale;
  }
  return theta;
}

NewtonSearch search(const Model& model, const Matrix& x) {
  Vector largest = Vector::Ones(model.parameters());
  largest.head(x.cols()) = x.cwiseAbs().colwise().maxCoeff();
  if (model.scaled()) {
    largest[x.cols()] = model.log_time().cwiseAbs().maxCoeff() + 1;
  }
  return maximise([&](const Vector& theta) { return model.at(theta); },
                  model.at(start_of(model, x.cols())), largest);
}

/// Derivative of (coef, log scale) by theta.
Matrix jacobian(const Vector& theta, Eigen::Index p, bool scaled) {
  Matrix j = Matrix::Identity(theta.size(), theta.size());
  if (scaled) {
    const double scale = 1 / theta[p];
    j.topLeftCorner(p, p) *= scale;
    j.col(p).head(p) = -theta.head(p) * scale * scale;
    j(p, p) = -scale;
  }
  return j;
}

Matrix clustered_square(const Matrix& rows, std::span<const int> cluster) {
  if (cluster.empty()) {
    return rows.transpose() * rows;
  }
  std::map<int, Vector> sums;
  for (std::size_t i = 0; i < cluster.size(); ++i) {
    auto [place, is_new] = sums.try_emplace(cluster[i], Vector::Zero(rows.cols()));
    place->second += rows.row(static_cast<Eigen::Index>(i)).transpose();
  }
  Matrix square = Matrix::Zero(rows.cols(), rows.cols());
  for (const auto& [number, sum] : sums) {
    square += sum * sum.transpose();
  }
  return square;
}

Result<std::size_t> check(const Matrix& x, const SurvivalData& data,
                          const FailureOptions& options) {
  if (const auto fault = survival_fault(data)) {
    return invalid_argument(*fault);
  }
  const std::size_t n = data.time.size();
  if (static_cast<std::size_t>(x.rows()) != n || x.cols() == 0 ||
      (!options.cluster.empty() && options.cluster.size() != n)) {
    return invalid_argument(
        fmt::format("{} rows of {} covariates and {} clusters do not fit {} "
                    "times",
                    x.rows(), x.cols(), options.cluster.size(), n));
  }
  if (!data.entry.empty()) {
    return invalid_argument("accelerated failure times are fitted without late entry here");
  }
  if (!x.allFinite()) {
    return invalid_argument("a covariate is missing or infinite");
  }
  std::size_t events = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (!(data.time[i] > 0)) {
      return invalid_argument(fmt::format("row {} has time {}; its logarithm needs a time above 0",
                                          i + 1, data.time[i]));
    }
    events += data.event[i] != 0 && (data.weights.empty() || data.weights[i] > 0) ? 1 : 0;
  }
  if (events == 0) {
    return invalid_argument("no row has the event: times to it cannot be compared");
  }
  if (const auto column = first_dependent_column(x.transpose() * x)) {
    return invalid_argument(
        fmt::format("column {} is a combination of the columns before it", *column + 1));
  }
  return events;
}

}  // namespace

Result<FailureFit> fit_failure_time(const Matrix& x, const SurvivalData& data,
                                    const FailureOptions& options) {
  THAW_TRY(const std::size_t events, check(x, data, options));
  const Eigen::Index p = x.cols();
  const Model model(x, data, options.law);
  const NewtonSearch found = search(model, x);
  const Matrix ones = x.leftCols(1);
  const Model null(ones, data, options.law);
  const NewtonSearch null_found = search(null, ones);
  if (found.inverse.size() == 0 || null_found.inverse.size() == 0) {
    return invalid_argument(
        "these times do not tell a spread from a mean: too few distinct events");
  }
  const Vector& theta = found.at.coef;
  const double scale = model.scaled() ? 1 / theta[p] : 1;
  const Matrix change = jacobian(theta, p, model.scaled());
  FailureFit fit{.coef = theta.head(p) * scale,
                 .scale = scale,
                 .var = change * found.inverse * change.transpose(),
                 .robust_var = {},
                 .log_likelihood_null = null_found.at.log_likelihood,
                 .log_likelihood = found.at.log_likelihood,
                 .n = data.time.size(),
                 .events = events,
                 .iterations = found.iterations,
                 .converged = found.converged && null_found.converged};
  if (options.robust || !options.cluster.empty()) {
    const Matrix pulls = model.row_scores(theta) * found.inverse * change.transpose();
    fit.robust_var = clustered_square(pulls, options.cluster);
  }
  return fit;
}

}  // namespace thaw::stats
