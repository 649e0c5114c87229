// Attempts to refute an estimate by asking again where the answer is known.
//
// A placebo treatment has no effect, a random column is no common cause, and a part of the people
// gives about the same answer (Sharma and Kiciman 2020, arXiv 2011.04216). Negative control
// outcomes and empirical calibration: Lipsitch et al. 2010, Epidemiology 21:383; Schuemie et al.
// 2014, Stat Med 33:209. Passing proves nothing; failing is a reason not to believe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/method.h"
#include "table/table.h"

namespace thaw::effect {

/// Estimates of repeated asking.
struct Refits {
  int replicates = 0;
  int failed = 0;  // gave no number; left out of the rest
  double mean = 0;
  double sd = 0;
  /// Placebo: share of placebos (and the estimate itself) at least as far from 0 as the estimate.
  std::optional<double> p;
};

/// The treatment dealt out anew within tenths of the propensity, equal ones together (a number: its
/// residuals), so that it is as confounded as before and does nothing. Replicate r draws from
/// stream r of the seed.
Refits placebo_treatment(const PointData& data, const Settings& settings, double estimate,
                         int replicates);

/// One more covariate that is noise.
Refits random_common_cause(const PointData& data, const Settings& settings, int replicates);

/// Four fifths of the people, drawn without repeats.
Refits subsets(const PointData& data, const Settings& settings, int replicates);

/// How many refits of `settings` on `data` some seconds of work hold: 5 to 100.
int affordable_refits(const PointData& data, const Settings& settings);

struct NegativeControl {
  std::string outcome;
  double estimate, se, ci_low, ci_high;  // in standard deviations of that outcome
  std::size_t n;
  std::string failure;  // why there is no number, or empty
};

/// Estimates of outcomes that the treatment cannot change, and what they say of the method's error.
struct NegativeControls {
  std::vector<NegativeControl> controls;
  int off = 0;   // intervals that do not hold 0
  double p = 1;  // chance of so many, were the intervals right
  /// Systematic error as a normal distribution, in standard deviations of an outcome; from three
  /// controls on.
  std::optional<double> error_mean, error_sd;
};

/// Asks `question` with each of `outcomes` in place of its outcome.
NegativeControls negative_controls(const Table& table, const PointQuestion& question,
                                   const std::vector<std::string>& outcomes,
                                   const Settings& settings);

/// An interval with the systematic error of the negative controls taken out and added in.
struct Calibrated {
  double estimate, se, ci_low, ci_high, p;
};
Calibrated calibrate(double estimate, double se, double outcome_sd,
                     const NegativeControls& controls);

/// Maximum likelihood of estimates ~ N(mean, sd^2 + se^2).
struct ErrorModel {
  double mean, sd;
};
ErrorModel fit_error_model(const std::vector<double>& estimates, const std::vector<double>& se);

}  // namespace thaw::effect
