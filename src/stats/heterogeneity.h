// How much the true effects of studies differ: estimators of the between-study variance tau2 and
// intervals for it.
//
// DL: DerSimonian and Laird 1986; HE: Hedges and Olkin 1985; HS: Hunter and Schmidt 1990; SJ: Sidik
// and Jonkman 2005; ML, REML and their Fisher scoring: Viechtbauer 2005, J Educ Behav Stat 30:261;
// EB: Morris 1983; PM: Paule and Mandel 1982; Q-profile: Viechtbauer 2007, Stat Med 26:37; profile
// likelihood: Hardy and Thompson 1996, Stat Med 15:619. Meta-regression forms: Raudenbush 2009.
// EB and PM solve the same equation, so they agree. Every iteration is bounded.
// Checked against dense-matrix formulas, a grid search, and R metafor 3.8-1.
#pragma once

#include <limits>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "stats/meta_rows.h"

namespace thaw::stats {

enum class Tau2Method { kFe, kDl, kHe, kHs, kSj, kMl, kReml, kEb, kPm };

/// "FE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB" or "PM".
std::string_view to_string(Tau2Method method);
/// Reads that in any case. kInvalidArgument names the nine.
Result<Tau2Method> parse_tau2_method(std::string_view word);

struct Tau2Estimate {
  double value = 0;          // unit of the estimates, squared; never below 0
  std::optional<double> se;  // of a normal approximation, poor for few studies; none for FE
  bool converged = true;
  int iterations = 0;
  double last_step = 0;  // of the iteration, in the unit of value
};

/// When Fisher scoring (ML, REML) ends: with a step neither above absolute nor above relative times
/// tau2. The default ends where R metafor's does on its own data (a step below 1e-5), so that the
/// two agree to every digit that metafor prints; the relative part is ours, so that estimates in a
/// small unit are not cut short. {.relative = 1e-12} goes on to the optimum itself.
struct StopRule {
  double relative = 2e-4;
  double absolute = std::numeric_limits<double>::infinity();
  int iterations_max = 200;
};
inline constexpr StopRule kCustomaryStop{.relative = 2e-4, .absolute = 1e-5};

/// tau2 of `rows` by `method`; 0 for kFe. Cost: O(k p^2) a pass, about ten passes for ML and REML.
Tau2Estimate estimate_tau2(const MetaRows& rows, Tau2Method method,
                           const StopRule& stop = kCustomaryStop);

/// An interval for tau2 that need not contain the estimate.
struct Tau2Interval {
  double low = 0;
  double high = 0;
  bool empty = false;      // the studies agree better than chance at every tau2: no value fits
  bool unbounded = false;  // no upper end was found within 1e8 times the variance of the estimates
};

/// Values of tau2 whose generalised Q is neither in the lower nor the upper tail, at `level`.
/// Exact under normality. Cost: about 20 passes.
Tau2Interval q_profile_interval(const MetaRows& rows, double level = 0.95);

/// Values of tau2 that a likelihood-ratio test at `level` does not refuse, around `estimate`.
Tau2Interval likelihood_interval(const MetaRows& rows, bool restricted, double estimate,
                                 double level = 0.95);

}  // namespace thaw::stats
