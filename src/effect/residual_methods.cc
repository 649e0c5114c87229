// The methods that compare what covariates leave unexplained: regression, double machine learning
// and instruments.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "effect/analysis_rows.h"
#include "effect/cross_fit.h"
#include "effect/method.h"
#include "stats/distributions.h"
#include "stats/linear.h"

namespace thaw::effect {
namespace {

using stats::Matrix;
using stats::Vector;

constexpr double kNothingLeft = 1e-12;  // share of a variance that is rounding alone

double variation(const Vector& values) {
  return (values.array() - values.mean()).square().sum();
}

/// What the covariates leave of `values` (n).
Result<Vector> residuals(const PointData& data, const Vector& values) {
  THAW_TRY(stats::LinearFit fit,
           stats::fit_linear(data.x, as_span(values), {}, stats::LinearVariance::kModel));
  return std::move(fit.residuals);
}

Error explained(const PointData& data) {
  return invalid_argument(
      fmt::format("the covariates explain the treatment {} without rest: nothing of it is left to "
                  "compare; leave out the covariate that repeats it",
                  data.question.treatment));
}

Error outcome_explained(const PointData& data) {
  return invalid_argument(fmt::format(
      "the outcome {} is an exact combination of treatment and covariates: that is arithmetic, not "
      "an effect; leave out the covariate that repeats it",
      data.question.outcome));
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/// The set of effects b that the reduced form `a` and the first stage `s`, one instrument with
/// robust variances, do not refuse: (a - b s)^2 <= c (v_aa - 2 b v_as + b^2 v_ss).
void anderson_rubin(double a, double s, double v_aa, double v_as, double v_ss, FirstStage& stage) {
  const double c = stats::kZ95 * stats::kZ95;
  const double square = s * s - c * v_ss;
  const double linear = -2 * (a * s - c * v_as);
  const double constant = a * a - c * v_aa;
  const double discriminant = linear * linear - 4 * square * constant;
  if (discriminant < 0) {
    return;  // Nothing is refused: the instrument says nothing at all.
  }
  const double root = std::sqrt(discriminant);
  const double first = (-linear - root) / (2 * square);
  const double second = (-linear + root) / (2 * square);
  stage.ar_low = std::min(first, second);
  stage.ar_high = std::max(first, second);
  stage.ar_bounded = square > 0;
}

/// The residuals of treatment and outcome of one split into folds.
struct Partial {
  Vector treatment;
  Vector outcome;
};

Result<Partial> partial_out(const PointData& data, const Settings& settings, std::uint64_t seed) {
  const int folds = settings.folds > 1 ? settings.folds : 5;
  const std::vector<int> fold = fold_of_rows(data, folds, seed);
  Partial partial{.treatment = data.treatment, .outcome = data.outcome};
  for (int k = 0; k < folds; ++k) {
    std::vector<Eigen::Index> seen;
    std::vector<Eigen::Index> next;
    for (std::size_t i = 0; i < fold.size(); ++i) {
      (fold[i] == k ? next : seen).push_back(static_cast<Eigen::Index>(i));
    }
    if (next.empty()) {
      continue;
    }
    const Matrix seen_x = data.x(seen, Eigen::all);
    const Matrix next_x = data.x(next, Eigen::all);
    const auto expect = [&](bool binary, const Vector& values) {
      return learn_and_predict(settings.learner, binary, seen_x, values(seen), next_x,
                               seed * 1000 + static_cast<std::uint64_t>(k));
    };
    THAW_TRY(const Vector treatment, expect(data.binary_treatment, data.treatment));
    THAW_TRY(const Vector outcome, expect(data.binary_outcome, data.outcome));
    partial.treatment(next) -= treatment;
    partial.outcome(next) -= outcome;
  }
  return partial;
}

}  // namespace

Result<MethodFit> ordinary_regression(const PointData& data, const Settings& settings) {
  // Frisch, Waugh and Lovell: the treatment's coefficient from what covariates leave of both.
  THAW_TRY(const Vector a, residuals(data, data.treatment));
  THAW_TRY(const Vector y, residuals(data, data.outcome));
  const double square = a.squaredNorm();
  if (!(square > kNothingLeft * variation(data.treatment))) {
    return explained(data);
  }
  if (data.binary_treatment && data.x.cols() > 1) {
    THAW_CHECK(treatment_model(data));  // A line would bridge a gap where nobody can be compared.
  }
  MethodFit fit;
  fit.value = a.dot(y) / square;
  const Vector left = y - fit.value * a;
  if (!(left.squaredNorm() > kNothingLeft * variation(data.outcome))) {
    return outcome_explained(data);
  }
  const auto n = static_cast<double>(data.rows());
  fit.df = n - static_cast<double>(data.x.cols()) - 1;
  fit.se_model = std::sqrt(left.squaredNorm() / fit.df / square);
  fit.influence = std::sqrt(n / fit.df) / square * a.cwiseProduct(left);
  if (settings.model_variance) {
    fit.se = *fit.se_model;
  }
  return fit;
}

Result<MethodFit> double_learning(const PointData& data, const Settings& settings) {
  if (data.binary_treatment && data.x.cols() > 1) {
    THAW_CHECK(treatment_model(data));
  }
  std::vector<MethodFit> splits;
  std::vector<double> values;
  for (int repeat = 0; repeat < std::max(settings.repeats, 1); ++repeat) {
    THAW_TRY(const Partial left,
             partial_out(data, settings,
                         settings.seed + 1'000'003 * static_cast<std::uint64_t>(repeat)));
    const double square = left.treatment.squaredNorm();
    if (!(square > kNothingLeft * variation(data.treatment))) {
      return explained(data);
    }
    MethodFit fit;
    fit.value = left.treatment.dot(left.outcome) / square;
    fit.influence = left.treatment.cwiseProduct(left.outcome - fit.value * left.treatment) / square;
    values.push_back(fit.value);
    splits.push_back(std::move(fit));
  }
  MethodFit fit;
  fit.value = median(values);
  // The variance of a split, and how far it lies from the median: the median of their sums.
  std::vector<double> squares;
  std::size_t nearest = 0;
  for (std::size_t s = 0; s < splits.size(); ++s) {
    const double se = influence_se(data, splits[s].influence);
    squares.push_back(se * se + std::pow(splits[s].value - fit.value, 2));
    if (std::fabs(values[s] - fit.value) < std::fabs(values[nearest] - fit.value)) {
      nearest = s;
    }
  }
  fit.influence = splits[nearest].influence;
  fit.se = std::sqrt(median(squares));
  return fit;
}

Result<MethodFit> instrumental(const PointData& data, const Settings& /*settings*/) {
  const Eigen::Index k = data.instruments.cols();
  if (k == 0) {
    return invalid_argument("the method iv needs an instrument: name one with --instrument");
  }
  THAW_TRY(const Vector a, residuals(data, data.treatment));
  THAW_TRY(const Vector y, residuals(data, data.outcome));
  Matrix z(data.rows(), k);
  for (Eigen::Index j = 0; j < k; ++j) {
    THAW_TRY(z.col(j), residuals(data, data.instruments.col(j)));
    if (!(z.col(j).squaredNorm() > kNothingLeft * variation(data.instruments.col(j)))) {
      return invalid_argument(fmt::format("the covariates explain the instrument {} without rest",
                                          data.question.instruments[static_cast<std::size_t>(j)]));
    }
  }
  const auto inverse = stats::inverse_if_definite(z.transpose() * z);
  if (!inverse) {
    return invalid_argument("the instruments are combinations of each other; leave one out");
  }
  const auto n = static_cast<double>(data.rows());
  const double df = n - static_cast<double>(data.x.cols() + k);
  if (df < 1) {
    return invalid_argument("too few rows for so many instruments and covariates");
  }
  const Vector first = *inverse * (z.transpose() * a);
  const Vector moved = z * first;
  const Vector unmoved = a - moved;
  MethodFit fit;
  const double reach = moved.dot(a);
  if (!(reach > kNothingLeft * a.squaredNorm())) {
    return invalid_argument("the instrument does not move the treatment at all");
  }
  fit.value = moved.dot(y) / reach;
  const Vector left = y - fit.value * a;
  fit.df = n - static_cast<double>(data.x.cols()) - 1;
  fit.influence = std::sqrt(n / fit.df) / reach * moved.cwiseProduct(left);
  fit.se_model = std::sqrt(left.squaredNorm() / fit.df / reach);
  FirstStage stage{};
  stage.partial_r2 = moved.squaredNorm() / a.squaredNorm();
  stage.f = moved.squaredNorm() / static_cast<double>(k) / (unmoved.squaredNorm() / df);
  const double scale = n / df;
  const auto covariance = [&](const Vector& u, const Vector& v) {
    const Matrix scores_u = u.asDiagonal() * z;
    const Matrix scores_v = v.asDiagonal() * z;
    return Matrix(scale * *inverse * (scores_u.transpose() * scores_v) * *inverse);
  };
  const Matrix v_ss = covariance(unmoved, unmoved);
  if (const auto precision = stats::inverse_if_definite(v_ss)) {
    stage.f_robust = first.dot(*precision * first) / static_cast<double>(k);
  }
  if (k == 1) {
    const Vector reduced = *inverse * (z.transpose() * y);
    const Vector rest = y - z * reduced;
    anderson_rubin(reduced[0], first[0], covariance(rest, rest)(0, 0),
                   covariance(rest, unmoved)(0, 0), v_ss(0, 0), stage);
  }
  fit.first_stage = stage;
  return fit;
}

}  // namespace thaw::effect
