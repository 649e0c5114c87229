// Nuisance models for each person: fitted on everybody, or on the folds that person is not in.
#pragma once

#include <vector>

#include "base/result.h"
#include "effect/method.h"
#include "effect/point_data.h"

namespace thaw::effect {

/// A fold in [0, folds) for each row (n), in balance within each arm of a binary treatment. It
/// follows from a row's contents, its count among equal rows and the seed: row order is nothing.
/// Rows of one cluster share a fold.
std::vector<int> fold_of_rows(const PointData& data, int folds, std::uint64_t seed);

/// Who gets treated and what to expect in each arm, (n) each.
struct Nuisance {
  stats::Vector propensity;
  stats::Vector treated;    // expected outcome if treated
  stats::Vector untreated;  // and if not
};

/// By the learner and folds of `settings`; folds 0 fits on everybody (linear only).
/// Propensities are held within the bound. Fails: as treatment_model and the learners do.
Result<Nuisance> fit_nuisance(const PointData& data, const Settings& settings);

/// Logistic regression of the treatment on the covariates.
/// Fails: kInvalidArgument when the covariates foretell the treatment (it names the one that does)
/// or when no treated person has a propensity that an untreated one also has.
Result<Propensity> treatment_model(const PointData& data);

/// Expected outcome of every row in arm `arm`, 0 or 1, from a regression in that arm: linear, or
/// logistic for an outcome of 0 and 1. `scores` and `bread` carry its uncertainty.
struct ArmModel {
  stats::Vector predicted;    // (n)
  stats::Vector slope;        // (n), of the prediction with the linear predictor
  stats::Matrix information;  // (q, q)
  stats::Vector residual;     // (n), 0 outside the rows fitted
};
Result<ArmModel> arm_model(const PointData& data, const stats::Matrix& design, double arm);

}  // namespace thaw::effect
