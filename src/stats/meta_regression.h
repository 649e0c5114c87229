// Meta-regression, of which pooling is the case without moderators: estimates of independent
// studies explained by their moderators, with a between-study variance left over.
//
// y_i = x_i b + u_i + e_i, Var(u_i) = tau2, Var(e_i) = v_i known. Viechtbauer 2010, J Stat Softw
// 36(3). Knapp and Hartung 2003, Stat Med 22:2693 (their scale may be below 1 and then narrows the
// interval; it is given, so that a reader sees it). I2 and H2: Higgins and Thompson 2002, with the
// typical variance (k - p) / tr P. Prediction interval of a new study: Riley et al. 2011, BMJ
// 342:d549, with a normal or, under Knapp-Hartung, Student's distribution with k - p degrees.
// Checked against R metafor 3.8-1 and dense-matrix formulas.
#pragma once

#include <optional>
#include <span>

#include "stats/heterogeneity.h"

namespace thaw::stats {

struct MetaOptions {
  Tau2Method method = Tau2Method::kReml;
  bool knapp_hartung = false;
  /// Holds Knapp-Hartung's factor at 1 or above, so that the interval is never narrower than
  /// without it (Roever, Knapp and Friede 2015, BMC Med Res Methodol 15:99).
  bool widen_only = false;
  double level = 0.95;
  StopRule stop = kCustomaryStop;
  /// Columns of x that are no moderators; 1 with an intercept, else 0.
  Eigen::Index constant_columns = 1;
};

/// An omnibus test.
struct WaldTest {
  double statistic;
  double df;
  std::optional<double> df2;  // of the denominator of an F; none for chi-squared
  double p;
};

struct MetaFit {
  Vector coef, se, statistic, p_value, low, high;  // (p), unit of the estimates a unit of a column
  Matrix var;                                      // (p, p)
  std::optional<double> df;                        // of Student's t; none: normal
  double scale = 1;                                // Knapp-Hartung's factor on var
  /// The studies agree to rounding, so that factor is about 0 and tells nothing of chance: var, se,
  /// tests and intervals are NaN.
  bool no_spread = false;
  Tau2Estimate tau2;
  double i2 = 0;       // share of the variation not explained by moderators that is real, 0 to 1
  double h2 = 1;       // total over sampling variance
  double typical = 0;  // the sampling variance of a typical study
  WaldTest heterogeneity{};  // QE: are the studies, given moderators, more apart than chance
  std::optional<WaldTest> moderators;  // QM: do moderators explain anything
  double log_likelihood = 0;           // restricted for kReml, else full
  // One for each study, in the order given.
  Vector fitted, residuals, weights, hat;  // weights in per cent, summing to 100
  double critical = 0;                     // quantile behind the intervals
};

/// Are all coefficients after the first `constant_columns` 0? An F with `df_error` where it is
/// given; nothing where there are none.
std::optional<WaldTest> wald_test(const Vector& coef, const Matrix& var,
                                  Eigen::Index constant_columns,
                                  const std::optional<double>& df_error);

/// The fit of `rows` with `options`. Cost: O(k p^2) a pass.
MetaFit fit_meta(const MetaRows& rows, const MetaOptions& options = {});

/// Knapp-Hartung's factor as `options` ask, from `rss` with `df` degrees; 1 without.
double knapp_hartung_factor(double rss, double df, const MetaOptions& options);

/// A factor this small comes of equal estimates, not of precise ones.
inline constexpr double kNoSpread = 1e-6;

/// The mean at moderators `x` (p, the constant included) with its interval, and the interval in
/// which the true effect of a new study like these would lie.
struct MetaPrediction {
  double value;
  double se;
  double low, high;
  double new_low, new_high;
};
MetaPrediction predict(const MetaFit& fit, const Vector& x);

/// Share of the heterogeneity without moderators that moderators explain, 0 to 1: 1 - tau2/tau2_0;
/// nothing where there was none (Raudenbush 2009). Both by the same method.
std::optional<double> explained_heterogeneity(double tau2_without, double tau2_with);

}  // namespace thaw::stats
