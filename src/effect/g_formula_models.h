// The fitted world of the g-formula: one model a simulated covariate, of treatment, of the event
// and of a competing event.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "effect/emulation_spec.h"
#include "effect/person_months.h"
#include "effect/pooled_logistic.h"
#include "effect/trial_models.h"

namespace thaw::effect {

struct GDesigns {
  std::vector<PooledDesign> covariates;          // of months after time zero
  std::vector<std::pair<double, double>> range;  // in which a numeric covariate was seen
  TrialModels treatment;
  PooledDesign event;
  std::optional<PooledDesign> competing;
};

struct GFits {
  std::vector<PooledFit> covariate_odds;   // empty fit for a numeric one
  std::vector<PooledLine> covariate_line;  // empty line for a binary one
  std::vector<PooledFit> treatment;        // as TrialModels::all()
  PooledFit event;
  std::optional<PooledFit> competing;
};

/// Fails: as PooledDesign::build; kInvalidArgument for a covariate with a missing value, or that is
/// not 0/1 where its kind says so.
Result<GDesigns> g_designs(const PersonMonths& months, const std::vector<Trial>& trials,
                           const EmulationSpec& spec);

/// Fails: as fit_pooled and fit_line.
Result<GFits> g_fits(const GDesigns& designs, const EmulationSpec& spec,
                     std::span<const double> person_weight, const GFits* start, unsigned threads);

}  // namespace thaw::effect
