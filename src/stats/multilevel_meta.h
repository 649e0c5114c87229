// Pools estimates that come in clusters: studies of one group, schools of one district, outcomes of
// one trial.
//
// y = X b + u_cluster + w_unit + e with Var(u) = sigma2_1, Var(w) = sigma2_2 and known Var(e) = v;
// units lie within clusters; without units every row is its own. Konstantopoulos 2011, Res Synth
// Methods 2:61; Van den Noortgate et al. 2013, Behav Res Methods 45:576. The inverse and
// determinant of each cluster's covariance by Woodbury's identity from one sum a unit: a likelihood
// costs O(units p^2), nothing is k by k. Errors e of one cluster are taken as independent:
// estimates that share people (a common control arm) are not. Checked against dense matrices and R
// metafor 3.8-1 rma.mv.
#pragma once

#include <optional>
#include <span>

#include "stats/meta_regression.h"

namespace thaw::stats {

struct MultilevelData {
  Matrix x;                      // (k, p)
  std::span<const double> y, v;  // (k)
  std::span<const int> cluster;  // (k), any codes
  std::span<const int> unit;     // (k), codes within their cluster; empty: every row its own
};

struct MultilevelOptions {
  bool restricted = true;  // REML, else ML
  bool student = false;    // t with k - p degrees in place of the normal
  double level = 0.95;
  bool intervals = true;  // profile-likelihood intervals of both variances
  Eigen::Index constant_columns = 1;
};

struct MultilevelFit {
  Vector coef, se, statistic, p_value, low, high;  // (p)
  Matrix var;                                      // (p, p)
  std::optional<double> df;
  double sigma2_cluster = 0, sigma2_unit = 0;
  std::optional<Tau2Interval> cluster_interval, unit_interval;
  double i2_cluster = 0, i2_unit = 0;  // shares of the total variation, 0 to 1
  WaldTest heterogeneity{};
  std::optional<WaldTest> moderators;
  double log_likelihood = 0;  // restricted when asked, as metafor counts it
  std::size_t clusters = 0, units = 0;
  bool converged = false;
  int iterations = 0;
  double critical = 0;
};

/// The fit. Fails as MetaRows::make, and kInvalidArgument with fewer than two clusters or with no
/// cluster of more than one unit (the two variances cannot be told apart then).
/// The order of rows and the names of clusters change nothing.
Result<MultilevelFit> fit_multilevel(const MultilevelData& data,
                                     const MultilevelOptions& options = {});

/// Minus twice the logarithm of the (restricted) likelihood at given variances: for tests.
Result<double> multilevel_deviance(const MultilevelData& data, bool restricted,
                                   double sigma2_cluster, double sigma2_unit);

}  // namespace thaw::stats
