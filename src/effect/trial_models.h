// The models of treatment and of leaving, and the inverse probabilities that weights are made of.
//
// Treatment has three models: at time zero, starting later (untreated the month before) and going
// on (treated the month before); leaving has one. Inverse probability of treatment and of
// remaining: Robins 1998; Robins, Hernan and Brumback 2000, Epidemiology 11:550.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/person_months.h"
#include "effect/pooled_logistic.h"

namespace thaw::effect {

struct TrialModels {
  PooledDesign zero;
  std::optional<PooledDesign> start;  // nothing: no such person-months
  std::optional<PooledDesign> stay;
  std::optional<PooledDesign> leave;  // nothing: no dropout column, or nobody left

  /// The designs there are, in this order.
  std::vector<const PooledDesign*> all() const;
};

/// Fails: as PooledDesign::build.
Result<TrialModels> trial_models(const PersonMonths& months, const std::vector<Trial>& trials,
                                 const EmulationSpec& spec);

/// Fits in the order of TrialModels::all().
Result<std::vector<PooledFit>> fit_models(const TrialModels& models,
                                          std::span<const double> person_weight,
                                          const std::vector<PooledFit>* start, unsigned threads);

/// Inverse probabilities by row of the table: of the treatment had at time zero (1 elsewhere), of
/// the treatment had in later months, and of not leaving.
struct InverseProbabilities {
  std::vector<double> zero;
  std::vector<double> later;
  std::vector<double> leave;  // empty without a model
};

/// Writes those of `fits`; `out` is made as long as it must be, and may be used again.
void inverse_probabilities(const TrialModels& models, const std::vector<PooledFit>& fits,
                           std::size_t rows, double bound, InverseProbabilities& out);

}  // namespace thaw::effect
