// One evaluation of Cox's partial likelihood: its value, slope and curvature, in linear time.
//
// The sums over the d deaths of a tied time factor: with S and D the sums over those at risk and
// over the deaths, f = l/d and h = w/(S - fD), everything needs only the sums of h, fh, w/(S-fD)^2,
// and the latter times f and f^2. And the sum over steps of second moments of risk sets is one
// cross product of rows, each weighted by the hazard it went through. So no step costs O(p^2) a
// row, and the robust variance visits a death once.
#pragma once

#include "stats/cox_rows.h"

namespace thaw::stats {

/// The partial likelihood at one set of (standardised) coefficients.
struct CoxPoint {
  Vector coef;            // (p)
  Vector log_hazard;      // (n), x coef
  double log_likelihood;  // minus infinity where the hazards are too far apart to add
  Vector score;           // (p)
  Matrix information;     // (p, p)
};

CoxPoint sweep(const CoxRows& rows, Ties ties, Vector coef);

/// Each row's weighted score residual, (n, p), sorted, standardised: their sum is the score.
RowMajorMatrix score_residuals(const CoxRows& rows, Ties ties, const CoxPoint& at);

}  // namespace thaw::stats
