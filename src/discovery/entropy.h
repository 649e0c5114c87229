// The entropy of a standardised sample, and whether it looks normal.
#pragma once

#include <span>

namespace thaw::discovery {

/// Entropy in nats of `u` (mean 0, variance 1) by the maximum entropy approximation of Hyvarinen
/// 1998 (NIPS 10:273): that of a normal variable less k1 (E log cosh u - g)^2 and
/// k2 (E u exp(-u^2 / 2))^2. Cost: two exponentials a row, in vector code.
double standardised_entropy(std::span<const double> u);

/// Probability of an Anderson-Darling statistic as large, were `u` (any mean and variance, at least
/// 8 values) drawn from a normal distribution: D'Agostino and Stephens 1986, Goodness-of-fit
/// techniques, table 4.9. Sorts a copy.
double normal_p(std::span<const double> u);

}  // namespace thaw::discovery
