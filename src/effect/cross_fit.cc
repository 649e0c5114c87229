#include "effect/cross_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "effect/analysis_rows.h"
#include "stats/linear.h"
#include "stats/logistic.h"

namespace thaw::effect {
namespace {

using stats::Matrix;
using stats::Vector;

std::uint64_t seeded(std::uint64_t key, std::uint64_t seed) {
  std::uint64_t z = key ^ (seed * 0x9E3779B97F4A7C15ULL + 0xD1342543DE82EF95ULL);
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

std::vector<Eigen::Index> rows_where(const std::vector<int>& fold, int which, bool is) {
  std::vector<Eigen::Index> rows;
  for (std::size_t i = 0; i < fold.size(); ++i) {
    if ((fold[i] == which) == is) {
      rows.push_back(static_cast<Eigen::Index>(i));
    }
  }
  return rows;
}

std::vector<Eigen::Index> of_arm(const std::vector<Eigen::Index>& rows, const Vector& treatment,
                                 double arm) {
  std::vector<Eigen::Index> own;
  std::ranges::copy_if(rows, std::back_inserter(own),
                       [&](Eigen::Index row) { return treatment[row] == arm; });
  return own;
}

/// The covariate whose values do not overlap between the arms, or 0.
Eigen::Index separating_column(const PointData& data) {
  for (Eigen::Index j = 1; j < data.x.cols(); ++j) {
    double low[2] = {1e300, 1e300};
    double high[2] = {-1e300, -1e300};
    for (Eigen::Index i = 0; i < data.rows(); ++i) {
      const int arm = data.treatment[i] > 0.5 ? 1 : 0;
      low[arm] = std::min(low[arm], data.x(i, j));
      high[arm] = std::max(high[arm], data.x(i, j));
    }
    if (high[0] < low[1] || high[1] < low[0]) {
      return j;
    }
  }
  return 0;
}

Error no_overlap(const PointData& data) {
  const Eigen::Index column = separating_column(data);
  const std::string who =
      column > 0 ? fmt::format("{} foretells", data.names[static_cast<std::size_t>(column)])
                 : "together the covariates foretell";
  return invalid_argument(fmt::format(
      "no overlap: {} the treatment {} without fail, so that nobody treated can be compared with "
      "anybody untreated; leave out what decides the treatment, or ask about people who could have "
      "got either",
      who, data.question.treatment));
}

Result<Done> check_overlap(const PointData& data, const Vector& propensity) {
  double low[2] = {1, 1};
  double high[2] = {0, 0};
  for (Eigen::Index i = 0; i < data.rows(); ++i) {
    const int arm = data.treatment[i] > 0.5 ? 1 : 0;
    low[arm] = std::min(low[arm], propensity[i]);
    high[arm] = std::max(high[arm], propensity[i]);
  }
  if (high[0] < low[1]) {
    return no_overlap(data);
  }
  return Done{};
}

}  // namespace

std::vector<int> fold_of_rows(const PointData& data, int folds, std::uint64_t seed) {
  const auto n = static_cast<std::size_t>(data.rows());
  // One entry a cluster, or a row; each arm is dealt out on its own.
  std::vector<std::size_t> unit(n);
  std::vector<std::uint64_t> key;
  std::vector<double> arm;
  if (data.cluster.empty()) {
    std::iota(unit.begin(), unit.end(), std::size_t{0});
    key = data.row_key;
    arm.assign(data.treatment.begin(), data.treatment.end());
  } else {
    unit = data.cluster;
    key.assign(*std::ranges::max_element(unit) + 1, 0);
    arm.assign(key.size(), 0);
    for (std::size_t i = 0; i < n; ++i) {
      key[unit[i]] += data.row_key[i];
    }
  }
  std::vector<std::size_t> order(key.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const bool by_arm = data.binary_treatment && data.cluster.empty();
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    if (by_arm && arm[a] != arm[b]) {
      return arm[a] < arm[b];
    }
    return seeded(key[a], seed) < seeded(key[b], seed);
  });
  std::vector<int> fold_of_unit(key.size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    fold_of_unit[order[place]] = static_cast<int>(place % static_cast<std::size_t>(folds));
  }
  std::vector<int> fold(n);
  for (std::size_t i = 0; i < n; ++i) {
    fold[i] = fold_of_unit[unit[i]];
  }
  return fold;
}

Result<Propensity> treatment_model(const PointData& data) {
  const auto fitted = fit_propensity(data.x, data.treatment);
  if (!fitted) {
    return invalid_argument("the model of the treatment: " + fitted.error().message);
  }
  if (!fitted->converged) {
    return no_overlap(data);
  }
  THAW_CHECK(check_overlap(data, fitted->probability));
  return fitted;
}

Result<ArmModel> arm_model(const PointData& data, const Matrix& design, double arm) {
  std::vector<Eigen::Index> rows;
  for (Eigen::Index i = 0; i < data.rows(); ++i) {
    if (data.one_model || data.treatment[i] == arm) {
      rows.push_back(i);
    }
  }
  // In one model each row is fitted with the treatment it had.
  Matrix own_x;
  if (data.one_model) {
    own_x = data.treatment.asDiagonal() * data.outcome_x1;
    own_x += (1 - data.treatment.array()).matrix().asDiagonal() * data.outcome_x0;
  } else {
    own_x = design(rows, Eigen::all);
  }
  const Vector own_y = data.outcome(rows);
  const auto failed = [&](const std::string& why) {
    return invalid_argument(fmt::format(
        "the outcome model{}: {}",
        data.one_model ? "" : (arm == 1 ? " of the treated" : " of the untreated"), why));
  };
  ArmModel model{.predicted = {}, .slope = {}, .information = {}, .residual = {}};
  model.residual = Vector::Zero(data.rows());
  Vector fitted;
  if (data.binary_outcome) {
    const auto fit = stats::fit_logistic(own_x, as_span(own_y));
    if (!fit) {
      return failed(fit.error().message);
    }
    if (!fit->converged) {
      return failed(
          "some covariate foretells the outcome without fail there (separation); adjust for less, "
          "or join levels that are rare");
    }
    model.predicted = (1 / (1 + (-(design * fit->coef).array()).exp())).matrix();
    model.slope = model.predicted.array() * (1 - model.predicted.array());
    fitted = fit->probabilities;
    model.information =
        stats::weighted_cross_product(own_x, (fitted.array() * (1 - fitted.array())).matrix());
  } else {
    const auto fit = stats::fit_linear(own_x, as_span(own_y), {}, stats::LinearVariance::kModel);
    if (!fit) {
      return failed(fit.error().message);
    }
    model.predicted = design * fit->coef;
    model.slope = Vector::Ones(data.rows());
    fitted = own_x * fit->coef;
    model.information = own_x.transpose() * own_x;
  }
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const auto i = static_cast<Eigen::Index>(k);
    model.residual[rows[k]] = own_y[i] - fitted[i];
  }
  return model;
}

Result<Nuisance> fit_nuisance(const PointData& data, const Settings& settings) {
  Nuisance nuisance;
  const double bound = settings.bound > 0 || settings.learner == LearnerKind::kLinear
                           ? settings.bound
                           : 0.01;  // A forest may say 0 or 1.
  const auto hold = [&](const Vector& e) { return e.cwiseMax(bound).cwiseMin(1 - bound).eval(); };
  THAW_TRY(const Propensity plain, treatment_model(data));
  if (settings.folds <= 1 && settings.learner == LearnerKind::kLinear) {
    PointData arms = data;
    arms.one_model = false;
    THAW_TRY(const ArmModel treated, arm_model(arms, data.x, 1));
    THAW_TRY(const ArmModel untreated, arm_model(arms, data.x, 0));
    return Nuisance{hold(plain.probability), treated.predicted, untreated.predicted};
  }
  const int folds = settings.folds > 1 ? settings.folds : 5;
  const std::vector<int> fold = fold_of_rows(data, folds, settings.seed);
  for (Vector* part : {&nuisance.propensity, &nuisance.treated, &nuisance.untreated}) {
    *part = Vector::Zero(data.rows());
  }
  for (int k = 0; k < folds; ++k) {
    const auto seen = rows_where(fold, k, false);
    const auto next = rows_where(fold, k, true);
    if (next.empty()) {
      continue;
    }
    const Matrix next_x = data.x(next, Eigen::all);
    const std::uint64_t seed = settings.seed * 1000 + static_cast<std::uint64_t>(k);
    THAW_TRY(const Vector e, learn_and_predict(settings.learner, true, data.x(seen, Eigen::all),
                                               data.treatment(seen), next_x, seed));
    nuisance.propensity(next) = e;
    for (const double arm : {0.0, 1.0}) {
      const auto own = of_arm(seen, data.treatment, arm);
      THAW_TRY(const Vector m,
               learn_and_predict(settings.learner, data.binary_outcome, data.x(own, Eigen::all),
                                 data.outcome(own), next_x, seed));
      (arm == 1 ? nuisance.treated : nuisance.untreated)(next) = m;
    }
  }
  nuisance.propensity = hold(nuisance.propensity);
  return nuisance;
}

}  // namespace thaw::effect
