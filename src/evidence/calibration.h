// How often what is believed turns out so: thaw's weight and its peers' formulas on the same items,
// judged on findings that they were not shown.
//
// A case is a claim of which one paper (or group) is held out: each formula sees the others and
// says how likely the held-out one is to support the claim. Caps and prior are fitted by logistic
// regression with a ridge towards the starting caps, cross-validated by disease: no disease is in
// both parts. Brier score and log loss with intervals from resampling diseases; reliability in bins
// with Wilson 1927 intervals. What this can and cannot show: docs/methods/calibration.md.
// Check: calibration_test.cc (simulated caps come back, the law that a fold never sees itself).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "evidence/parameters.h"
#include "evidence/peer_presets.h"

namespace thaw::evidence {

/// One finding as it is graded.
struct GradedItem {
  std::string unit;    // what is held out together: the disease
  std::string claim;   // within the unit
  std::string paper;   // of one claim, items of one paper are one finding
  std::string kind;    // of study, a key of the caps
  int direction = 0;   // +1 supports, -1 opposes, 0 says nothing of it
  double grade = 0.5;  // share of the cap
};

/// A held-out finding and what else is known of its claim.
struct GradedCase {
  std::string unit;
  bool supports = false;           // the held-out one does
  std::vector<GradedItem> others;  // one a paper and direction, none of the held-out paper
};

/// Cases of every claim that at least two papers speak of, in the order of unit, claim and paper. A
/// paper that says nothing of its claim counts as not supporting it.
std::vector<GradedCase> graded_cases(std::vector<GradedItem> items);

struct ReliabilityBin {
  double predicted, observed;  // means within the bin
  double low, high;            // 95 %, Wilson
  std::size_t n;
};

struct ReliabilityCurve {
  std::string preset;  // "thaw", "thaw fitted", "indra", "indra recalibrated", ...
  double brier = 0, brier_low = 0, brier_high = 0;
  double log_loss = 0;
  double better = 0, better_low = 0, better_high = 0;  // Brier of "thaw" minus this one's, paired
  std::vector<ReliabilityBin> bins;
};

/// Scores `predicted` against `cases`; `reference` are "thaw"'s predictions. 1,000 resamples of the
/// units from `seed`. Ten bins of equal width; empty ones are left out.
ReliabilityCurve reliability(std::string preset, const std::vector<GradedCase>& cases,
                             const std::vector<double>& predicted,
                             const std::vector<double>& reference, std::uint64_t seed);

/// Prior and caps that fit `cases` best, with a ridge of `strength` on (cap / start - 1)^2 for each
/// kind, caps never below 0. kInvalidArgument when there is no case.
struct FittedCaps {
  double prior_nats = 0;
  std::map<std::string, double> cap;  // of kinds that occur
};
Result<FittedCaps> fit_caps(const std::vector<GradedCase>& cases, const WeightParameters& start,
                            double strength);

/// P of the claim from a case's other findings: damped sums of cap x grade, as group_weight.h.
double fitted_belief(const GradedCase& graded, const FittedCaps& fitted);

struct CalibrationResult {
  std::size_t cases = 0, units = 0, folds = 0;
  double base_rate = 0;
  std::vector<ReliabilityCurve> curves;
  FittedCaps fitted;         // on all cases
  bool caps_better = false;  // fitted caps beat starting caps (both with a fitted prior) on
                             // held-out diseases, with an interval that says so
  double caps_gain = 0, caps_gain_low = 0, caps_gain_high = 0;  // in Brier
};

/// Cross-validates by unit in `folds` parts drawn from `seed`. Wants at least `folds` units.
Result<CalibrationResult> calibrate(const std::vector<GradedCase>& cases,
                                    const WeightParameters& start, std::size_t folds,
                                    std::uint64_t seed, double strength = 5);

}  // namespace thaw::evidence
