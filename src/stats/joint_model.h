// Decline and death together: a line for each person whose level and slope drive the hazard, so
// that people who decline fast and die early do not make the decline look slower than it is.
//
// y_ij = u_i + s_i t_ij + e_ij with u_i = a_i'b0 + b_i0, s_i = c_i'b1 + b_i1, (b_i0, b_i1) ~ N(0,
// D). Hazard: h_k exp(w_i'g + alpha_value (u_i + s_i t) + alpha_slope s_i), h_k constant on
// interval k. Wulfsohn and Tsiatis 1997, Biometrics 53:330; Rizopoulos 2012, Joint Models for
// Longitudinal and Time-to-Event Data. Since lines are straight the cumulative hazard has a closed
// form. Maximum likelihood; the two random effects are integrated out by Gauss-Hermite quadrature
// centred and scaled at each person's own mode (Pinheiro and Bates 1995). Standard errors: observed
// information. Assumes that lines are straight, that the random effects are normal, and that
// censoring, given the line, says nothing of death to come. Time starts at entry: nobody may enter
// late. Checked: score against differences, quadrature against a fine grid, no link equal to the
// mixed model and the survival likelihood apart, coverage on simulated data (tests/laws).
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "stats/matrix.h"

namespace thaw::stats {

enum class JointLink { kValue, kSlope, kBoth };

struct JointData {
  // Visits, in any order.
  std::span<const int> person;      // (n), 0 .. persons - 1
  std::span<const double> time, y;  // (n), time >= 0
  // People.
  Matrix level;                         // (persons, p0), column 0 of ones
  Matrix slope;                         // (persons, p1), column 0 of ones
  Matrix hazard;                        // (persons, pw), may have no column
  std::span<const double> event_time;   // (persons), > 0
  std::span<const std::uint8_t> event;  // (persons), 1 = died
};

struct JointOptions {
  JointLink link = JointLink::kValue;
  int pieces = 5;  // of the baseline hazard, cut at quantiles of the times of death
  int nodes = 7;   // of the quadrature, a dimension
  double level = 0.95;
  unsigned threads = 1;  // never changes an answer
};

/// A coefficient with its test.
struct JointCoefficient {
  double value = 0, se = 0, low = 0, high = 0, p = 1;
};

struct JointFit {
  std::vector<JointCoefficient> level, slope;  // (p0), (p1): of y, and of y a unit of time
  std::vector<JointCoefficient> hazard;        // (pw), logarithms of hazard ratios
  std::vector<JointCoefficient> link;          // of the value, the slope, or both: log hazard ratio
  std::vector<double> cuts;      // (pieces + 1), of the baseline hazard; last infinite
  std::vector<double> baseline;  // (pieces), hazard at line 0, a unit of time
  Matrix random;                 // (2, 2), D
  double sigma2 = 0;             // residual variance
  double log_likelihood = 0;
  bool converged = false;
  int iterations = 0;
  std::size_t visits = 0, persons = 0, events = 0;
};

/// The fit. Fails: kInvalidArgument when shapes differ, a number is not finite, a time is negative
/// or an event time not above 0, a visit lies after its person's event time (counted from 1), fewer
/// than 5 deaths or fewer deaths than coefficients of the hazard, a person without a visit, columns
/// that depend on each other, or as fit_mixed for the line alone.
/// Cost: about 300 passes of persons x nodes^2 x pieces.
Result<JointFit> fit_joint(const JointData& data, const JointOptions& options = {});

}  // namespace thaw::stats
