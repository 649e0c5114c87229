#include "stats/cox.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "stats/cox_sweep.h"

namespace thaw::stats {
namespace {

constexpr int kStepsMax = 30;
constexpr int kHalvingsMax = 20;
constexpr double kMoveMin = 1e-5;          // change of a row's log hazard; the next step squares it
constexpr double kInformationMin = 1e-10;  // of a standardised column, per event

/// Where a Newton step leads, shortened until the likelihood does not fall.
CoxPoint climb(const CoxRows& rows, Ties ties, const CoxPoint& from, Vector step) {
  for (int halving = 0; halving < kHalvingsMax; ++halving) {
    CoxPoint to = sweep(rows, ties, from.coef + step);
    if (to.log_likelihood >= from.log_likelihood - 1e-12 * std::fabs(from.log_likelihood)) {
      return to;
    }
    step *= 0.5;
  }
  return from;
}

/// The first column that nobody at risk differs in, or that others make up; nothing if none.
std::optional<std::size_t> uninformative_column(const CoxRows& rows, const Matrix& information) {
  double event_weight = 0;
  for (const std::size_t death : rows.deaths) {
    event_weight += rows.weight[static_cast<Eigen::Index>(death)];
  }
  for (Eigen::Index j = 0; j < information.cols(); ++j) {
    if (!(information(j, j) > kInformationMin * event_weight)) {
      return static_cast<std::size_t>(j);
    }
  }
  return first_dependent_column(information);
}

/// Newton's steps from 0 to the maximum; fills in the fit but for what is robust, in standardised
/// units.
CoxPoint maximise(const CoxRows& rows, Ties ties, CoxPoint at, CoxFit& fit) {
  while (const auto inverse = inverse_if_definite(at.information)) {
    fit.var = *inverse;
    if (fit.iterations == 0) {
      fit.score_test = at.score.dot(*inverse * at.score);
    }
    if (fit.converged || fit.iterations == kStepsMax) {
      break;
    }
    CoxPoint next = climb(rows, ties, at, *inverse * at.score);
    fit.converged = (next.log_hazard - at.log_hazard).cwiseAbs().maxCoeff() < kMoveMin;
    at = std::move(next);
    ++fit.iterations;
  }
  return at;
}

Matrix clustered_square(const Matrix& influence, std::span<const int> cluster) {
  if (cluster.empty()) {
    return influence.transpose() * influence;
  }
  std::map<int, Eigen::Index> places;
  for (const int c : cluster) {
    places.emplace(c, 0);
  }
  Eigen::Index next = 0;
  for (auto& [number, place] : places) {
    place = next++;
  }
  Matrix sums = Matrix::Zero(next, influence.cols());
  for (std::size_t i = 0; i < cluster.size(); ++i) {
    sums.row(places.at(cluster[i])) += influence.row(static_cast<Eigen::Index>(i));
  }
  return sums.transpose() * sums;
}

/// Fills in influence and robust_var, in the units of the columns as given.
void add_robust(const CoxRows& rows, const CoxOptions& options, const CoxPoint& at, CoxFit& fit) {
  RowMajorMatrix pulls = score_residuals(rows, options.ties, at);
  const Matrix pull = fit.var * rows.column_sd.cwiseInverse().asDiagonal();
  pulls = (pulls * pull).eval();
  fit.influence.resize(pulls.rows(), pulls.cols());
  for (Eigen::Index i = 0; i < pulls.rows(); ++i) {
    fit.influence.row(static_cast<Eigen::Index>(rows.source[static_cast<std::size_t>(i)])) =
        pulls.row(i);
  }
  fit.robust_var = clustered_square(fit.influence, options.cluster);
}

}  // namespace

Result<CoxFit> fit_cox(const Matrix& x, const SurvivalData& data, const CoxOptions& options) {
  if (!options.cluster.empty() && options.cluster.size() != data.time.size()) {
    return invalid_argument(
        fmt::format("{} rows but {} cluster numbers", data.time.size(), options.cluster.size()));
  }
  THAW_TRY(const CoxRows rows, cox_rows(x, data, options.strata));
  CoxPoint at = sweep(rows, options.ties, Vector::Zero(x.cols()));
  if (const auto column = uninformative_column(rows, at.information)) {
    return invalid_argument(fmt::format(
        "column {} is constant, or a combination of the columns before it, among those at risk",
        *column + 1));
  }
  CoxFit fit{.coef = {},
             .var = {},
             .robust_var = {},
             .influence = {},
             .log_likelihood_null = at.log_likelihood,
             .log_likelihood = 0,
             .score_test = 0,
             .n = data.time.size(),
             .events = rows.deaths.size(),
             .iterations = 0,
             .converged = false};
  at = maximise(rows, options.ties, std::move(at), fit);
  fit.log_likelihood = at.log_likelihood;
  if (options.robust || !options.cluster.empty()) {
    add_robust(rows, options, at, fit);
  }
  const Vector scale = rows.column_sd.cwiseInverse();
  fit.coef = at.coef.cwiseProduct(scale);
  fit.var = scale.asDiagonal() * fit.var * scale.asDiagonal();
  return fit;
}

}  // namespace thaw::stats
