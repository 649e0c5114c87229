// The average effect of a point treatment on a number measured once: four ways, side by side.
//
// Weighting and standardisation: Hernan and Robins, Causal Inference: What If, chapters 12 and 13.
// Doubly robust (AIPW): Robins, Rotnitzky and Zhao 1994, J Am Stat Assoc 89:846. All but the crude
// difference need the covariates to hold every common cause of treatment and outcome; AIPW needs
// only one of its two models to be right. Where two of them disagree, believe neither.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "effect/estimate.h"
#include "effect/weighting.h"
#include "table/table.h"

namespace thaw::effect {

/// Which columns play which part. Rows with a missing value in any of them are left out.
struct PointTreatment {
  std::string treatment;   // boolean or 0/1
  std::string outcome;     // number
  std::string covariates;  // terms, as model_matrix.h reads
  std::string unit;        // of the outcome
};

enum class Uncertainty {
  kRobust,           // sandwich; weights taken as known, which is cautious
  kRobustEstimated,  // less what fitting the weights explains; needs their model to be right
  kBootstrap         // people drawn again, everything fitted again; normal interval
};

/// How a bootstrap runs. Replicate r draws from stream r of `seed`, so threads change nothing.
struct Bootstrap {
  int replicates = 200;
  std::uint64_t seed = 1;
  unsigned threads = 1;
};

struct WeightingOptions {
  WeightChoice weights;
  bool horvitz_thompson = false;  // false: Hajek, weighted means; true: sums over n (kAll only)
  Uncertainty uncertainty = Uncertainty::kRobust;
  Bootstrap bootstrap;
};

/// Difference of plain means, treated minus untreated, in the outcome's unit; unequal variances.
/// Fails, like all below: kNotFound; kInvalidArgument for a column that does not fit its part or
/// an arm of fewer than two people.
Result<Estimate> crude_difference(const Table& table, const PointTreatment& parts);

/// Difference of means weighted by inverse probability of treatment.
/// Fails also: kInvalidArgument for covariates that repeat each other, for stabilised or
/// Horvitz-Thompson weights with kTreated. Separation sets `converged` false.
/// Checked against What If (NHEFS 3.4405) and R on lalonde. Cost: a logistic fit, times replicates.
Result<Estimate> weighted_difference(const Table& table, const PointTreatment& parts,
                                     const WeightingOptions& options = {});

/// The g-formula: mean predicted outcome had all (or the treated) been treated, minus had they
/// not, by linear regression on `outcome_terms`. Terms that name the treatment are one model for
/// both arms; terms without it (or empty: the covariates) are fitted in each arm apart. Interval by
/// bootstrap.
/// Checked against What If (NHEFS 3.5174) and R on lalonde.
Result<Estimate> standardised_difference(const Table& table, const PointTreatment& parts,
                                         const std::string& outcome_terms, Population population,
                                         const Bootstrap& bootstrap = {});

/// Augmented inverse probability weighting over everybody, with the interval of its influence
/// function; outcome by linear regression on the covariates in each arm apart. `bound` as in
/// WeightChoice. Checked against R on lalonde.
Result<Estimate> doubly_robust_difference(const Table& table, const PointTreatment& parts,
                                          double bound = 0);

}  // namespace thaw::effect
