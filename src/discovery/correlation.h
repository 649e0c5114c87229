// The correlation matrix: all that Gaussian tests and scores need of the rows, paid for once.
#pragma once

#include "base/result.h"
#include "discovery/data.h"
#include "stats/matrix.h"

namespace thaw::discovery {

/// Pearson correlations of all variables of `data`, (p, p), ones on the diagonal.
/// Fails: kInvalidArgument when a variable is discrete, a value is missing, or a variable does not
/// vary. Cost: n p^2 multiply-adds.
Result<stats::Matrix> correlation_matrix(const Data& data);

/// The same of the columns of `x` (n, p), which must vary.
stats::Matrix correlation_matrix(stats::Matrix x);

}  // namespace thaw::discovery
