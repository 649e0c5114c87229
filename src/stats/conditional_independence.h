// Tests of whether two variables are independent given others, on plain columns.
//
// Numbers: partial correlation with Fisher's z (Fisher 1924, Metron 3:329). Codes: the likelihood
// ratio G2 over the strata (Bishop, Fienberg and Holland 1975); degrees of freedom count, stratum
// by stratum, the rows and columns that occur. Check: closed forms, and the share of small p values
// on independent data (conditional_independence_test.cc).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace thaw::stats {

struct IndependenceTest {
  double estimate;   // partial correlation in [-1, 1]; NaN of codes
  double statistic;  // z, or G2
  double df;         // of G2; 0 of z
  double p;          // two-sided
};

/// Whether `x` and `y` (n each) are linearly independent given the columns `given` (n each). All
/// values finite. Fails: kInvalidArgument when n < number of given + 4, when x or y is constant or
/// follows from `given` without error, or a given column from the others. Cost: O(n k^2).
Result<IndependenceTest> partial_correlation_test(
    std::span<const double> x, std::span<const double> y,
    const std::vector<std::span<const double>>& given);

/// Whether the codes `x` and `y` (n each, 0 .. levels-1) are independent in every stratum `strata`
/// (n; any numbers). Fails: kInvalidArgument when no stratum has two values of both: nothing to
/// compare. Cost: O(n log n).
Result<IndependenceTest> g_squared_test(std::span<const std::int32_t> x,
                                        std::span<const std::int32_t> y,
                                        std::span<const std::uint64_t> strata);

}  // namespace thaw::stats
