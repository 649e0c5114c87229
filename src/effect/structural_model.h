// The marginal structural model: how the monthly odds of the event would hang on treatment had
// treatment been given without regard to the course of the illness.
//
// Pooled logistic regression with stabilised inverse probability weights: Robins, Hernan and
// Brumback 2000, Epidemiology 11:550; Hernan, Brumback and Robins 2000, Epidemiology 11:561. Robust
// variance by person, weights as known. Check: structural_model_test.cc.
#pragma once

#include <string>
#include <vector>

#include "effect/emulate.h"

namespace thaw::effect {

struct StructuralTerm {
  std::string name;
  double log_odds = 0;
  double se = 0;  // robust, by person
  double low = 0;
  double high = 0;
};

struct StructuralResult {
  std::vector<StructuralTerm> terms;
  bool converged = true;
  std::size_t rows = 0;  // person-months
  std::size_t events = 0;
  double weight_mean = 0;  // near 1 when the models of treatment fit
  double weight_max = 0;
};

/// Fits `spec.structural` in `table`. The weights are those of treatment month by month, given the
/// numerator's terms over given the protocol's, and of not leaving. Fails: as emulate();
/// kInvalidArgument without such a model, for an outcome that is no event, with every eligible
/// month as time zero.
Result<StructuralResult> structural_model(Table table, const EmulationSpec& spec,
                                          const EmulationChoice& choice);

}  // namespace thaw::effect
