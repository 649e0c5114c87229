// Longitudinal targeted maximum likelihood: the risk under a strategy from iterated regressions,
// each corrected by the weights of treatment and of staying.
//
// van der Laan and Gruber 2012, Int J Biostat 8(1), doi 10.1515/1557-4679.1370; iterated
// expectations: Bang and Robins 2005, Biometrics 61:962. Right when, at every month, either the
// regression or the models of treatment and leaving are. Each month's regression is among those who
// followed the strategy so far. Check: ltmle_test.cc (enumeration on saturated models, coverage).
#pragma once

#include <string>
#include <vector>

#include "effect/emulate.h"

namespace thaw::effect {

struct LtmleArm {
  std::string name;
  /// False: a grace period or a free continuation, so that history does not decide what is done;
  /// the rest is then empty.
  bool decided = true;
  double estimate = 0;       // risk by the horizon, or mean of the value at it
  double se = 0;             // from the influence curve
  double plug_in = 0;        // iterated expectations without the correction
  std::size_t followed = 0;  // to the horizon, or to the event
  /// Months whose regression could not be fitted and was replaced by the mean.
  int means_instead = 0;
};

struct LtmleResult {
  std::vector<LtmleArm> arms;
  std::vector<Quantity> quantities;  // contrasts with the reference, robust by person
};

/// LTMLE of `spec.ltmle` in `table`. Fails: as emulate(); kInvalidArgument without such models,
/// with every eligible month as time zero, for a strategy with a grace period or a free
/// continuation (what it does is then not decided by history), for a slope, and for a value with
/// deaths before the horizon (no value exists for the dead).
Result<LtmleResult> ltmle(Table table, const EmulationSpec& spec, const EmulationChoice& choice);

}  // namespace thaw::effect
