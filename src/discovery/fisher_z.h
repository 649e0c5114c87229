// Fisher's z: are two continuous variables uncorrelated, given others, under joint normality?
//
// The statistic is (n - |S| - 3) atanh(r)^2 of the partial correlation r, chi-squared with one
// degree of freedom under independence (Fisher 1924, Metron 3:329). With all values present
// everything comes from the correlation matrix, paid for once. With missing values each test uses
// the rows that have all its variables and computes their correlations anew: slower, and never a
// matrix patched from unlike rows.
#pragma once

#include <memory>

#include "discovery/independence.h"
#include "stats/matrix.h"

namespace thaw::discovery {

/// Fails: kInvalidArgument naming the variables when one is discrete, two are the same up to scale,
/// one is a linear combination of others (found when rows outnumber variables), or when there are
/// fewer than five rows.
Result<std::unique_ptr<IndependenceTest>> fisher_z(const Data& data);

/// The test from the correlation matrix `r` (p, p), ones on its diagonal, of `rows` rows.
std::unique_ptr<IndependenceTest> fisher_z(stats::Matrix r, std::size_t rows);

}  // namespace thaw::discovery
