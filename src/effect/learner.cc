#include "effect/learner.h"

#include "effect/analysis_rows.h"
#include "effect/boosted_trees.h"
#include "stats/lasso.h"
#include "stats/linear.h"
#include "stats/logistic.h"

namespace thaw::effect {
namespace {

using stats::Matrix;
using stats::Vector;

Vector expit(const Vector& eta) {
  return (1 / (1 + (-eta.array()).exp())).matrix();
}

/// The columns that vary in the rows at hand: a rare level may be absent from a fold.
std::vector<Eigen::Index> useful_columns(const Matrix& x) {
  std::vector<Eigen::Index> columns;
  for (Eigen::Index j = 0; j < x.cols(); ++j) {
    if (j == 0 || x.col(j).minCoeff() != x.col(j).maxCoeff()) {
      columns.push_back(j);
    }
  }
  return columns;
}

Result<Vector> linear_predictions(bool binary, const Matrix& all_x, const Vector& y,
                                  const Matrix& all_next) {
  const auto columns = useful_columns(all_x);
  const Matrix x = all_x(Eigen::all, columns);
  const Matrix next = all_next(Eigen::all, columns);
  if (!binary) {
    THAW_TRY(const stats::LinearFit fit,
             stats::fit_linear(x, as_span(y), {}, stats::LinearVariance::kModel));
    return Vector(next * fit.coef);
  }
  THAW_TRY(const stats::LogisticFit fit, stats::fit_logistic(x, as_span(y)));
  if (!fit.converged) {
    return invalid_argument(
        "some covariate foretells the outcome of a model without fail (separation); adjust for "
        "less, join rare levels, or use the learner lasso");
  }
  return expit(next * fit.coef);
}

Result<Vector> lasso_predictions(bool binary, const Matrix& x, const Vector& y, const Matrix& next,
                                 std::uint64_t seed) {
  if (x.cols() < 2) {
    return Vector(Vector::Constant(next.rows(), y.mean()));
  }
  THAW_TRY(
      const stats::LassoFit fit,
      stats::fit_lasso(x.rightCols(x.cols() - 1), y,
                       binary ? stats::LassoKind::kYesNo : stats::LassoKind::kNumber, 5, seed));
  const Vector eta = (next.rightCols(next.cols() - 1) * fit.coef).array() + fit.intercept;
  return binary ? expit(eta) : eta;
}

}  // namespace

Result<Vector> learn_and_predict(LearnerKind learner, bool binary, const Matrix& x, const Vector& y,
                                 const Matrix& next, std::uint64_t seed) {
  switch (learner) {
    case LearnerKind::kLasso:
      return lasso_predictions(binary, x, y, next, seed);
    case LearnerKind::kBoosting:
      return boosted_predictions(x, y, binary, next, seed);
    case LearnerKind::kForest:
      return forest_predictions(x, y, next, seed);
    case LearnerKind::kLinear:
      break;
  }
  return linear_predictions(binary, x, y, next);
}

}  // namespace thaw::effect
