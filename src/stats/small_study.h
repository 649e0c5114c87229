// Do small studies say something else than large ones, as when small ones that found nothing were
// not published? Small studies may also differ for honest reasons; with fewer than about ten
// studies none of these can tell.
//
// Egger et al. 1997, BMJ 315:629, as a mixed-effects meta-regression on the standard error (Sterne
// and Egger 2005); Begg and Mazumdar 1994, Biometrics 50:1088; trim and fill: Duval and Tweedie
// 2000, J Am Stat Assoc 95:89; fail-safe N: Rosenthal 1979, Psychol Bull 86:638. Checked against R
// metafor 3.8-1.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "stats/meta_regression.h"

namespace thaw::stats {

struct EggerTest {
  double slope;      // per unit of standard error
  double statistic;  // z, or t under Knapp-Hartung
  std::optional<double> df;
  double p;
  double limit, limit_low, limit_high;  // of the estimate as the standard error goes to 0
};

/// The standard error added to the moderators of `x` (k, p; column 0 the constant). Fails as
/// MetaRows::make, as where all standard errors are equal.
Result<EggerTest> egger_test(const Matrix& x, std::span<const double> y, std::span<const double> v,
                             const MetaOptions& options);

struct RankTest {
  double tau;  // Kendall's, -1 to 1
  double p;    // two-sided
  bool exact;  // else the normal approximation with its variance corrected for ties
};

/// Kendall's correlation of standardised estimates with their variances. Exact below 50 studies
/// without ties. Fails: kInvalidArgument as MetaRows::make, above 20,000 studies, and where all
/// variances or all standardised estimates are equal. Cost: O(k^2).
Result<RankTest> rank_test(std::span<const double> y, std::span<const double> v);

enum class TrimFillEstimator { kL0, kR0 };

struct TrimFill {
  int missing = 0;  // studies filled in
  double missing_se = 0;
  bool on_right = false;  // the side where they are missing
  bool converged = false;
  std::vector<double> filled_y, filled_v;  // (missing)
  MetaFit fit;  // with the filled studies; of the k studies alone where missing is 0
};

/// Fails as MetaRows::make, or where the trimming leaves fewer than two studies.
Result<TrimFill> trim_fill(std::span<const double> y, std::span<const double> v,
                           const MetaOptions& options,
                           TrimFillEstimator estimator = TrimFillEstimator::kL0);

/// How many unseen studies of mean 0 would bring the one-sided p of Stouffer's sum to `alpha`; 0
/// when it is above already. Says nothing about how many there are; shown because readers ask for
/// it.
double fail_safe_n(std::span<const double> y, std::span<const double> v, double alpha = 0.05);

/// P of Kendall's tau without ties for `n` values of which `concordant` pairs agree, two-sided.
double kendall_exact_p(int n, double concordant);

}  // namespace thaw::stats
