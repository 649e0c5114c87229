// The degenerate Gaussian test, for tables that mix numbers and categories.
//
// Each category becomes indicator columns, one level less than it has, and all columns are treated
// as jointly Gaussian (Andrews, Ramsey and Cooper 2019, PMLR 104:4). The statistic is the
// likelihood ratio of the blocks of x and y given those of the set, with Bartlett's factor, and
// rank(x) * rank(y) degrees of freedom. Of two numbers it is all but Fisher's z.
#pragma once

#include <memory>

#include "discovery/independence.h"
#include "stats/matrix.h"

namespace thaw::discovery {

/// Missing values are left out test by test. A column that the set fixes has no rank, and where
/// that leaves none of x or y the data cannot tell (df 0).
/// Fails: kInvalidArgument with fewer than five rows.
Result<std::unique_ptr<IndependenceTest>> degenerate_gaussian(const Data& data);

/// The columns of `data` as the test sees them, (n, q), NaN = missing: a number as it is, a
/// category as indicators of all its levels but the first. `first` gets where each variable's
/// columns begin, (p + 1).
stats::Matrix indicator_columns(const Data& data, std::vector<std::uint32_t>& first);

}  // namespace thaw::discovery
