// What each study does to a meta-analysis: the fit without it, and the customary measures.
//
// Viechtbauer and Cheung 2010, Res Synth Methods 1:112. Every fit without a study estimates tau2
// anew, so k studies cost k fits: O(k^2 p^2) passes in all.
// Checked against R metafor 3.8-1 influence() and refits of the rows left.
#pragma once

#include <vector>

#include "stats/meta_regression.h"

namespace thaw::stats {

struct StudyInfluence {
  bool told = false;     // false: without it a coefficient could not be told; the rest is void
  Vector coef, se;       // (p), without the study
  double tau2 = 0;       // without it
  double q_e = 0;        // without it
  double rstudent = 0;   // its estimate against the prediction of the others, in standard errors
  double dffits = 0;     // change of its own fitted value, in standard errors
  double cook = 0;       // squared distance that all coefficients move
  double cov_ratio = 0;  // |Var without| / |Var with|: above 1, it makes the estimates surer
  Vector dfbetas;        // (p), change of each coefficient, in standard errors
};

/// One for each study, in the order given to MetaRows. `fit` is fit_meta(rows, options).
std::vector<StudyInfluence> influence(const MetaRows& rows, const MetaFit& fit,
                                      const MetaOptions& options);

}  // namespace thaw::stats
