#include "effect/estimate.h"

#include <cmath>

#include "stats/distributions.h"

namespace thaw::effect {

Estimate difference_estimate(double value, double se) {
  Estimate estimate;
  estimate.estimate = value;
  estimate.se = se;
  estimate.ci_low = value - stats::kZ95 * se;
  estimate.ci_high = value + stats::kZ95 * se;
  return estimate;
}

Estimate ratio_estimate(double log_value, double se_log) {
  Estimate estimate;
  estimate.estimate = std::exp(log_value);
  estimate.se = se_log;
  estimate.ci_low = std::exp(log_value - stats::kZ95 * se_log);
  estimate.ci_high = std::exp(log_value + stats::kZ95 * se_log);
  estimate.scale = Scale::kRatio;
  return estimate;
}

}  // namespace thaw::effect
