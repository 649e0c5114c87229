// From an effect as printed to an estimate and a standard error on the object's natural scale.
//
// Scales: ALSFRS-R points a month for decline; natural log for hazard, risk, odds and rate ratios;
// standard deviations for rank scores. What is computed rather than read is written down line by
// line. A measure without a smallest effect of interest has no scale and stays qualitative.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/model.h"

namespace thaw::evidence {

/// `x` is what the subject does to the object: > 0 raises it, < 0 lowers it.
struct NaturalEffect {
  std::string scale;  // a key of WeightParameters::smallest_effect
  double x = 0;
  double se = 0;                    // 0: not known yet, needs `se_from_n`
  std::optional<double> low, high;  // the printed 95 % interval of x, where one is printed
  double unsigned_z = 0;            // |z|, or its bound, where the estimate is not printed
  bool estimate_printed = true;
  bool interval_printed = true;
  bool se_from_n = false;  // se must come from other trials of the scale and this n
  std::vector<std::string> derivation;
};

/// Nothing when the printed figure has no natural scale or too little was printed to use it.
std::optional<NaturalEffect> natural_effect(const PrintedEffect& effect, std::optional<double> n);

/// Every natural scale there is, sorted.
const std::vector<std::string>& natural_scales();

}  // namespace thaw::evidence
