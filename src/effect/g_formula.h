// The parametric g-formula: fit what follows what from month to month, then let everybody live
// under each strategy in the fitted world.
//
// Robins 1986, Math Modelling 7:1393; Taubman et al. 2009, Int J Epidemiol 38:1599; the natural
// course as its check: Young et al. 2011, Stat Biosci 3:119. Within a month covariates are drawn in
// the order of the protocol, then treatment, then the hazards, which are carried as expectations
// and not drawn. With `simulations` 0 nothing is drawn either: every path of the binary covariates
// is followed with its probability. Check: g_formula_test.cc (enumeration, weighting, simulation).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "effect/emulate.h"

namespace thaw::effect {

/// Of one strategy, or of the natural course.
struct GFormulaArm {
  std::string name;
  std::vector<double> risk;  // by the start of month k
  std::vector<double> free;  // of event and competing event
  /// Mean of each simulated covariate at the start of month k among those still event-free.
  std::vector<std::vector<double>> covariate;
};

struct GFormulaResult {
  std::vector<GFormulaArm> arms;  // of the strategies
  GFormulaArm natural;            // as people were treated, simulated
  GFormulaArm observed;           // the same from the table, weighted for leaving
  /// Largest distance of simulated from observed risk up to the horizon.
  double natural_course_gap = 0;
  std::size_t simulated = 0;  // lives a strategy
  // Contrasts with the reference at the horizon: Quantity.se is of the bootstrap, or not known.
  std::vector<Quantity> quantities;
  int replicates = 0;
  int failed_replicates = 0;
};

/// The g-formula of `spec.g_formula` in `table`, for an event. People drawn anew as in emulate()
/// when replicates are asked for (their simulations use the same draws, so that only people vary).
/// Fails: as emulate(); kInvalidArgument when the spec has no models, with every eligible month as
/// time zero, for a covariate that is not a number or not 0/1 as its kind says, for a model that
/// uses a column that changes within a person and is not simulated, and for simulations 0 with a
/// numeric covariate or more than 4,000,000 paths.
Result<GFormulaResult> g_formula(Table table, const EmulationSpec& spec,
                                 const EmulationChoice& choice);

}  // namespace thaw::effect
