// Pools estimates of one effect from independent studies by inverse variance.
//
// Random effects: DerSimonian and Laird 1986, Control Clin Trials 7:177. Q and I2: Higgins and
// Thompson 2002, Stat Med 21:1539. Prediction interval: Higgins, Thompson and Spiegelhalter 2009,
// J R Stat Soc A 172:137.
// The estimates must be on a scale where they add (a log ratio, a difference) and must not share
// people. With fewer than about five studies tau2 is nearly unknown: show the studies, too.
#pragma once

#include <optional>
#include <span>

#include "base/result.h"

namespace thaw::stats {

/// A number with its standard error and a 95 % interval, in the unit of the studies' estimates.
struct IntervalEstimate {
  double value;
  double se;
  double low;
  double high;
};

/// A 95 % interval without an estimate of its own.
struct Interval {
  double low;
  double high;
};

/// What k studies say together. The first four are the common-effect ("fixed") model.
struct PooledEstimate {
  double value;  // unit of the studies' estimates, as are se, low, high
  double se;
  double low;
  double high;
  double q;     // Cochran's Q
  int df;       // k - 1
  double q_p;   // P(chi-squared with df >= q); 1 with one study
  double i2;    // share of the variation that is between studies, 0 to 1
  double tau2;  // between-study variance, unit squared, DerSimonian-Laird, never below 0
  IntervalEstimate random;             // the random-effects mean
  std::optional<Interval> prediction;  // where a new study's true effect would lie; k >= 3 only
};

/// Common-effect and random-effects means of `estimates`, shape (k), with standard errors `ses`,
/// shape (k), k >= 1. With one study both models are that study.
/// Fails: kInvalidArgument when k is 0, shapes differ, or a value is not finite or a se not > 0.
/// Checked against R metafor 3.8-1, methods FE and DL, dat.bcg. Cost: O(k).
Result<PooledEstimate> pool(std::span<const double> estimates, std::span<const double> ses);

}  // namespace thaw::stats
