// G2: are two discrete variables independent within every stratum of others?
//
// G2 = 2 sum n log(n n_s / (n_x n_y)), chi-squared under independence. Degrees of freedom count
// the rows and columns that occur in each stratum, (r - 1)(c - 1), not the full product of levels:
// an empty row cannot show a dependence. Where every stratum has one row or one column that leaves
// none: the set fixes x or y in these data, nothing is left to depend, and they count as
// independent (statistic 0, df 0).
#pragma once

#include <memory>

#include "discovery/independence.h"

namespace thaw::discovery {

/// Counts by bits of 64 rows at a time where the tables are small, and row by row where not.
/// Missing values are left out test by test. Memory: rows * (levels / 8 + 2) bytes a variable.
/// Fails: kInvalidArgument naming a variable that is not discrete.
Result<std::unique_ptr<IndependenceTest>> g_square(const Data& data);

}  // namespace thaw::discovery
