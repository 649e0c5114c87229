// Cox's partial likelihood for discrete times: given how many died at a time, who.
//
// Cox 1972 section 6. The sum over all sets of d deaths out of those at risk is an elementary
// symmetric polynomial, built row by row with its first and second derivatives (Gail, Lubin and
// Rubinstein 1981, Biometrika 68:703). Check: brute force over all sets; R survival's "exact".
#pragma once

#include "stats/cox_sweep.h"

namespace thaw::stats {

/// Refuses work beyond 2e10 multiplications an evaluation, and numbers of sets beyond 1e300.
Result<Done> check_exact_work(const CoxRows& rows);

/// The likelihood of `rows` (no weights) at `coef`; rows of weight 0 must not be there.
/// Cost: rows at risk x tied deaths x p^2, summed over times when there is late entry.
CoxPoint exact_point(const CoxRows& rows, const Vector& coef);

}  // namespace thaw::stats
