// What every causal estimate carries: its number, its uncertainty and what it rests on.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace thaw::effect {

/// On which scale an estimate has its standard error and its null value.
enum class Scale {
  kDifference,  // null 0; se in the unit of the estimate
  kRatio        // null 1; se of the natural logarithm
};

/// Standardised mean difference of one column of the model matrix, treated minus untreated, over
/// the pooled unweighted standard deviation. Below 0.1 in size is commonly called balanced
/// (Austin 2009, Stat Med 28:3083).
struct CovariateBalance {
  std::string term;
  double before;  // unweighted
  double after;   // weighted
};

/// How well the weights make the two groups alike, and at what price.
struct Diagnostics {
  std::vector<CovariateBalance> balance;
  double effective_n = 0;  // people the weighted data are worth: sum over arms of (sum w)^2/sum w^2
  double weight_mean = 0;
  double weight_max = 0;
  double propensity_min = 0;  // smallest and largest fitted probability of treatment
  double propensity_max = 0;
  /// Share of people whose propensity lies outside the range that both groups reach, 0 to 1.
  double outside_overlap = 0;
};

/// One effect of treatment against none.
struct Estimate {
  double estimate = 0;
  double se = 0;  // of the estimate, or of its logarithm: see `scale`
  double ci_low = 0;
  double ci_high = 0;
  Scale scale = Scale::kDifference;
  std::string unit;         // "HR", "months", "points/month", "probability", ...
  std::size_t n = 0;        // people used
  std::string estimand;     // in words
  std::string method;       // in words
  bool converged = true;    // false: a model behind it did not settle; show, do not use
  Diagnostics diagnostics;  // empty where nothing is weighted
};

/// A difference with its normal 95 % interval.
Estimate difference_estimate(double value, double se);

/// A ratio exp(`log_value`) with the interval of its logarithm.
Estimate ratio_estimate(double log_value, double se_log);

}  // namespace thaw::effect
