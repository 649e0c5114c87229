// Probability to log odds and back, in nats.
#pragma once

#include <cmath>

namespace thaw::evidence {

/// P from log odds.
inline double logistic(double nats) {
  return 1 / (1 + std::exp(-nats));
}

/// Log odds of P in (0, 1).
inline double logit(double probability) {
  return std::log(probability / (1 - probability));
}

}  // namespace thaw::evidence
